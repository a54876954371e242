"""Fills the column on the screen: rows that have a text and no vector are embedded, batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

from textual import work

from console.config import embedder as entries
from console.db.guard import Consent
from console.errors import ConsoleError
from console.text import plural
from console.ui.screens.choose import Choose
from console.ui.screens.confirm import Confirm
from console.ui.screens.vectors.indexing import IndexingDesk
from console.vectors.column import VectorColumn
from console.vectors.search.hit import Found

if TYPE_CHECKING:
    from console.db.session import Session
    from console.vectors.embedders.embedder import Embedder
    from console.vectors.filling.declared import Declared

_MOST = 6
_TITLES = ("title", "name", "label", "subject", "filename", "heading")


class FillingDesk(IndexingDesk):
    """A desk on which rows are embedded."""

    @work(group="asking")
    async def do_fill(self) -> None:
        """Ask from which texts, count, say what it would cost, and fill what is missing."""
        from console.vectors.filling import counting, declared

        column, session, chosen = self.column, self.session, self.chosen
        assert column is not None
        assert session is not None
        assert chosen is not None
        texts = await self._which_texts(column)
        if texts is None:
            return
        wanted = declared.of(column, text=texts)
        try:
            missing = await counting.count(await self.aside.session(session), wanted, chosen.embedder)
        except ConsoleError as error:
            self.say_error(error)
            return
        if not missing.rows:
            self.say(missing.sentence)
            return
        lines = [missing.sentence, *([chosen.embedder.notice] if chosen.embedder.notice else [])]
        action = f"embed {plural(missing.rows, 'row')} of {column.label} from {', '.join(texts)}"
        consent = await self.app.push_screen_wait(Confirm(session.target, action, lines))
        if consent is not None:
            self.under_way = self._fill(session, wanted, chosen.embedder, consent, missing.rows)

    @work(exclusive=True, group="agreeing", description="Looking who has made the vectors.")
    async def compare_embedder(self) -> None:
        """See whether the vectors that are there were made by the embedder at hand, where asking it sends nothing."""
        from console.vectors.filling import agreeing, declared

        column, session, chosen = self.column, self.session, self.chosen
        self.disagreement = ""
        if column is None or session is None or chosen is None or not chosen.embedder.here:
            return
        texts = self.texts(column)
        if not texts or not column.key:
            return
        try:
            own = await self.aside.session(session)
            found = await agreeing.agree(own, declared.of(column, texts[0]), chosen.embedder)
        except ConsoleError:
            return  # nobody has asked: a search says what is wrong
        self.disagreement = found.sentence if found.other else ""

    def texts(self, column: VectorColumn) -> tuple[tuple[str, ...], ...]:
        """Return the texts that a vector may stand for: those that the profile names first."""
        profile = self.session.target.profile if self.session is not None else None
        named = entries.of_column(profile.embedders, column.schema, column.table, column.name) if profile else None
        own = (named.text,) if named is not None and named.text else ()
        seen = self.answer if isinstance(self.answer, Found) else None
        return (*own, *(each for each in texts_of(column, seen) if each not in own))

    async def _which_texts(self, column: VectorColumn) -> tuple[str, ...] | None:
        ways = self.texts(column)
        if len(ways) < 2:
            return ways[0] if ways else None
        words = [(str(place), " + ".join(names)) for place, names in enumerate(ways)]
        which = await self.app.push_screen_wait(Choose("Embed from", words, explain="The vector stands for this text."))
        return ways[int(which)] if which is not None else None

    @work(exclusive=True, group="running", description="Embedding rows.")
    async def _fill(self, session: Session, wanted: Declared, embedder: Embedder, consent: Consent, total: int) -> None:
        from console.vectors.filling.filling import fill

        panel = self.panel
        panel.begin(f"embed {wanted.label}")
        panel.count(0, total)
        self.post_message(self.Turned())
        rows = failed = 0
        remarks: tuple[str, ...] = ()
        try:
            async with (
                await session.sibling("embed") as own,
                aclosing(fill(own, [wanted], embedder, consent, of=total, mix=False)) as batches,
            ):
                async for batch in batches:
                    rows, failed, remarks = batch.rows, batch.failed, batch.remarks
                    panel.count(rows, max(total, rows))
                    panel.tell(batch.remark or f"{plural(rows, 'row')} embedded by {embedder.name}")
            panel.end("\n".join([_said(rows, failed), *remarks]), well=not failed)
        except ConsoleError as error:
            panel.fail(error)
        finally:
            self.post_message(self.Changed())

    def why_not_fill(self) -> str | None:
        """It takes texts and an embedder."""
        why = self.why_not_work()
        if why is not None or self.column is None:
            return why
        if not self.texts(self.column):
            return "The table has no text to embed."
        if not self.column.key or self.column.placed:
            return "The rows have no key to tell them apart."
        if self.chosen is None:
            return "There is no embedder: the column's page says what to write."
        return None


def texts_of(column: VectorColumn, seen: Found | None = None) -> tuple[tuple[str, ...], ...]:
    """Return the texts that a vector may stand for, the likeliest first: a title together with a text, then each.

    Texts in JSON are known from rows that were `seen`.
    """
    from console.vectors.search.reading_text import text_columns, texts

    rows = [hit.row for hit in seen.hits] if seen is not None else []
    names: Sequence[str] = texts(column, seen.columns, rows) if seen is not None and rows else text_columns(column)
    title = next((name for name in _TITLES if name in names), None)
    other = next((name for name in names if name != title), None)
    both = ((title, other),) if title is not None and other is not None else ()
    return (*both, *((name,) for name in names))[:_MOST]


def _said(rows: int, failed: int) -> str:
    done = f"{plural(rows, 'row')} embedded"
    return f"{done}, {plural(failed, 'row')} failed" if failed else done
