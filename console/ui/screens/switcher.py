"""The switcher: profiles, environments, demos and the server's other databases, narrowed as one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from console.text import sanitize
from console.ui.doors import Choice


class Switcher(ModalScreen[str | None]):
    """Gives the word of the chosen target, or None. A URL may be typed as well."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape", "dismiss(None)", "Back"),
        ("down", "move(1)", "Down"),
        ("up", "move(-1)", "Up"),
    ]
    DEFAULT_CSS = """
    Switcher {
        align: center top;
        & > Vertical {
            margin-top: 3; width: 70; max-width: 95%; height: auto; max-height: 80%;
            background: $surface; border: round $primary;
        }
        & OptionList { height: auto; max-height: 16; border: none; background: $surface; }
        & Input { border: none; height: 1; background: $panel; }
    }
    """

    def __init__(self, choices: Sequence[Choice]) -> None:
        """Offer these."""
        super().__init__()
        self._choices = choices

    def compose(self) -> ComposeResult:
        """An input over the list."""
        with Vertical() as box:
            box.border_title = "Go to"
            box.border_subtitle = "enter open · esc back"
            yield Input(placeholder="profile, database, demo or a URL")
            yield OptionList(*self._options(""))

    def on_mount(self) -> None:
        """Stand on the first one."""
        self.query_one(Input).focus()
        self._choose_first()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what contains all words typed."""
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._options(event.value))
        self._choose_first()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the chosen one, or what was typed when it is a URL or nothing matches."""
        options = self.query_one(OptionList)
        chosen = options.highlighted_option
        typed = event.value.strip()
        if "://" in typed or "=" in typed or chosen is None:
            self.dismiss(typed or None)
        else:
            self.dismiss(chosen.id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        self.dismiss(event.option.id)

    def action_move(self, by: int) -> None:
        """Move in the list while the input has the focus."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if by > 0 else options.action_cursor_up)()

    def _choose_first(self) -> None:
        options = self.query_one(OptionList)
        options.highlighted = 0 if options.option_count else None

    def _options(self, words: str) -> list[Option]:
        asked = words.casefold().split()
        return [Option(_line(choice), id=choice.word) for choice in self._choices if _meets(choice, asked)]


def _meets(choice: Choice, asked: Sequence[str]) -> bool:
    whole = f"{choice.word} {choice.title} {choice.group}".casefold()
    return all(word in whole for word in asked)


def _line(choice: Choice) -> Text:
    line = Text(f"{choice.group:10} ", style="dim", no_wrap=True, overflow="ellipsis")
    line.append(sanitize(choice.title), "bold red" if choice.production else "")
    return line
