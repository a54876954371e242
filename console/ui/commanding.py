"""Runs declared commands: on a screen, or on a part of one that has the focus and commands of its own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from console.errors import ConsoleError
from console.text import sanitize
from console.ui import commands
from console.ui.commands import Command

if TYPE_CHECKING:
    from textual.widget import Widget


class Commanding:
    """A place with commands: a method `do_<command>` for each, and where it can fail to apply `why_not_<command>`.

    `why_not_…` returns a sentence when the command cannot run now: the key then says it instead of being dead. While
    the place `awaits` what is being read, the command waits as well. What holds everywhere is done by the program.
    """

    PLACE: ClassVar[str] = ""

    async def action_command(self, command_id: str) -> None:
        """Run a declared command; else let it wait for what is being read, or say why it cannot run now."""
        reason = self.why_not(command_id)
        if reason is not None and self.awaits():
            self.app.postpone(self, command_id, commands.by_id(command_id).title)  # type: ignore[attr-defined]
            return
        if reason is not None:
            self.say(reason)
            return
        done = self._doer(command_id)()
        if inspect.isawaitable(done):
            await done

    def why_not(self, command_id: str) -> str | None:
        """Return the sentence that says why a command cannot run now, or None when it can."""
        method = getattr(self, named("why_not", command_id), None)
        return method() if method is not None else None

    def awaits(self) -> str:
        """Return the sentence, without its full stop, that says what is being read here; empty when nothing is.

        Whoever says so calls the program's `catch_up` when it has come, or will not.
        """
        return ""

    def say(self, text: str, *, severity: str = "information") -> None:
        """Show a sentence for a moment; nothing in it is markup."""
        self.notify(sanitize(text, lines=True), severity=severity, markup=False)  # type: ignore[attr-defined]

    def say_error(self, error: ConsoleError) -> None:
        """Show what went wrong and what to do next."""
        self.say(in_words(error), severity="error")

    def _doer(self, command_id: str) -> Callable[[], Any]:
        name = named("do", command_id)
        own = getattr(self, name, None)
        found: Callable[[], Any] = own if own is not None else getattr(self.app, name)  # type: ignore[attr-defined]
        return found


def places(focused: Widget | None, screen: Commanding) -> Iterator[Commanding]:
    """Yield the places whose commands hold now: from what has the focus up to the screen."""
    if focused is not None:
        yield from (widget for widget in focused.ancestors_with_self if isinstance(widget, Commanding))
    else:
        yield screen


def place_of(command: Command, focused: Widget | None, screen: Commanding) -> Commanding:
    """Return the place that runs a command: the one it was declared for, else the screen."""
    return next((place for place in places(focused, screen) if command.where == place.PLACE), screen)


def in_words(error: ConsoleError) -> str:
    """Return an error as a few lines: what was tried, what the server said and where, what to do next."""
    parts = (error.title, error.detail, f"→ {error.hint}" if error.hint else "")
    return "\n".join(part for part in parts if part)


def named(kind: str, command_id: str) -> str:
    """Return the method of a command.

    >>> named("do", "schema.next_tab"), named("do", "screen.schema"), named("why_not", "quit")
    ('do_next_tab', 'do_screen_schema', 'why_not_quit')
    """
    where, _, rest = command_id.rpartition(".")
    return f"{kind}_{where}_{rest}" if where == "screen" else f"{kind}_{rest}"
