"""What all screens share: the three lines, commands by their declaration, and why one cannot run now."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget

from console.errors import ConsoleError
from console.text import sanitize
from console.ui import commands
from console.ui.commands import Command
from console.ui.where import Where
from console.ui.widgets.key_line import KeyLine
from console.ui.widgets.tab_line import Tab, TabLine
from console.ui.widgets.top_line import TopLine

# The screens that exist, by the command that opens them.
SCREENS = ("schema", "migrations")


class ConsoleScreen(Screen[None]):
    """A place in the console.

    A subclass names itself, composes its body and has a method `do_<command>` for each command of its own;
    `why_not_<command>` may say, as a sentence, why a command cannot run now.
    """

    PLACE: ClassVar[str] = ""
    AUTO_FOCUS: ClassVar[str | None] = None
    DEFAULT_CSS = """
    ConsoleScreen { layers: base over; }
    """

    def compose(self) -> ComposeResult:
        """Lay the lines around the body."""
        yield TopLine()
        yield TabLine(_tabs(), active=self.PLACE, id="places")
        yield from self.compose_body()
        yield KeyLine(commands.of(self.PLACE), self.why_not, self.key_of)

    def compose_body(self) -> Iterable[Widget]:
        """Give what stands between the lines."""
        return ()

    def on_mount(self) -> None:
        """Follow what the program knows of the session."""
        self.watch(self.app, "where", self._show_where)

    def on_tab_line_chosen(self, message: TabLine.Chosen) -> None:
        """Open another screen by its tab."""
        if message.line.id == "places":
            self.app.switch_mode(message.tab)

    async def action_command(self, command_id: str) -> None:
        """Run a declared command, or say why it cannot run now."""
        reason = self.why_not(command_id)
        if reason is not None:
            self.say(reason)
            return
        done = self._method("do", command_id)()
        if inspect.isawaitable(done):
            await done

    def why_not(self, command_id: str) -> str | None:
        """Return the sentence that says why a command cannot run now, or None when it can."""
        method = getattr(self, _named("why_not", command_id), None)
        return method() if method is not None else None

    def key_of(self, command: Command) -> str:
        """Return the keys of a command, as remapped by the user."""
        return self.app.keymap_of(command)  # type: ignore[attr-defined, no-any-return]

    def say(self, text: str, *, severity: str = "information") -> None:
        """Show a sentence for a moment; nothing in it is markup."""
        self.notify(sanitize(text, lines=True), severity=severity, markup=False)  # type: ignore[arg-type]

    def say_error(self, error: ConsoleError) -> None:
        """Show what went wrong and what to do next."""
        parts = (error.title, error.detail, f"→ {error.hint}" if error.hint else "")
        self.say("\n".join(part for part in parts if part), severity="error")

    def refresh_keys(self) -> None:
        """Draw the keys again: what can run now may have changed."""
        self.query_one(KeyLine).refresh()

    def _method(self, kind: str, command_id: str):  # type: ignore[no-untyped-def]
        own = getattr(self, _named(kind, command_id), None)
        return own if own is not None else getattr(self.app, _named(kind, command_id))

    def _show_where(self, where: Where) -> None:
        self.query_one(TopLine).where = where
        self.refresh_keys()


def _named(kind: str, command_id: str) -> str:
    """`schema.next_tab` is done by `do_next_tab`, `screen.schema` by `do_screen_schema`.

    >>> _named("do", "schema.next_tab"), _named("do", "screen.schema"), _named("why_not", "quit")
    ('do_next_tab', 'do_screen_schema', 'why_not_quit')
    """
    where, _, rest = command_id.rpartition(".")
    return f"{kind}_{where}_{rest}" if where == "screen" else f"{kind}_{rest}"


def _tabs() -> tuple[Tab, ...]:
    opened = (commands.by_id(f"screen.{place}") for place in SCREENS)
    return tuple(Tab(command.id.partition(".")[2], command.title, command.keys) for command in opened)


def plain(text: str) -> Text:
    """Return foreign text as something that no widget takes for markup."""
    return Text(sanitize(text))
