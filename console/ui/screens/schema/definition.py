"""One definition in full: an index, a constraint, a policy, a trigger."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from console.ui.copying import copy
from console.ui.screens.schema.lists import Lead
from console.ui.titles import title
from console.ui.widgets.sql_view import SqlView
from console.ui.widgets.text_view import TextView


class Definition(ModalScreen[None]):
    """Shows the text of a line that does not fit into its list; `y` copies it."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,enter", "dismiss", "Back")]
    DEFAULT_CSS = """
    Definition {
        align: center middle;
        & > Vertical {
            width: 80%; min-width: 70; max-width: 95%; height: auto; max-height: 80%;
            background: $surface; border: round $primary; border-title-color: $accent;
        }
        & SqlView { height: auto; max-height: 100%; padding: 0 1; }
    }
    """

    def __init__(self, lead: Lead) -> None:
        """Show the text of `lead`."""
        super().__init__()
        self._lead = lead

    def compose(self) -> ComposeResult:
        """The text in a box."""
        with Vertical() as box:
            box.border_title = title(self._lead.title)
            box.border_subtitle = "y copy · esc back"
            yield SqlView(self._lead.text)

    def on_text_view_copy_requested(self, message: TextView.CopyRequested) -> None:
        """Copy the text."""
        message.stop()
        copy(self.app, self._lead.text, "the definition")
