"""What is shown when a session cannot be opened: the sentence, what the server said, what to do next."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from console.errors import ConsoleError
from console.text import sanitize


class Trouble(ModalScreen[bool]):
    """One error, in full. `r` tries again, `o` goes elsewhere, `escape` goes back to an empty console."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("r,enter", "dismiss(True)", "Try again"),
        ("escape", "dismiss(False)", "Back"),
        ("o", "elsewhere", "Other database"),
        ("q", "app.command('quit')", "Leave"),
    ]
    DEFAULT_CSS = """
    Trouble {
        align: center middle;
        & > Vertical {
            width: 76; max-width: 95%; height: auto; max-height: 90%;
            background: $surface; border: round $error; padding: 1 2;
        }
        & .title { text-style: bold; color: $text-error; }
        & .detail { margin-top: 1; color: $text-muted; }
        & .hint { margin-top: 1; }
    }
    """

    def __init__(self, error: ConsoleError) -> None:
        """Show an error."""
        super().__init__()
        self._error = error

    def compose(self) -> ComposeResult:
        """Lay the sentences below each other."""
        with Vertical() as box:
            box.border_subtitle = "r try again · o other database · esc back · q quit"
            yield Static(f"✗ {sanitize(self._error.title)}", classes="title", markup=False)
            if self._error.detail:
                yield Static(sanitize(self._error.detail, lines=True), classes="detail", markup=False)
            if self._error.hint:
                yield Static(f"→ {sanitize(self._error.hint)}", classes="hint", markup=False)

    def action_elsewhere(self) -> None:
        """Choose another target."""
        self.dismiss(False)
        self.app.do_switch()  # type: ignore[attr-defined]
