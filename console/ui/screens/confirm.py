"""Asks before something is written: yes or no, or for production the profile's name, typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from console.config.profile import Guard, Target
from console.db.guard import Consent, consent
from console.errors import Refused
from console.text import sanitize


class Confirm(ModalScreen[Consent | None]):
    """Gives the consent to do one action on a target, or None."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [("escape,n", "dismiss(None)", "No"), ("y", "yes", "Yes")]
    DEFAULT_CSS = """
    Confirm {
        align: center middle;
        & > Vertical {
            width: 70; max-width: 95%; height: auto; max-height: 90%;
            background: $surface; border: round $warning; padding: 1 2;
        }
        &.-production > Vertical { border: heavy $error; }
        & .title { text-style: bold; }
        & #lines { height: auto; max-height: 60vh; scrollbar-size-vertical: 1; }
        & .line { color: $text-muted; }
        & .ask { margin-top: 1; }
        & .wrong { color: $text-error; }
    }
    """

    def __init__(self, target: Target, action: str, lines: Sequence[str] = ()) -> None:
        """Ask for `action` ("apply 2 migrations"); `lines` say what it would do."""
        super().__init__()
        self._target = target
        self._action = action
        self._lines = lines
        self.set_class(self._typed, "-production")

    @property
    def _typed(self) -> bool:
        return self._target.guard is Guard.PRODUCTION

    def compose(self) -> ComposeResult:
        """Say what would happen, and ask."""
        name = sanitize(self._target.name)
        with Vertical() as box:
            box.border_title = "PRODUCTION" if self._typed else "Confirm"
            yield Static(f"{self._action[0].upper()}{self._action[1:]} on {name}?", classes="title", markup=False)
            with VerticalScroll(id="lines"):
                yield Static(sanitize("\n".join(self._lines), lines=True), classes="line", markup=False)
            if self._typed:
                yield Static(f"Type {name} to go on; escape goes back.", classes="ask", markup=False)
                yield Input(compact=True, placeholder=name)
                yield Static("", classes="wrong", markup=False)
            else:
                yield Static("y yes · n no", classes="ask", markup=False)

    def on_mount(self) -> None:
        """Let the keys scroll what it would do, unless a name is to be typed."""
        self.query_one("Input" if self._typed else "#lines").focus()

    def action_yes(self) -> None:
        """Take the answer; production wants its name instead."""
        if not self._typed:
            self.dismiss(consent(self._target, action=self._action, yes=True))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Compare what was typed with the name."""
        try:
            self.dismiss(consent(self._target, action=self._action, confirm=event.value.strip()))
        except Refused as error:
            self.query_one(".wrong", Static).update(error.title)
