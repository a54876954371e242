"""Chooses a side: this database, what its migrations make, another database, or a folder, a file, a snapshot."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from textual.containers import Vertical
from textual.widgets import Input, Static

from console.drift.sources.words import Sort, meant
from console.errors import UsageError
from console.text import sanitize
from console.ui.doors import Choice
from console.ui.screens.drift.sides import HERE, OWN
from console.ui.screens.switcher import Switcher

_TYPED = "or type dir:FOLDER, dir:FOLDER@REVISION of git, sql:FILE, snapshot:FILE, a URL"


class SidePicker(Switcher):
    """Gives the word of a side, or None; a path that is not there is said in place."""

    DEFAULT_CSS = """
    SidePicker {
        & .explained { color: $text-muted; padding: 0 1; }
        & .explained.-wrong { color: $text-error; }
    }
    """

    def __init__(self, head: str, here: str, find: Callable[[], Awaitable[Sequence[Choice]]]) -> None:
        """Ask for one side; `here` is the name of the database at hand."""
        super().__init__(find)
        self._head = head
        self._own = (
            Choice(HERE, here, "this one"),
            Choice(OWN, f"the migrations of {here}", "its folder"),
        )

    def on_mount(self) -> None:
        """Say what is asked for."""
        box = self.query_one(Vertical)
        box.border_title = self._head
        box.border_subtitle = "enter choose · esc back"
        self.query_one(Input).placeholder = "profile, database, demo, dir:, sql:, snapshot:"
        box.mount(Static(_TYPED, classes="explained", markup=False))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Forget what was wrong."""
        self._say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed where it names files or is a URL, else the chosen one."""
        event.prevent_default()
        typed = event.value.strip()
        try:
            word = meant(typed, Path.cwd())
        except UsageError as error:
            self._say(" ".join(part for part in (error.title, error.hint) if part))
            return
        self.go(typed, as_typed=word.sort is not Sort.TARGET)

    def offered(self) -> Sequence[Choice]:
        """Return what is at hand first, then where one could go."""
        return (*self._own, *super().offered())

    def _say(self, wrong: str) -> None:
        for line in self.query(".explained").results(Static):
            line.set_class(bool(wrong), "-wrong")
            line.update(sanitize(wrong) or _TYPED)
