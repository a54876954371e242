"""The schema: the tree of everything on the left, what is chosen on the right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from console.catalog.entries import Entry, Outline
from console.errors import ConsoleError
from console.text import count
from console.ui import commands
from console.ui.commanding import in_words
from console.ui.copying import copy
from console.ui.screens import schema_nodes
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.object_view import DATA, DDL, ObjectView, tabs_of
from console.ui.screens.rows_pane import RowsPane
from console.ui.widgets.outline import Node
from console.ui.widgets.outline_tree import OutlineTree
from console.ui.widgets.text_view import TextView

if TYPE_CHECKING:
    from console.db.session import Session


class SchemaScreen(ConsoleScreen):
    """Tree and object. The outline is read in two steps: the tree is usable after the first."""

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
        self._beside: Session | None = None

    def compose_body(self) -> Iterable[Widget]:
        """Tree on the left, object on the right."""
        with Horizontal(id="body"):
            tree = OutlineTree(id="tree", empty="connecting …")
            tree.border_title = "Schema"
            yield tree
            yield ObjectView()

    @property
    def outline_tree(self) -> OutlineTree:
        """The tree on the left."""
        return self.query_one("#tree", OutlineTree)

    @property
    def view(self) -> ObjectView:
        """What is chosen, on the right."""
        return self.query_one(ObjectView)

    def session_changed(self, session: Session | None) -> None:
        """Read the outline of another database."""
        self._outline = None
        self.outline_tree.roots = ()
        self.view.clear()
        if session is not None:
            self._read_outline()

    async def on_unmount(self) -> None:
        """Let go of the connection beside."""
        if self._beside is not None:
            await self._beside.close()

    def on_outline_tree_node_chosen(self, message: OutlineTree.NodeChosen) -> None:
        """Show the object under the cursor beside the tree, where there is room for it."""
        if not self.has_class("-narrow"):
            self._show(message.node)

    def on_outline_tree_node_activated(self, message: OutlineTree.NodeActivated) -> None:
        """Open the object under the cursor."""
        if self._show(message.node):
            self._open_view()

    def on_object_view_wanted(self, message: ObjectView.Wanted) -> None:
        """Read what is looked at."""
        self._read_part(message.entry, message.tab)

    def on_rows_pane_moved(self, message: RowsPane.Moved) -> None:
        """Follow in the tree when rows of another relation are shown."""
        entry = self._relation(message.schema, message.name)
        if entry is not None and entry != self.view.entry:
            assert self._outline is not None
            self.view.entry = entry
            with self.outline_tree.prevent(OutlineTree.NodeChosen):
                self.outline_tree.reveal(schema_nodes.path(self._outline, entry))

    def on_text_view_copy_requested(self, message: TextView.CopyRequested) -> None:
        """Copy the statements."""
        self.do_copy()

    def action_back(self) -> None:
        """Go back from the object to the tree."""
        self.remove_class("-detail")
        self.outline_tree.focus()

    def do_refresh(self) -> None:
        """Read the outline again, and what is looked at."""
        self._read_outline()
        self.view.look_again()

    @work(group="asking")
    async def do_find(self) -> None:
        """Find an object, and go there."""
        assert self._outline is not None
        from console.ui.screens.find import Find

        entry = await self.app.push_screen_wait(Find(self._outline))
        if entry is not None:
            self.outline_tree.reveal(schema_nodes.path(self._outline, entry))
            self.outline_tree.focus()

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

    def do_ddl(self) -> None:
        """Look at the statements."""
        self.view.tab = DDL
        self._open_view()

    def do_copy(self) -> None:
        """Copy what is shown: the statements, a row of facts, or the object's name."""
        text, what = self.view.to_copy()
        copy(self.app, text, what)

    def do_system(self) -> None:
        """Read the system's own schemas as well, or leave them out again."""
        self._read_outline(system=not (self._outline is not None and self._outline.system))

    def why_not_find(self) -> str | None:
        """Finding needs the outline."""
        return None if self._outline is not None else "There is no database yet."

    def why_not_system(self) -> str | None:
        """Reading needs a database."""
        return self.why_not_find()

    def why_not_next_tab(self) -> str | None:
        """Parts are those of an object."""
        return self.why_not_copy()

    def why_not_data(self) -> str | None:
        """Only relations have rows."""
        return self._why_not_tab(DATA, "This has no rows.")

    def why_not_ddl(self) -> str | None:
        """Only objects have statements."""
        return self._why_not_tab(DDL, "Nothing is chosen.")

    def why_not_copy(self) -> str | None:
        """Copying needs something."""
        return None if self.view.entry is not None else "Nothing is chosen."

    def _why_not_tab(self, tab: str, reason: str) -> str | None:
        entry = self.view.entry
        return None if entry is not None and tab in tabs_of(entry) else reason

    def _open_view(self) -> None:
        self.add_class("-detail")
        self.call_after_refresh(self.view.focus_body)

    def _show(self, node: Node) -> bool:
        """Show a node's object, and tell whether it is one."""
        if not isinstance(node.subject, Entry):
            return False
        self.view.entry = node.subject
        self.refresh_keys()
        return True

    def _relation(self, schema: str, name: str) -> Entry | None:
        return self._outline.find_relation(schema, name) if self._outline is not None else None

    @work(exclusive=True, group="outline", description="Reading the outline.")
    async def _read_outline(self, *, system: bool | None = None) -> None:
        """Read schemas and relations, show them, then all the rest."""
        from console.catalog import outline as outlines

        session = self.session
        if session is None:
            return
        if system is None:
            system = self._outline is not None and self._outline.system
        try:
            first = await outlines.read_relations(session, system=system)
            if self._outline is None:
                self._show_outline(first)
                self.console.now_open()
            self._show_outline(await outlines.complete(session, first))
            await self._open_beside(session)
        except ConsoleError as error:
            self.say_error(error)

    async def _open_beside(self, session: Session) -> None:
        """Open a connection of its own for rows and details: they never wait behind the outline."""
        if self._beside is None or self._beside.target is not session.target:
            before, self._beside = self._beside, await session.sibling("data")
            self.view.rows.session = self._beside
            if before is not None:
                await before.close()

    def _show_outline(self, outline: Outline) -> None:
        if self._outline is None:
            self.outline_tree.unfold(schema_nodes.unfolded(outline))
        self._outline = outline
        self.outline_tree.roots = schema_nodes.roots(outline)
        self.outline_tree.border_title = f"Schema · {count(len(outline))} objects" if outline.complete else "Schema"
        self.refresh_keys()

    @work(exclusive=True, group="part", description="Reading an object.")
    async def _read_part(self, entry: Entry, tab: str) -> None:
        """Read what is looked at, and fill it in."""
        session = self._beside or self.session
        if session is None:
            return
        try:
            if tab == DDL:
                await self._read_ddl(session, entry)
            else:
                await self._read_facts(session, entry)
        except ConsoleError as error:
            self.view.wait(in_words(error))

    async def _read_ddl(self, session: Session, entry: Entry) -> None:
        from console.catalog import ddl, reader

        catalog = await reader.read(session)
        try:
            self.view.fill_ddl(ddl.of(catalog, entry.key))
        except KeyError:
            self.view.wait("There are no statements for this: it belongs to the system or to an extension, or is gone.")

    async def _read_facts(self, session: Session, entry: Entry) -> None:
        from console.catalog import detail
        from console.ui.screens import detail_lists

        found = await detail.read(session, entry.oid)
        if found is None:
            self.view.wait("It is gone; r reads the schema again.")
            return
        self.view.fill_facts(detail_lists.lists(found), detail_lists.counts(found), detail_lists.facts(found))
