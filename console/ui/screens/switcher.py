"""The switcher: profiles, environments, demos and the server's other databases, narrowed as one types."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option, OptionDoesNotExist

from console.errors import ConsoleError
from console.text import sanitize
from console.ui.doors import Choice
from console.ui.titles import title


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
        & OptionList { text-wrap: nowrap; text-overflow: ellipsis; }
        & Input { background: $panel; }
    }
    """

    def __init__(self, find: Callable[[], Awaitable[Sequence[Choice]]]) -> None:
        """Offer what `find` returns, which may take its time: a server is asked."""
        super().__init__()
        self._find = find
        self._choices: Sequence[Choice] | None = None  # while it is still looked where one could go
        self._awaited = False  # enter was pressed before what it meant was known

    def compose(self) -> ComposeResult:
        """An input over the list."""
        with Vertical() as box:
            box.border_title = "Go to"
            box.border_subtitle = "enter open · esc back"
            yield Input(compact=True, placeholder="profile, database, demo or a URL")
            yield OptionList(_looking())

    def on_mount(self) -> None:
        """Look where one could go."""
        self.query_one(Input).focus()
        self.watch(self.app, "aside", self._look_again)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what contains all words typed."""
        self._awaited = False
        self._offer()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the chosen one, or what was typed when it is a URL or nothing matches."""
        self.go(event.value.strip())

    def go(self, typed: str, *, as_typed: bool = False) -> None:
        """Take the chosen one, as soon as there is one; what was typed, where that says it all or nothing matches."""
        chosen = self.query_one(OptionList).highlighted_option
        if as_typed or "://" in typed or "=" in typed:
            self.dismiss(typed or None)
        elif chosen is not None:
            self.dismiss(chosen.id)
        elif self._choices is not None:
            self.dismiss(typed or None)
        else:
            self._awaited = True

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        self.dismiss(event.option.id)

    def action_move(self, by: int) -> None:
        """Move in the list while the input has the focus."""
        options = self.query_one(OptionList)
        (options.action_cursor_down if by > 0 else options.action_cursor_up)()

    def _look_again(self) -> None:
        """Look now, and whenever something else goes on: the demos are in another state then."""
        self._look()

    @work(exclusive=True)
    async def _look(self) -> None:
        wrong = ""
        try:
            self._choices = await self._find()
        except ConsoleError as error:
            self._choices = self._choices or ()
            wrong = error.title
        if not self.query(OptionList):
            return  # a person has chosen meanwhile, and the list is gone
        if wrong:
            self.query_one(Vertical).border_subtitle = title(wrong)
        self._offer(self.query_one(OptionList).highlighted_option)
        if self._awaited:
            self.go(self.query_one(Input).value.strip())

    def _offer(self, chosen: Option | None = None) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        found = self._options(self.query_one(Input).value)
        options.add_options(found or ([_looking()] if self._choices is None else []))
        options.highlighted = _place_of(chosen, options) if found else None

    def _options(self, words: str) -> list[Option]:
        asked = words.casefold().split()
        return [Option(_line(choice), id=choice.word) for choice in self.offered() if _meets(choice, asked)]

    def offered(self) -> Sequence[Choice]:
        """Return where one could go."""
        return self._choices or ()


def _looking() -> Option:
    return Option("looking …", disabled=True)


def _place_of(option: Option | None, options: OptionList) -> int:
    """Return where an option is now, or the first place when it has gone."""
    try:
        return options.get_option_index(option.id or "") if option else 0
    except OptionDoesNotExist:
        return 0


def _meets(choice: Choice, asked: Sequence[str]) -> bool:
    whole = f"{choice.word} {choice.title} {choice.group}".casefold()
    return all(word in whole for word in asked)


def _line(choice: Choice) -> Content:
    name = sanitize(choice.title)
    shown = (f" {name} ", "bold reverse") if choice.production else name
    return Content.assemble((f"{choice.group:12} ", "$text-muted"), shown, (f"   {choice.state}", "$text-muted"))
