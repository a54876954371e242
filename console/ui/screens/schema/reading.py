"""Reads the outline of a database, in two steps, and what is looked at of an object."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from console.catalog.entries import Entry, Outline
from console.errors import ConsoleError
from console.text import count
from console.ui.commanding import in_words
from console.ui.screens.schema import nodes, objects, welcome
from console.ui.screens.schema.state import SchemaState
from console.ui.screens.schema.tabs import DDL, WITH_LISTS
from console.ui.screens.schema.view import ObjectView
from console.ui.where import Where

if TYPE_CHECKING:
    from console.db.session import Session


class ReadingScreen(SchemaState):
    """The tree is usable after the first step; what was there stays until what comes next is read."""

    def session_changed(self, session: Session | None) -> None:
        """Read the outline of another database."""
        self.outline = self.chosen = None
        self.reading = False
        self.before.clear()
        self.outline_tree.roots = ()
        self.outline_tree.border_title = "Schema"
        self.view.session = session
        self.view.clear("")
        if session is not None:
            self.read_outline()

    def where_changed(self, where: Where) -> None:
        """Say in the empty tree what is waited for."""
        self.outline_tree.empty = where.note or "reading …"
        self.outline_tree.refresh()

    async def stop(self) -> bool | str | None:
        """Cancel the rows being read, else what is read of the schema."""
        stopped = await self.view.cancel()
        return stopped if stopped is not None else await super().stop()

    def on_object_view_wanted(self, message: ObjectView.Wanted) -> None:
        """Read what is looked at."""
        self.read_object(message.entry, message.tab)

    def read_again(self) -> None:
        """Read the outline again, and what is looked at."""
        self.read_outline()
        self.view.look_again()

    def awaits(self) -> str:
        """Say that the first part of the outline is being read: before it there is nothing to do anything with."""
        return super().awaits() or ("The schema is still being read" if self.reading and self.outline is None else "")

    def read_outline(self, *, system: bool | None = None) -> None:
        """Read the outline, with the `system`'s schemas or without; None leaves that as it is."""
        if self.session is not None:
            self.reading = True
            wanted = system if system is not None else self.outline is not None and self.outline.system
            self._read_outline(self.session, wanted)

    @work(exclusive=True, group="outline", description="Reading the outline.")
    async def _read_outline(self, session: Session, system: bool) -> None:
        """Read schemas and relations, show them, then all the rest."""
        from console.catalog import outline as outlines

        try:
            first = await outlines.read_relations(session, system=system)
            if self.outline is None:
                self.show_outline(first)
                self.console.now_open()
            self.show_outline(await outlines.complete(session, first))
        except ConsoleError as error:
            self._failed(error)
        self.reading = False
        self.console.catch_up(self)

    def _failed(self, error: ConsoleError) -> None:
        if self.outline is not None:
            self.say_error(error)
            return
        self.outline_tree.empty = "nothing was read; r tries again"
        self.outline_tree.refresh()
        self.view.clear(in_words(error))

    def show_outline(self, outline: Outline) -> None:
        """Show what was read of the outline."""
        if self.outline is None:
            self.outline_tree.unfold(nodes.unfolded(outline))
            self.call_after_refresh(self.view.furnish)
        self.outline = outline
        self.outline_tree.roots = nodes.roots(outline)
        self.outline_tree.border_title = f"Schema · {count(outline.own)} objects" if outline.complete else "Schema"
        if self.view.entry is None:
            self.view.clear(welcome.words(outline))
        self.refresh_keys()
        self.console.catch_up(self)
        if self.finding is not None:
            self.finding.search_in(outline)

    @work(exclusive=True, group="object", description="Reading an object.")
    async def read_object(self, entry: Entry, tab: str) -> None:
        """Read what is looked at, and fill it in."""
        session = self.session
        if session is None:
            return
        try:
            if entry.kind in WITH_LISTS:
                await self._read_facts(session, entry)
            if tab == DDL:
                self.view.fill_ddl(entry, await objects.statements(session, entry))
        except ConsoleError as error:
            self.view.fail(entry, in_words(error))

    async def _read_facts(self, session: Session, entry: Entry) -> None:
        found = await objects.facts(session, entry)
        if found is not None:
            self.view.fill_facts(entry, found)
        else:
            self.view.fail(entry, "It is gone; r reads the schema again.")
