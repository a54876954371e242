"""What is chosen for a search: what it is by, how many, among which rows, how the index is to look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from console.errors import ConsoleError, UsageError
from console.ui.screens.ask import Ask
from console.ui.screens.choose import Choose
from console.ui.screens.vectors.arguments import ArgumentsDesk
from console.ui.screens.vectors.wanted import Mode
from console.vectors.column import VectorIndex
from console.vectors.metric import Metric, metrics

if TYPE_CHECKING:
    from console.vectors.search.functions import Function
    from console.vectors.search.question import Knobs

_MANY = (5, 10, 20, 50, 100, 200)
_ANOTHER = "another"
_AS_IT_IS = ""


class ChoosingDesk(ArgumentsDesk):
    """A desk on which a search is changed."""

    @work(group="asking")
    async def do_by(self) -> None:
        """Ask what to search by."""
        modes = [each for each in Mode if each is not Mode.FUNCTION or self.functions]
        words = [(each.name, each.described) for each in modes]
        chosen = await self.app.push_screen_wait(
            Choose("Search by", words, explain=self._embedder(), chosen=self.wanted.mode.name)
        )
        if chosen is None:
            return
        mode = Mode[chosen]
        if mode is Mode.FUNCTION:
            function = await self._which_function()
            if function is None:
                return
            self.function, self.arguments = function, {}
            if not await self.ask_required(function):
                return
        keeps = mode.has_words and self.wanted.mode.has_words
        text = self.wanted.text if keeps else ""
        self.turn(replace(self.wanted, mode=mode, text=text))
        self.screen.set_focus(self.line.input)

    async def _which_function(self) -> Function | None:
        if len(self.functions) == 1:
            return self.functions[0]
        words = [(str(place), each.label) for place, each in enumerate(self.functions)]
        which = await self.app.push_screen_wait(Choose("Search through", words))
        return self.functions[int(which)] if which is not None else None

    def _embedder(self) -> str:
        """Say what turns words into vectors here."""
        if self.chosen is None:
            return self.about.no_embedder
        embedder = self.chosen.embedder
        return " ".join(part for part in (f"Words become vectors by {embedder.name}.", embedder.notice) if part)

    @work(group="asking")
    async def do_many(self) -> None:
        """Ask how many hits are wanted."""
        words = [(str(each), f"{each} hits") for each in _MANY]
        chosen = str(self.wanted.k) if self.wanted.k in _MANY else _ANOTHER
        which = await self.app.push_screen_wait(Choose("How many", [*words, (_ANOTHER, "another …")], chosen=chosen))
        if which == _ANOTHER:
            which = await self.app.push_screen_wait(Ask("How many", value=str(self.wanted.k)))
        if which:
            number = _whole(which)
            if number is None:
                self.say("That is not a number of hits: 1 or more.", severity="error")
            else:
                self.turn(replace(self.wanted, k=number))

    @work(group="asking")
    async def do_metric(self) -> None:
        """Ask how distance is measured."""
        column = self.column
        assert column is not None
        indexed = {each.metric for each in column.indexes if each.valid}
        words = [
            (str(each), f"{each.said}  {each.operator}{'  its index is by it' if each in indexed else ''}")
            for each in metrics(column.kind)
        ]
        explain = "An index answers for the distance it was built by; by any other all rows are read."
        now = str(self.wanted.metric or column.metric)
        which = await self.app.push_screen_wait(Choose("Distance", words, explain=explain, chosen=now))
        if which is not None:
            metric = Metric(which)
            self.turn(replace(self.wanted, metric=None if metric is column.metric else metric))

    @work(group="asking")
    async def do_where(self) -> None:
        """Ask for a condition; through a function, for its arguments."""
        if self.wanted.mode is Mode.FUNCTION and self.function is not None:
            await self.ask_arguments(self.function)
            return
        explain = "A condition in SQL on the table's columns, as behind WHERE; empty searches all rows."
        asked = Ask("Where", value=self.wanted.where, placeholder="category = 'cost'", explain=explain)
        typed = await self.app.push_screen_wait(asked)
        if typed is not None:
            self.turn(replace(self.wanted, where=typed))

    @work(group="asking")
    async def do_within(self) -> None:
        """Ask for the largest distance."""
        now = "" if self.wanted.within is None else f"{self.wanted.within:g}"
        explain = "Rows farther away than this are left out; empty leaves out none."
        typed = await self.app.push_screen_wait(Ask("Farthest", value=now, placeholder="0.4", explain=explain))
        if typed is None:
            return
        try:
            self.turn(replace(self.wanted, within=float(typed) if typed else None))
        except ValueError:
            self.say("That is not a distance: a number like 0.4.", severity="error")

    def do_exact(self) -> None:
        """Read all rows, or use the index again."""
        self.turn(replace(self.wanted, exact=not self.wanted.exact))

    @work(group="asking")
    async def do_knobs(self) -> None:
        """Ask how far the index looks."""
        from console.vectors.search import knobs as checking

        index, column = self._index(), self.column
        assert index is not None
        assert column is not None
        name = "ef_search" if index.method == "hnsw" else "probes"
        explain = self.advice or _EXPLAINED[name]
        now = getattr(self.wanted.knobs, name) or self.advised
        typed = await self.app.push_screen_wait(Ask(name, value="" if now is None else str(now), explain=explain))
        if typed is None:
            return
        number = _whole(typed) if typed else None
        if typed and number is None:
            self.say(f"That is not a value for {name}: 1 or more.", severity="error")
            return
        before = self.wanted.knobs
        chosen = replace(before, ef_search=number) if index.method == "hnsw" else replace(before, probes=number)
        if checking.iterative_there(column.version):
            way = await self._iterative(index, chosen)
            if way is None:
                return
            chosen = replace(chosen, iterative=way or None)
        try:
            checking.check(chosen, column.version)
        except UsageError as error:
            self.say_error(error)
        else:
            self.turn(replace(self.wanted, knobs=chosen))

    async def _iterative(self, index: VectorIndex, knobs: Knobs) -> str | None:
        ways = ("strict_order", "relaxed_order", "off") if index.method == "hnsw" else ("relaxed_order", "off")
        words = [(_AS_IT_IS, "goes on until there are enough (as always)"), *((each, _WAYS[each]) for each in ways)]
        explain = "What the index does when a condition leaves too few of the rows that it found."
        asked = Choose("Goes on", words, explain=explain, chosen=knobs.iterative or _AS_IT_IS)
        return await self.app.push_screen_wait(asked)

    @work(group="asking")
    async def do_text(self) -> None:
        """Ask which column is shown and read by full text."""
        from console.vectors.search.fulltext import texts_there

        column, session = self.column, self.session
        assert column is not None
        assert session is not None
        try:
            names = await texts_there(await self.aside.session(session), column)
        except ConsoleError as error:
            self.say_error(error)
            return
        now = self.wanted.text_column or (self.answer.text_column if self.answer is not None else None)
        chosen = now if now in names else None
        name = await self.app.push_screen_wait(Choose("Text", [(each, each) for each in names], chosen=chosen))
        if name is not None:
            self.turn(replace(self.wanted, text_column=name))

    def why_not_by(self) -> str | None:
        """It takes a column."""
        return None if self.column is not None else "No column is open."

    why_not_type = why_not_many = why_not_where = why_not_by

    def why_not_metric(self) -> str | None:
        """A function measures as it was written."""
        if self.wanted.mode is Mode.FUNCTION:
            return "The function says how distance is measured."
        return self.why_not_by()

    why_not_within = why_not_exact = why_not_metric

    def why_not_knobs(self) -> str | None:
        """It takes an index."""
        if self.column is not None and self._index() is None:
            return "There is no index: every search reads all rows."
        return self.why_not_metric()

    def why_not_text(self) -> str | None:
        """It takes texts."""
        from console.vectors.search.reading_text import document_columns, text_columns

        if self.column is not None and not (text_columns(self.column) or document_columns(self.column)):
            return "The table has no text."
        return self.why_not_metric()

    def _index(self) -> VectorIndex | None:
        """The index that a search would use: that of the metric, else any."""
        assert self.column is not None
        metric = self.wanted.metric or self.column.metric
        found = sorted(self.column.indexes, key=lambda each: (each.metric is not metric, not each.valid))
        return found[0] if found else None


_EXPLAINED = {
    "ef_search": "How many rows hnsw keeps in mind while it looks, 1 to 1000; empty leaves it as the server has it.",
    "probes": "How many lists ivfflat looks into; empty is their square root, where the server has only 1.",
}
_WAYS = {
    "strict_order": "strict_order: goes on, in the order of distance",
    "relaxed_order": "relaxed_order: goes on, nearly in the order of distance",
    "off": "off: gives what it has",
}


def _whole(text: str) -> int | None:
    """Return a number from 1 on; None for what is none.

    >>> _whole("12"), _whole("0"), _whole("x")
    (12, None, None)
    """
    return int(text) if text.isdecimal() and int(text) > 0 else None
