"""Reads which columns of vectors there are, and what is to be known of the one under the cursor."""

from __future__ import annotations

import asyncio

from textual import work
from textual.containers import Vertical

from console.errors import ConsoleError
from console.ui.commanding import in_words
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.beside import Beside
from console.ui.screens.vectors import known as knowing
from console.ui.screens.vectors import lists
from console.ui.screens.vectors.known import Known
from console.ui.screens.vectors.lists import About
from console.ui.titles import title
from console.ui.widgets.outline_tree import OutlineTree
from console.ui.widgets.papers import Text, hanging
from console.ui.widgets.text_view import TextView
from console.vectors.column import VectorColumn
from console.vectors.search.functions import Function

_STILL = 0.1  # seconds of standing still before a column is looked at


class ListingScreen(ConsoleScreen):
    """A list of columns and functions, and what is known of one."""

    def __init__(self) -> None:
        """Know nothing yet."""
        super().__init__()
        self.known: Known | None = None
        self.about: dict[str, About] = {}
        self.beside = Beside("vectors")
        self.asked_for = ""
        """The table, with its schema and a dot behind, that another screen wants to be searched."""

    @property
    def tree_(self) -> OutlineTree:
        """The list."""
        return self.query_one("#columns", OutlineTree)

    @property
    def chosen(self) -> VectorColumn | Function | None:
        """What the cursor stands on."""
        node = self.tree_.node
        return node.subject if node is not None and isinstance(node.subject, VectorColumn | Function) else None

    @property
    def column(self) -> VectorColumn | None:
        """The column that the cursor stands on."""
        return self.chosen if isinstance(self.chosen, VectorColumn) else None

    def was_read(self) -> None:
        """Go on when the list is there; the screen does."""

    @work(exclusive=True, group="reading", description="Looking for columns of vectors.")
    async def read(self) -> None:
        """Find the columns and the functions."""
        session = self.session
        if session is None:
            return
        try:
            found = await knowing.read(session)
        except ConsoleError as error:
            self.show(None, why="nothing was read; r tries again")
            self.query_one("#about", TextView).paper = Text(f"✗ {in_words(error)}", lists.toned, hang=hanging)
            return
        self.show(found)
        self.console.now_open()
        try:
            self.show(await knowing.with_functions(session, found))
        except ConsoleError as error:
            self.say_error(error)
        self.was_read()

    def show(self, found: Known | None, *, why: str = "") -> None:
        """Lay out what is known, or say why there is nothing."""
        self.known = found
        columns = found.columns if found is not None else ()
        self.query_one("#list", Vertical).border_title = title(lists.head(columns))
        self.tree_.empty = why or "There is nothing to search; i says why."
        self.tree_.roots = lists.nodes(columns, found.functions) if found is not None else []
        self.tell_about()
        self.look_at()
        self.refresh_keys()

    def tell_about(self) -> None:
        """Say what there is to know of what the cursor stands on, or why there is nothing."""
        about, chosen = self.query_one("#about", TextView), self.chosen
        if chosen is None:
            about.border_title = ""
            said = f"– {self.known.survey.nothing}\n\n→ {self.known.survey.hint}" if self.known is not None else ""
        else:
            about.border_title = title(chosen.label)
            said = (
                lists.about(chosen, self.about.get(chosen.full_name, About()))
                if isinstance(chosen, VectorColumn)
                else lists.about_function(chosen)
            )
        about.paper = Text(said, lists.toned, hang=hanging)

    @work(exclusive=True, group="looking", description="Looking at a column.")
    async def look_at(self) -> None:
        """Count what the column holds, and look for what is amiss; each is shown when it is there."""
        column, session = self.column, self.session
        if column is None or session is None or column.full_name in self.about:
            return
        await asyncio.sleep(_STILL)
        about = knowing.embedder(session, column, About())
        own = await self.beside.session(session)
        for step in (knowing.count, knowing.lint):
            about = await step(own, column, about)
            self._take(column, about)
        self.about[column.full_name] = about

    def _take(self, column: VectorColumn, about: About) -> None:
        if self.column is column:
            self.query_one("#about", TextView).paper = Text(lists.about(column, about), lists.toned, hang=hanging)
