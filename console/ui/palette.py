"""The palette: every declared command by its words; one that cannot run now says why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider

from console.ui import commands
from console.ui.commands import Command, key_label

if TYPE_CHECKING:
    from console.ui.screens.base import ConsoleScreen

_IN_QUESTIONS = ("quit", "cancel")


class CommandSource(Provider):
    """The commands of the screen below, then those that hold everywhere."""

    async def discover(self) -> Hits:
        """List all commands."""
        for command in self._commands():
            yield DiscoveryHit(_title(command), partial(self._run, command), help=self._help(command))

    async def search(self, query: str) -> Hits:
        """Find commands by letters of their titles, or by words of what they do."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.title) or _told(query, command.help) * 0.5
            if score > 0:
                run = partial(self._run, command)
                yield Hit(score, matcher.highlight(_title(command)), run, text=command.title, help=self._help(command))

    def _commands(self) -> list[Command]:
        """Those that hold where the focus is, then all others of the screen."""
        if self._place is None:
            return [command for command in commands.of() if command.id in _IN_QUESTIONS]
        every = (*self._place.commands_now(), *commands.of(*self._place.PLACES))
        return [command for command in dict.fromkeys(every) if command.id != "palette"]

    def _help(self, command: Command) -> str:
        reason = self._place.why_not_now(command) if self._place is not None else None
        return f"{command.help} (not now: {reason})" if reason else command.help

    async def _run(self, command: Command) -> None:
        if self._place is not None:
            await self._place.run(command)
        else:
            await self.app.run_action(f"command({command.id!r})")

    @property
    def _place(self) -> ConsoleScreen | None:
        return self.screen if hasattr(self.screen, "commands_now") else None  # type: ignore[return-value]


def _told(query: str, text: str) -> bool:
    """Tell whether a text has all words: letters of one, scattered over a sentence, are in any."""
    return all(word in text.casefold() for word in query.casefold().split())


def _title(command: Command) -> str:
    return f"{command.title}  ({key_label(command.keys)})"
