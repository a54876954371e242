"""Asks for one line of text."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static


class Ask(ModalScreen[str | None]):
    """Gives what was typed, or None. `explain` says what is wanted, in a line."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Back")]
    DEFAULT_CSS = """
    Ask {
        align: center middle;
        & > Vertical {
            width: 76; max-width: 95%; height: auto;
            background: $surface; border: round $primary; border-title-color: $accent; padding: 0 1;
        }
        & Input { background: $panel; }
        & Static { color: $text-muted; }
    }
    """

    def __init__(self, title: str, *, value: str = "", placeholder: str = "", explain: str = "") -> None:
        """Ask, with `value` typed in already."""
        super().__init__()
        self._title = title
        self._value = value
        self._placeholder = placeholder
        self._explain = explain

    def compose(self) -> ComposeResult:
        """One line to type in."""
        with Vertical() as box:
            box.border_title = self._title
            box.border_subtitle = "enter · esc back"
            yield Input(self._value, compact=True, placeholder=self._placeholder)
            if self._explain:
                yield Static(self._explain, markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give what was typed."""
        self.dismiss(event.value.strip())
