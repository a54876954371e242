"""The help of a screen: its commands with their keys, and what they do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.table import Table
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from console.ui.commands import Command, key_label

_MOVING = (
    ("arrows, h j k l", "move; in a tree left and right close and open"),
    ("page up, page down", "a page at a time"),
    ("ctrl+home g, ctrl+end G", "first and last row"),
    ("tab, shift+tab", "between the parts of a screen"),
    ("enter, escape", "open, go back"),
)


class HelpScreen(ModalScreen[None]):
    """Every key that does something here. `escape` goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape,q,question_mark,f1", "dismiss", "Back")]
    DEFAULT_CSS = """
    HelpScreen {
        align: center middle;
        & > VerticalScroll {
            width: 76; max-width: 95%; height: auto; max-height: 90%;
            background: $surface; border: round $primary; border-title-color: $accent; padding: 0 1;
        }
        & Static { width: 1fr; margin-bottom: 1; }
    }
    """

    def __init__(self, declared: Sequence[Command], keys: Callable[[Command], str]) -> None:
        """Show the commands of a screen with their keys."""
        super().__init__()
        self._declared = declared
        self._keys = keys

    def compose(self) -> ComposeResult:
        """Lay out the lists: each place of the screen, everywhere, moving about."""
        with VerticalScroll() as scroll:
            scroll.border_title = "Help"
            scroll.border_subtitle = "esc back"
            for where in dict.fromkeys(command.where for command in self._declared):
                rows = [(self._key(command), command.help) for command in self._declared if command.where == where]
                yield Static(_table(where.capitalize(), rows))
            yield Static(_table("Moving about", _MOVING))

    def _key(self, command: Command) -> str:
        return " ".join(key_label(key) for key in self._keys(command).split(","))


def _table(title: str, rows: Sequence[tuple[str, str]]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True, min_width=16)
    table.add_column()
    for key, words in rows:
        table.add_row(key, words)
    return table
