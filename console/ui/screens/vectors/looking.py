"""What is looked at beside the hits: the picture, the index's recall, distances, rows that are alike."""

from __future__ import annotations

from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from console.drawing.picture import Role
from console.errors import ConsoleError
from console.text import sanitize
from console.ui.commanding import in_words
from console.ui.screens.choose import Choose
from console.ui.screens.vectors import alike, detail
from console.ui.screens.vectors.charts import ChartView
from console.ui.screens.vectors.detail import Detail
from console.ui.screens.vectors.picture import ScatterView
from console.ui.screens.vectors.searching import SearchingDesk
from console.ui.screens.vectors.wanted import Mode, written
from console.ui.widgets.outline_tree import OutlineTree
from console.vectors.column import VectorColumn
from console.vectors.search import reading_text
from console.vectors.search.hit import Found

if TYPE_CHECKING:
    from console.vectors.search.question import Key

_LABELS = ("title", "name", "label", "subject", "filename", "heading")
_COLOURS = ("category", "kind", "type", "status", "topic", "subject", "tag", "lang", "language", "group")


class LookingDesk(SearchingDesk):
    """A desk with views of the column."""

    def forget_views(self) -> None:
        """Forget what was seen of another column."""
        for group in ("picture", "recall", "examining"):
            self.workers.cancel_group(self, group)
        view, self.advice, self.advised = self.detail, "", None
        view.scatter.colour = colouring(self.column) if self.column is not None else None
        view.scatter.cursor = None
        view.scatter.tell("")
        view.curve.tell()
        view.distances.tell()
        view.alike.roots = []

    def on_detail_turned(self, message: Detail.Turned) -> None:
        """Read what is seen now, if it was not read yet."""
        tab, view = self.detail.tab, self.detail
        if tab == detail.PICTURE and view.scatter.scatter is None:
            self.read_picture()
        elif tab in (detail.DISTANCES, detail.ALIKE) and view.distances.thing is None:
            self.examine()
        elif tab == detail.INDEX:
            self.look_at_indexes()
        self.say_view()
        self.post_message(self.Turned())

    def look_at_indexes(self) -> None:
        """Read what there is to know of the indexes; the desk does."""
        raise NotImplementedError

    def say_view(self, words: str = "", aside: str = "") -> None:
        """Say on the frame what is seen."""
        self.detail.head(words, aside)

    def on_chart_view_asked(self, message: ChartView.Asked) -> None:
        """Measure."""
        if message.view is self.detail.curve:
            self.measure()
        else:
            self.examine()

    @work(group="asking")
    async def on_scatter_view_asked(self, message: ScatterView.Asked) -> None:
        """Search for more like a point, or colour by another column."""
        if message.what == "more":
            self.more_like(message.key)
            return
        assert self.column is not None
        names = [name for name in self.column.columns if name != self.column.name]
        words = [("", "nothing"), *((name, f"{name}  {self.column.columns[name]}") for name in names)]
        words += [(path, path) for path in self._members()]
        view = self.detail.scatter
        chosen = await self.app.push_screen_wait(Choose("Colour by", words, chosen=view.colour or ""))
        if chosen is not None:
            view.colour = chosen or None
            self.read_picture()

    def _label(self, column: VectorColumn) -> str | None:
        """Return what names points and rows: a column, else the text that JSON of the rows at hand has."""
        inside = None if reading_text.says_it_all(column) else next(iter(self._members()), None)
        named = labelling(column)
        return inside if inside is not None and (named is None or named in column.key) else named

    def _members(self) -> tuple[str, ...]:
        """Return the texts that JSON of the rows at hand has."""
        if self.column is None or not isinstance(self.answer, Found):
            return ()
        rows = [hit.row for hit in self.answer.hits]
        found = reading_text.texts(self.column, self.answer.columns, rows)
        return tuple(name for name in found if name not in self.column.columns)

    def on_outline_tree_node_activated(self, message: OutlineTree.NodeActivated) -> None:
        """Search for what is like a row of the list."""
        message.stop()
        if isinstance(message.node.subject, tuple):
            self.more_like(message.node.subject)

    def more_like(self, key: Key) -> None:
        """Search for rows like this one."""
        self.turn(replace(self.wanted, mode=Mode.LIKE, text=written(key)))

    @work(exclusive=True, group="picture", description="Reading vectors for the picture.")
    async def read_picture(self) -> None:
        """Read a sample of the column and lay it out in two dimensions."""
        from console.vectors.quality.scatter import scatter

        column, view = self.column, self.detail.scatter
        if column is None or self.session is None:
            return
        view.tell("reading vectors …")
        try:
            own = await self.aside.session(self.session)
            found = await scatter(
                own, column, label=self._label(column), colour=view.colour, where=self.wanted.where,
                metric=self.wanted.metric,
            )  # fmt: skip
        except ConsoleError as error:
            view.tell(f"✗ {in_words(error)}", Role.CRIT)
            return
        view.show(found)
        self.show_hits()

    def show_hits(self) -> None:
        """Show the row under the cursor, and the hits in the picture: those that are not among its points come in."""
        super().show_hits()
        found, view = self.answer, self.detail.scatter
        if view.scatter is None or found is None or self.detail.tab != detail.PICTURE:
            return
        missing = [each.key for each in found.hits if each.key and view.scatter.at(each.key) is None]
        if missing and self.wanted.text.strip():
            self._include(missing)

    @work(exclusive=True, group="including", description="Placing hits in the picture.")
    async def _include(self, keys: list[Key]) -> None:
        from console.vectors.quality.scatter import including

        column, view = self.column, self.detail.scatter
        if column is None or self.session is None or view.scatter is None:
            return
        try:
            own = await self.aside.session(self.session)
            found = await including(own, view.scatter, column, keys, label=self._label(column))
        except ConsoleError:
            return  # nobody has asked: the hits stand in their list
        if self.column is column:
            view.show(found)
            super().show_hits()

    @work(exclusive=True, group="recall", description="Measuring the index.")
    async def measure(self) -> None:
        """Measure what part of the nearest rows the index finds; the curve grows as it is measured."""
        from console.vectors.quality.measuring import measure
        from console.vectors.quality.recall import advise

        column, view = self.column, self.detail.curve
        if column is None or self.session is None:
            return
        view.tell("reading the truth: searching all rows …")
        try:
            own = await self.aside.session(self.session)
            async with aclosing(measure(own, column, k=self.wanted.k, metric=self.wanted.metric)) as curves:
                async for curve in curves:
                    if not curve.points:
                        view.tell(f"searching all rows: {curve.truth} of {curve.queries} …")
                        continue
                    said = [(remark, Role.WARN) for remark in curve.remarks]
                    if curve.finished:
                        advice = advise(curve)
                        self.advised, self.advice = advice.setting, advice.sentence
                        said.insert(0, (advice.sentence, Role.STRONG))
                    else:
                        said.insert(0, ("measuring …", Role.MUTED))
                    view.show(curve, tuple(said))
        except ConsoleError as error:
            view.tell(f"✗ {in_words(error)}", Role.CRIT)

    @work(exclusive=True, group="examining", description="Looking at distances.")
    async def examine(self) -> None:
        """Look at how far apart rows are, and which are alike."""
        from console.vectors.quality.examining import examine

        column, view = self.column, self.detail
        if column is None or self.session is None:
            return
        view.distances.tell("looking at a sample of rows …")
        view.alike.roots = []
        view.alike.empty = "looking at a sample of rows …"
        view.alike.refresh()
        try:
            own = await self.aside.session(self.session)
            found = await examine(
                own, column, metric=self.wanted.metric, where=self.wanted.where, label=self._label(column)
            )
        except ConsoleError as error:
            view.distances.tell(f"✗ {in_words(error)}", Role.CRIT)
            view.alike.empty = f"✗ {sanitize(error.title)}"
            view.alike.refresh()
            return
        remarks = tuple((remark, Role.MUTED) for remark in found.remarks)
        view.distances.show(found.distances, ((found.distances.said, Role.MUTED), *remarks))
        view.alike.empty = "No two rows are the same or nearly so, and none is far from all others."
        view.alike.unfold(alike.unfolded(found))
        view.alike.roots = list(alike.nodes(found))


def labelling(column: VectorColumn) -> str | None:
    """Return the column whose values name points: a title, else the key."""
    named = next((name for name in _LABELS if name in column.columns), None)
    return named or next((name for name in column.columns if column.columns[name] == "text"), None)


def colouring(column: VectorColumn) -> str | None:
    """Return the column that is likely to tell groups apart: one that is called so, else an enumeration's."""
    named = (name for part in _COLOURS for name in column.columns if part in name.split("_"))
    return next(named, None)
