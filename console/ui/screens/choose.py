"""Asks for one of a few things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from console.text import sanitize


class Choose(ModalScreen[str | None]):
    """Gives the key of what was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "dismiss(None)", "Back")]
    DEFAULT_CSS = """
    Choose {
        align: center middle;
        & > Vertical {
            width: 64; max-width: 95%; height: auto; max-height: 80%;
            background: $surface; border: round $primary; border-title-color: $accent;
        }
        & OptionList, & OptionList:focus { height: auto; border: none; background: $surface; }
    }
    """

    def __init__(
        self, title: str, choices: Sequence[tuple[str, str]], *, explain: str = "", chosen: str | None = None
    ) -> None:
        """Offer `choices`, each a key and its words; `explain` stands above them, the cursor on the key `chosen`."""
        super().__init__()
        self._chosen = chosen
        self._explain = explain
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """A short list."""
        with Vertical() as box:
            box.border_title = self._title
            box.border_subtitle = "enter · esc back"
            if self._explain:
                yield Static(sanitize(self._explain, lines=True), markup=False)
            yield OptionList(*(Option(Text(sanitize(words)), id=key) for key, words in self._choices))

    def on_mount(self) -> None:
        """Put the cursor on what holds now."""
        if self._chosen is not None:
            options = self.query_one(OptionList)
            options.highlighted = options.get_option_index(self._chosen)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Give the key."""
        self.dismiss(event.option.id)
