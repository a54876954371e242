"""The schema: the tree of everything on the left, what is chosen on the right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from console.catalog.entries import Entry, Outline
from console.catalog.key import Kind
from console.errors import ConsoleError
from console.text import count
from console.ui import commands
from console.ui.commanding import in_words
from console.ui.copying import copy
from console.ui.screens import object_reading, schema_nodes, welcome
from console.ui.screens.base import ConsoleScreen
from console.ui.screens.object_tabs import DATA, DDL, WITH_LISTS, tab_of_part, tabs_of
from console.ui.screens.object_view import ObjectView
from console.ui.screens.rows_pane import RowsPane
from console.ui.where import Where
from console.ui.widgets.outline_tree import OutlineTree
from console.ui.widgets.text_view import TextView

if TYPE_CHECKING:
    from console.db.session import Session
    from console.ui.screens.find import Find


class SchemaScreen(ConsoleScreen):
    """Tree and object. The outline is read in two steps: the tree is usable after the first."""

    PLACE, PLACES = "schema", ("schema", "rows")
    BINDINGS: ClassVar[list[BindingType]] = [*commands.bindings("schema"), ("escape", "leave", "Back")]
    AUTO_FOCUS = "#tree"
    LEFT, RIGHT = "#tree", "ObjectView"
    DEFAULT_CSS = """
    SchemaScreen {
        & > #body { height: 1fr; }
        & #tree { width: 38%; min-width: 34; max-width: 60; border: round $border-blurred; }
        & #tree { border-title-color: $accent; }
        & #tree:focus { border: round $primary; }
        & ObjectView { width: 1fr; }
        &.-narrow #tree { width: 1fr; max-width: 100%; }
    }
    """

    def __init__(self) -> None:
        """Make the screen; it shows what the program's session leads to."""
        super().__init__()
        self._outline: Outline | None = None
        self._before: list[Entry] = []
        self._chosen: Entry | None = None
        self._finding: Find | None = None

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
        self._outline = self._chosen = None
        self._before.clear()
        self.outline_tree.roots = ()
        self.outline_tree.border_title = "Schema"
        self.view.rows.session = session
        self.view.clear("")
        if session is not None:
            self._read_outline()

    def where_changed(self, where: Where) -> None:
        """Say in the empty tree what is waited for."""
        self.outline_tree.empty = where.note or "reading …"
        self.outline_tree.refresh()

    async def action_command(self, command_id: str) -> None:
        """Run a command for the object under the cursor, also when keys came faster than messages."""
        node = self.outline_tree.node if self.outline_tree.has_focus else None
        entry = node.subject if node is not None else None
        if isinstance(entry, Entry) and entry != self._chosen:
            self._show(entry)
        await super().action_command(command_id)

    async def stop(self) -> bool | str | None:
        """Cancel the rows being read, else what is read of the schema."""
        stopped = await self.view.rows.beside.cancel()
        return stopped if stopped is not None else await super().stop()

    def on_outline_tree_node_chosen(self, message: OutlineTree.NodeChosen) -> None:
        """Show the object under the cursor beside the tree."""
        if isinstance(message.node.subject, Entry):
            self._show(message.node.subject)

    def on_outline_tree_node_activated(self, message: OutlineTree.NodeActivated) -> None:
        """Open the object under the cursor; a schema is unfolded."""
        entry = message.node.subject
        if not isinstance(entry, Entry):
            return
        if entry.kind is Kind.SCHEMA:
            self.outline_tree.action_fold_or_unfold()
            return
        self._show(entry, at_once=True)
        self.view.focus_body()

    def on_object_view_wanted(self, message: ObjectView.Wanted) -> None:
        """Read what is looked at."""
        self._read_object(message.entry, message.tab)

    def on_object_view_changed(self, message: ObjectView.Changed) -> None:
        """Other commands may hold for another object."""
        self.refresh_keys()

    def on_object_view_followed(self, message: ObjectView.Followed) -> None:
        """Go where a line leads: to another object, or show its text in full."""
        lead = message.lead
        if not lead.oid:
            from console.ui.screens.definition import Definition

            self.app.push_screen(Definition(lead))
            return
        entry = schema_nodes.at(self._outline, lead.kind, lead.oid) if self._outline is not None else None
        if entry is None:
            self.say(f"{lead.title} is not in the tree: it belongs to the system, or is new; r reads the schema again.")
        elif self.view.entry is not None:
            self._before.append(self.view.entry)
            self._go(entry)

    def on_rows_pane_shown(self, message: RowsPane.Shown) -> None:
        """Follow in the tree when rows of another relation are shown."""
        entry = self._relation(message.schema, message.name)
        shown = self.view.entry
        if entry is not None and shown is not None and (entry.schema, entry.name) != (shown.schema, shown.name):
            self._reveal(entry)
            self.view.show(entry, tab=DATA, at_once=True)
        self.refresh_keys()

    def on_text_view_copy_requested(self, message: TextView.CopyRequested) -> None:
        """Copy the statements."""
        self.do_copy()

    def read_again(self) -> None:
        """Read the outline again, and what is looked at."""
        self._read_outline()
        self.view.look_again()

    @work(group="asking")
    async def do_find(self) -> None:
        """Find an object, and go there."""
        from console.ui.screens.find import Find

        assert self._outline is not None
        self._finding = Find(self._outline)
        entry = await self.app.push_screen_wait(self._finding)
        self._finding = None
        if entry is not None:
            self.outline_tree.focus()
            self._go(entry)

    def do_next_tab(self) -> None:
        """Look at the next part of the object."""
        self.view.step(1)

    def do_previous_tab(self) -> None:
        """Look at the part before."""
        self.view.step(-1)

    def do_back(self) -> None:
        """Go back to the object from which a line was followed."""
        self._go(self._before.pop())

    def do_data(self) -> None:
        """Look at the rows."""
        self.view.turn_to(DATA)
        self.view.focus_body()

    def do_chart(self) -> None:
        """Draw the rows."""
        from console.ui.screens.charting.reading import Subject
        from console.ui.screens.charting.screen import ChartScreen

        assert self.view.entry is not None
        self.app.push_screen(ChartScreen(Subject(self.view.entry.name, self.view.entry.schema)))

    def do_vectors(self) -> None:
        """Search the vectors of a table."""
        from console.ui.screens.vectors.screen import VectorsScreen

        entry = self.view.entry
        assert entry is not None
        self.app.switch_mode("vectors")
        screen = self.app.screen
        if isinstance(screen, VectorsScreen):
            screen.search_in(entry.schema, entry.name)

    def do_ddl(self) -> None:
        """Look at the statements."""
        self.view.turn_to(DDL)
        self.view.focus_body()

    def do_copy(self) -> None:
        """Copy what is shown: the statements, a row of facts, or the object's name."""
        text, what = self.view.to_copy()
        copy(self.app, text, what)

    def do_system(self) -> None:
        """Read the system's own schemas as well, or leave them out again."""
        wanted = not (self._outline is not None and self._outline.system)
        if wanted:
            self.outline_tree.unfold(schema_nodes.FOLDED)
        self._read_outline(system=wanted)

    def why_not_find(self) -> str | None:
        """Finding needs the outline."""
        return None if self._outline is not None else "There is no database yet."

    def why_not_system(self) -> str | None:
        """Reading needs a database."""
        return self.why_not_find()

    def why_not_next_tab(self) -> str | None:
        """Parts are those of an object."""
        if self.view.entry is not None and len(tabs_of(self.view.entry)) < 2:
            return "This has no other tabs."
        return self.why_not_copy()

    def why_not_previous_tab(self) -> str | None:
        """Parts are those of an object."""
        return self.why_not_next_tab()

    def why_not_back(self) -> str | None:
        """Going back needs to have come from somewhere."""
        return None if self._before else "No line was followed."

    def why_not_data(self) -> str | None:
        """Only relations have rows."""
        entry = self.view.entry
        return None if entry is not None and DATA in tabs_of(entry) else "This has no rows."

    def why_not_chart(self) -> str | None:
        """Only relations can be drawn."""
        return self.why_not_data()

    def why_not_vectors(self) -> str | None:
        """Only some relations have vectors."""
        why, outline, entry = self.why_not_data(), self._outline, self.view.entry
        if why is not None or outline is None or entry is None or not outline.complete:
            return why
        return None if schema_nodes.has_vectors(outline, entry) else "This has no column of vectors."

    def why_not_ddl(self) -> str | None:
        """Only objects have statements."""
        return self.why_not_copy()

    def why_not_copy(self) -> str | None:
        """Copying needs something."""
        return None if self.view.entry is not None else "Nothing is chosen."

    def _show(self, entry: Entry, *, at_once: bool = False) -> None:
        """Show an object; a part of a relation is shown in the relation's list."""
        assert self._outline is not None
        self._chosen = entry
        if not entry.parent:
            self.view.show(entry, at_once=at_once)
            return
        relation = self._outline.entry(self._outline.lines.parents[entry.line])
        self.view.show(relation, tab=tab_of_part(entry.kind), row=entry.name, at_once=at_once)

    def _go(self, entry: Entry) -> None:
        """Go to an object, in the tree as well."""
        self._reveal(entry)
        self._show(entry, at_once=True)

    def _reveal(self, entry: Entry) -> None:
        assert self._outline is not None
        with self.outline_tree.prevent(OutlineTree.NodeChosen):
            self.outline_tree.reveal(schema_nodes.path(self._outline, entry))

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
        except ConsoleError as error:
            self._outline_failed(error)

    def _outline_failed(self, error: ConsoleError) -> None:
        if self._outline is not None:
            self.say_error(error)
            return
        self.outline_tree.empty = "nothing was read; r tries again"
        self.outline_tree.refresh()
        self.view.clear(in_words(error))

    def _show_outline(self, outline: Outline) -> None:
        if self._outline is None:
            self.outline_tree.unfold(schema_nodes.unfolded(outline))
        self._outline = outline
        self.outline_tree.roots = schema_nodes.roots(outline)
        self.outline_tree.border_title = f"Schema · {count(outline.own)} objects" if outline.complete else "Schema"
        if self.view.entry is None:
            self.view.clear(welcome.words(outline))
        self.refresh_keys()
        if self._finding is not None:
            self._finding.search_in(outline)

    @work(exclusive=True, group="object", description="Reading an object.")
    async def _read_object(self, entry: Entry, tab: str) -> None:
        """Read what is looked at, and fill it in."""
        session = self.session
        if session is None:
            return
        try:
            if entry.kind in WITH_LISTS:
                await self._read_facts(session, entry)
            if tab == DDL:
                self.view.fill_ddl(entry, await object_reading.statements(session, entry))
        except ConsoleError as error:
            self.view.fail(entry, in_words(error))

    async def _read_facts(self, session: Session, entry: Entry) -> None:
        found = await object_reading.facts(session, entry)
        if found is not None:
            self.view.fill_facts(entry, found)
        else:
            self.view.fail(entry, "It is gone; r reads the schema again.")
