"""The schema: the tree of everything on the left, what is chosen on the right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from console.ui import commands
from console.ui.copying import copy
from console.ui.screens.schema import nodes
from console.ui.screens.schema.going import GoingScreen
from console.ui.screens.schema.reading import ReadingScreen
from console.ui.screens.schema.tabs import DATA, DDL, tabs_of
from console.ui.screens.schema.view import ObjectView
from console.ui.widgets.outline_tree import OutlineTree

if TYPE_CHECKING:
    from console.ui.widgets.text_view import TextView


class SchemaScreen(ReadingScreen, GoingScreen):
    """Tree and object."""

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

    def compose_body(self) -> Iterable[Widget]:
        """Tree on the left, object on the right."""
        with Horizontal(id="body"):
            tree = OutlineTree(id="tree", empty="connecting …")
            tree.border_title = "Schema"
            yield tree
            yield ObjectView()

    def on_object_view_changed(self, message: ObjectView.Changed) -> None:
        """Other commands may hold for another object."""
        self.refresh_keys()

    def on_text_view_copy_requested(self, message: TextView.CopyRequested) -> None:
        """Copy the statements."""
        self.do_copy()

    def do_next_tab(self) -> None:
        """Look at the next part of the object."""
        self.view.step(1)

    def do_previous_tab(self) -> None:
        """Look at the part before."""
        self.view.step(-1)

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
        wanted = not (self.outline is not None and self.outline.system)
        if wanted:
            self.outline_tree.unfold(nodes.FOLDED)
        self.read_outline(system=wanted)

    def why_not_system(self) -> str | None:
        """Reading needs a database."""
        return None if self.outline is not None else "There is no database yet."

    def why_not_next_tab(self) -> str | None:
        """Parts are those of an object."""
        if self.view.entry is not None and len(tabs_of(self.view.entry)) < 2:
            return "This has no other tabs."
        return self.why_not_copy()

    def why_not_previous_tab(self) -> str | None:
        """Parts are those of an object."""
        return self.why_not_next_tab()

    def why_not_data(self) -> str | None:
        """Only relations have rows."""
        entry = self.view.entry
        return None if entry is not None and DATA in tabs_of(entry) else "This has no rows."

    def why_not_chart(self) -> str | None:
        """Only relations can be drawn."""
        return self.why_not_data()

    def why_not_vectors(self) -> str | None:
        """Only some relations have vectors."""
        why, outline, entry = self.why_not_data(), self.outline, self.view.entry
        if why is not None or outline is None or entry is None or not outline.complete:
            return why
        return None if nodes.has_vectors(outline, entry) else "This has no column of vectors."

    def why_not_ddl(self) -> str | None:
        """Only objects have statements."""
        return self.why_not_copy()

    def why_not_copy(self) -> str | None:
        """Copying needs something."""
        return None if self.view.entry is not None else "Nothing is chosen."
