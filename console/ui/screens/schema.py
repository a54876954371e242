"""The schema: the tree of everything on the left, what is chosen on the right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from console.catalog import outline as outlines
from console.catalog.entries import Entry, Outline
from console.db.session import Session
from console.errors import ConsoleError
from console.text import count
from console.ui import commands
from console.ui.copying import copy
from console.ui.screens import schema_nodes
from console.ui.screens.ask import Ask
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.browsing import Browsing
from console.ui.screens.find import Find
from console.ui.screens.object_view import DATA, DDL, ObjectView, tabs_of
from console.ui.widgets.boxes import Sort as SortMark
from console.ui.widgets.cell_viewer import CellViewer
from console.ui.widgets.grid import Grid
from console.ui.widgets.outline import Node
from console.ui.widgets.outline_tree import OutlineTree

_NARROW = 100  # columns below which the right side comes over the left


class SchemaScreen(ConsoleScreen):
    """Tree and detail. Below 100 columns the detail covers the tree, with enter, and goes with escape."""

    PLACE = "schema"
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("schema"), ("escape", "back", "Back")]
    AUTO_FOCUS = "OutlineTree"
    DEFAULT_CSS = """
    SchemaScreen {
        & > #body { height: 1fr; }
        & #tree { width: 38%; min-width: 34; max-width: 60; border: round $border-blurred; }
        & #tree { border-title-color: $accent; }
        & #tree:focus { border: round $primary; }
        & ObjectView { width: 1fr; }
        &.-narrow #tree { width: 1fr; max-width: 100%; }
        &.-narrow ObjectView { display: none; }
        &.-narrow.-detail #tree { display: none; }
        &.-narrow.-detail ObjectView { display: block; }
    }
    """

    def __init__(self) -> None:
        """Make the screen; it shows what the program's session leads to."""
        super().__init__()
        self._outline: Outline | None = None
        self._parts: Session | None = None
        self._browsing: Browsing | None = None

    def compose_body(self) -> Iterable[Widget]:
        """Tree on the left, object on the right."""
        with Horizontal(id="body"):
            tree = OutlineTree(id="tree", empty="connecting …")
            tree.border_title = "Schema"
            yield tree
            yield ObjectView()

    def on_mount(self) -> None:
        """Read the outline whenever the program has another session."""
        super().on_mount()
        self.watch(self.app, "session", self._session_changed)

    def on_resize(self) -> None:
        """Decide whether both sides have room."""
        self.set_class(self.size.width < _NARROW, "-narrow")

    @property
    def outline_tree(self) -> OutlineTree:
        """The tree on the left."""
        return self.query_one("#tree", OutlineTree)

    @property
    def view(self) -> ObjectView:
        """What is chosen, on the right."""
        return self.query_one(ObjectView)

    @property
    def session(self) -> Session | None:
        """The program's session."""
        return self.app.session  # type: ignore[attr-defined, no-any-return]

    def on_outline_tree_node_chosen(self, message: OutlineTree.NodeChosen) -> None:
        """Show the object under the cursor beside the tree, where there is room for it."""
        if not self.has_class("-narrow"):
            self._show(message.node)

    def on_outline_tree_node_activated(self, message: OutlineTree.NodeActivated) -> None:
        """Open the object under the cursor."""
        if self._show(message.node):
            self.add_class("-detail")
            if self.has_class("-narrow"):
                self.call_after_refresh(self.view.focus_body)

    def on_object_view_wanted(self, message: ObjectView.Wanted) -> None:
        """Read what is looked at."""
        self._read_part(message.entry, message.tab)

    def action_back(self) -> None:
        """Go back from the object to the tree."""
        self.remove_class("-detail")
        self.outline_tree.focus()

    def do_refresh(self) -> None:
        """Read the outline again, and what is looked at."""
        self._read_outline()
        self.view.look_again()

    @work
    async def do_find(self) -> None:
        """Find an object, and go there."""
        assert self._outline is not None
        entry = await self.app.push_screen_wait(Find(self._outline))
        if entry is not None:
            self.go_to(entry)

    def why_not_find(self) -> str | None:
        """Finding needs the outline."""
        return None if self._outline is not None else "There is no database yet."

    def do_next_tab(self) -> None:
        """Look at the next part of the object."""
        self.view.step(1)

    def do_previous_tab(self) -> None:
        """Look at the part before."""
        self.view.step(-1)

    def do_data(self) -> None:
        """Look at the rows."""
        self.view.tab = DATA
        self._open_view()

    def why_not_data(self) -> str | None:
        """Only relations have rows."""
        return self._why_not_tab(DATA, "This has no rows.")

    def do_ddl(self) -> None:
        """Look at the statements."""
        self.view.tab = DDL
        self._open_view()

    def why_not_ddl(self) -> str | None:
        """Only objects have statements."""
        return self._why_not_tab(DDL, "Nothing is chosen.")

    @work(group="asking")
    async def do_filter(self) -> None:
        """Ask for a condition, and show the rows that meet it."""
        browsing = self._browsing
        assert browsing is not None
        explain = "A condition in SQL, as behind WHERE; empty shows all rows again."
        typed = await self.app.push_screen_wait(
            Ask("Where", value=browsing.condition, placeholder="status = 'draft'", explain=explain)
        )
        if typed is not None:
            self._browse(browsing.where(typed))

    def why_not_filter(self) -> str | None:
        """Filtering needs rows."""
        return None if self._shows_data else "Look at the data of a table first (b)."

    def do_sort(self) -> None:
        """Sort by the column under the cursor."""
        self._sort(self.view.data.cursor.column)

    def why_not_sort(self) -> str | None:
        """Sorting needs rows."""
        return self.why_not_filter()

    def do_copy(self) -> None:
        """Copy the cell, or the statements."""
        if self.view.tab == DDL:
            copy(self.app, self.view.ddl.sql, "the DDL")
        elif self.view.tab == DATA:
            copy(self.app, self.view.data.value or "", "the cell")
        else:
            copy(self.app, "\t".join(value or "" for value in self.view.facts.row or ()), "the row")

    def why_not_copy(self) -> str | None:
        """Copying needs something."""
        return None if self.view.entry is not None else "Nothing is chosen."

    def on_grid_sort_requested(self, message: Grid.SortRequested) -> None:
        """Sort by the column asked for."""
        if message.grid.id == DATA:
            self._sort(message.column)

    def on_grid_filter_requested(self, message: Grid.FilterRequested) -> None:
        """Ask for a condition."""
        if message.grid.id == DATA and self._shows_data:
            self.do_filter()

    def on_grid_copy_requested(self, message: Grid.CopyRequested) -> None:
        """Copy what the cursor stands on."""
        self.do_copy()

    def on_grid_cell_activated(self, message: Grid.CellActivated) -> None:
        """Show a value with the whole screen for itself."""
        grid = message.grid
        if grid.row is not None:
            self.app.push_screen(CellViewer(grid.value, grid.source.columns[grid.cursor.column]))

    def go_to(self, entry: Entry) -> None:
        """Show an object in the tree and beside it."""
        assert self._outline is not None
        self.outline_tree.reveal(schema_nodes.path(self._outline, entry))
        self.outline_tree.focus()

    def _session_changed(self, session: Session | None) -> None:
        self._outline, self._parts, self._browsing = None, None, None
        self.outline_tree.roots = ()
        if session is not None:
            self._read_outline()

    @work(exclusive=True, group="outline", description="Reading the outline.")
    async def _read_outline(self) -> None:
        """Read schemas and relations, show them, then all the rest."""
        session = self.session
        if session is None:
            return
        try:
            first = await outlines.read_relations(session)
            self._show_outline(first)
            self.app.now_open()  # type: ignore[attr-defined]
            self._show_outline(await outlines.complete(session, first))
        except ConsoleError as error:
            self.say_error(error)

    def _show_outline(self, outline: Outline) -> None:
        if self._outline is None:
            self.outline_tree.unfold(schema_nodes.unfolded(outline))
        self._outline = outline
        self.outline_tree.roots = schema_nodes.roots(outline)
        self.outline_tree.border_title = f"Schema · {count(len(outline))} objects" if outline.complete else "Schema"
        self.refresh_keys()

    def _show(self, node: Node) -> bool:
        """Show a node's object, and tell whether it is one."""
        if not isinstance(node.subject, Entry):
            return False
        self.view.entry = node.subject
        return True

    @property
    def _shows_data(self) -> bool:
        return self.view.tab == DATA and self._browsing is not None

    def _why_not_tab(self, tab: str, reason: str) -> str | None:
        entry = self.view.entry
        return None if entry is not None and tab in tabs_of(entry) else reason

    def _open_view(self) -> None:
        self.add_class("-detail")
        self.call_after_refresh(self.view.focus_body)

    def _sort(self, column: int) -> None:
        if self._browsing is not None:
            grid = self.view.data
            self._browse(self._browsing.sorted_by(grid.source.columns[column].name))

    @work(exclusive=True, group="part", description="Reading rows.")
    async def _browse(self, wanted: Browsing) -> None:
        """Read the rows another way; what was wrong with the wish leaves them as they are."""
        try:
            await self._read_data(wanted)
        except ConsoleError as error:
            self.say_error(error)
            return
        self._mark_sort(wanted)

    def _mark_sort(self, wanted: Browsing) -> None:
        grid = self.view.data
        names = [column.name for column in grid.source.columns]
        by = wanted.sort
        grid.sort = SortMark(names.index(by.column), by.descending) if by is not None and by.column in names else None

    @work(exclusive=True, group="part", description="Reading an object.")
    async def _read_part(self, entry: Entry, tab: str) -> None:
        """Read what is looked at, and fill it in."""
        try:
            if tab == DATA:
                await self._read_data(Browsing(entry.schema, entry.name))
            elif tab == DDL:
                await self._read_ddl(entry)
            else:
                await self._read_facts(entry)
        except ConsoleError as error:
            self.view.wait("\n".join(part for part in (error.title, error.detail, error.hint) if part))

    async def _read_data(self, wanted: Browsing) -> None:
        session = await self._session_for_parts()
        if session is None:
            return
        source = await wanted.open(session)
        self._browsing = wanted
        before = self.view.data.source
        self.view.fill_data(source)
        await before.close()

    async def _read_ddl(self, entry: Entry) -> None:
        pass

    async def _read_facts(self, entry: Entry) -> None:
        pass

    async def _session_for_parts(self) -> Session | None:
        """Return a session of its own for what is looked at: rows never wait behind the outline."""
        if self._parts is None and self.session is not None:
            self._parts = await self.session.sibling("data")
        return self._parts
