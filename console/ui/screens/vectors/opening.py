"""Begins and ends a search in a column: its embedder, its connections, what runs for it."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import work

from console.errors import ConsoleError
from console.ui.commanding import in_words
from console.ui.screens.vectors import detail
from console.ui.screens.vectors.detail import Detail
from console.ui.screens.vectors.filling import FillingDesk
from console.ui.screens.vectors.lists import About
from console.ui.screens.vectors.wanted import Mode, Wanted
from console.vectors.column import VectorColumn

if TYPE_CHECKING:
    from console.db.session import Session
    from console.vectors.embedders.choosing import Chosen
    from console.vectors.search.functions import Function

_STOPPING = "The server is told to stop; what is left is said here once it has."
_NOT_WAITED = "Not waited for any longer; nothing runs on the server."


class OpeningDesk(FillingDesk):
    """A desk that is opened on a column, and let go of."""

    def __init__(self) -> None:
        """Search nothing yet."""
        super().__init__()
        self._fill_next = False

    async def on_unmount(self) -> None:
        """Let go of the connections and of the embedder."""
        self.workers.cancel_node(self)
        await self._leave()

    def let_go(self) -> None:
        """Search no more: another database is looked at."""
        self.workers.cancel_node(self)
        self.column = self.session = self.answer = None
        self.hits.found = None
        self.wanted = Wanted()
        self.run_worker(self._leave(), group="closing")

    async def _leave(self) -> None:
        await self.beside.close()
        await self.aside.close()
        chosen, self.chosen = self.chosen, None
        if chosen is not None:
            with contextlib.suppress(ConsoleError):
                await chosen.embedder.close()

    async def stop(self) -> bool | str | None:
        """Cancel what runs: what writes first, then searches, then what is measured."""
        if self.busy:
            return _STOPPING if self.stop_work() else None
        for beside in (self.beside, self.aside):
            stopped = await beside.cancel()
            if stopped is not None:
                return stopped
        return self._stop_waiting_for_words()

    def _stop_waiting_for_words(self) -> str | None:
        """Wait no more for what turns words into vectors: nothing runs on the server meanwhile."""
        own = (each for each in self.workers if each.node is self and each.group == "search")
        if all(each.is_finished for each in own):
            return None
        self.workers.cancel_group(self, "search")
        self.stop_waiting()
        self.tell("Cancelled; enter searches again.", "-warning")
        return _NOT_WAITED

    def open(
        self,
        session: Session,
        column: VectorColumn,
        about: About,
        functions: tuple[Function, ...] = (),
        function: Function | None = None,
        *,
        fill: bool = False,
    ) -> None:
        """Search in a column, or through a function that reads it; what is open already goes on as it is.

        `fill` asks to embed what is missing as soon as it is known by what.
        """
        is_same = self.session is session and self.column is not None and self.column.full_name == column.full_name
        if is_same and function == self.function:
            if fill:
                self.run_worker(self.action_command("search.fill"))
            return
        self._fill_next = fill
        if not is_same or self.function is not None:
            self.hits.tags, self.wanted = {}, Wanted()
        self.session, self.column, self.about, self.functions = session, column, about, functions
        self.function, self.arguments, self.allowed = function, {}, frozenset()
        self.answer = self.hits.found = None
        box = self.query_one("#hits")
        box.border_title = box.border_subtitle = ""  # of the column before
        self.panel.leave()
        self.forget_views()
        self.tell("", "")
        self.say_standing()
        self._begin(column)

    @work(exclusive=True, group="beginning", description="Choosing an embedder.")
    async def _begin(self, column: VectorColumn) -> None:
        """Find what turns words into vectors here, then show some rows."""
        self.chosen = await self._choose(column)
        if self.function is not None:
            self.wanted = replace(self.wanted, mode=Mode.FUNCTION)
            self.say_wanted()
            await self.ask_required(self.function)
        elif self.chosen is None and self.wanted.mode is Mode.WORDS:
            self.wanted = replace(self.wanted, mode=_without_embedder(column))
        self.turn(self.wanted)
        self.compare_embedder()
        if self._fill_next:
            self._fill_next = False
            await self.action_command("search.fill")
        if self.detail.tab != detail.ROW:
            self.on_detail_turned(Detail.Turned())

    async def _choose(self, column: VectorColumn) -> Chosen | None:
        from console.vectors.embedders import choosing

        assert self.session is not None
        if self.chosen is not None:
            await self.chosen.embedder.close()
        try:
            return await asyncio.to_thread(choosing.choose, self.session.target, column)
        except ConsoleError as error:
            self.about = replace(self.about, no_embedder=in_words(error))
            return None

    def know(self, column: VectorColumn, about: About) -> None:
        """Take note of what is known of the column by now: an index was built, rows were counted."""
        changed = self.column != column
        self.column, self.about = column, replace(about, no_embedder=self.about.no_embedder)
        if changed:
            self.search()
            if self.detail.tab == detail.INDEX:
                self.look_at_indexes()
        self.say_wanted()
        self.say_standing()


def _without_embedder(column: VectorColumn) -> Mode:
    """Return what to search by where words cannot become vectors: full text where there is text, else rows."""
    from console.vectors.search.reading_text import document_columns, text_columns

    return Mode.FULL_TEXT if text_columns(column) or document_columns(column) else Mode.LIKE
