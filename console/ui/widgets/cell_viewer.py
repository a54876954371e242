"""One value with the whole screen for itself."""

from __future__ import annotations

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Static

from console.rows.source import Column
from console.text import sanitize
from console.ui.copying import copy
from console.ui.widgets.opened import Opened, opened
from console.ui.widgets.text_view import TextView

_AT_ONCE = 200_000  # signs; longer values are laid open beside the screen


class CellViewer(ModalScreen[None]):
    """Shows a value of any length; `y` copies it as the server gave it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "close", "Close"),
    ]

    DEFAULT_CSS = """
    CellViewer {
        align: center middle;

        & > Vertical {
            width: 90%;
            height: 90%;
            border: round $primary;
            background: $surface;
        }
        & Static {
            height: 1;
            padding: 0 1;
            background: $panel;
        }
        & TextView { padding: 0 1; }
        & .facts { color: $text-muted; }
    }
    """

    body = query_one(TextView)
    facts = query_one(".facts", Static)

    def __init__(self, value: str | None, column: Column) -> None:
        """Show `value` of `column`."""
        super().__init__()
        self._value = value
        self._column = column

    def compose(self) -> ComposeResult:
        """Lay out name, value, and what it is."""
        with Vertical():
            yield Static(Content.styled(sanitize(self._column.name), "bold"))
            yield TextView()
            yield Static("reading…", classes="facts", markup=False)

    def on_mount(self) -> None:
        """Lay the value open, a long one without holding up the screen."""
        if len(self._value or "") <= _AT_ONCE:
            self._show(opened(self._value, self._column))
        else:
            self._open(self.body.room)
        self.body.focus()

    def on_text_view_copy_requested(self, event: TextView.CopyRequested) -> None:
        """Copy the value."""
        event.stop()
        copy(self.app, self._value or "", "the value")

    def action_close(self) -> None:
        """Go back."""
        self.dismiss()

    @work(thread=True, exclusive=True)
    def _open(self, room: int) -> None:
        value = opened(self._value, self._column)
        value.paper.reflow(room)
        self.app.call_from_thread(self._show, value)

    def _show(self, value: Opened) -> None:
        self.body.paper = value.paper
        self.facts.update(Content(f"{sanitize(value.facts)} · y copy · escape close"))
