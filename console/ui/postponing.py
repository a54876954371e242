"""Commands that wait for what is being read: they run when it has come, unless something else is done first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from textual.events import Event, Key, MouseDown
from textual.screen import Screen

from console.ui.keys_in_turn import KeysInTurn

_PATIENCE = 0.4  # seconds of waiting before anything is said of it


class Place(Protocol):
    """A screen with commands, or a part of one."""

    @property
    def screen(self) -> Screen[Any]:
        """Where it is."""

    def awaits(self) -> str:
        """Return the sentence that says what is being read, empty when nothing is."""

    def call_later(self, callback: Any, *args: Any) -> bool:
        """Call in its turn."""

    async def action_command(self, command_id: str) -> None:
        """Run a command."""


@dataclass(frozen=True, slots=True, eq=False)
class Postponed:
    """A command that waits at a place."""

    place: Place
    command_id: str
    title: str


class Postponing(KeysInTurn):
    """A program in which one command may wait. Another key or a click takes its place, also one that does nothing."""

    postponed: Postponed | None = None

    def postpone(self, place: Place, command_id: str, title: str) -> None:
        """Let a command wait until its place catches up, and say so when that takes its time."""
        self.postponed = waiting = Postponed(place, command_id, title)
        self.set_timer(_PATIENCE, lambda: self._say_what_is_awaited(waiting))

    def catch_up(self, place: Place) -> None:
        """Run the command that waits at a place, once nothing is being read there."""
        waiting = self.postponed
        if waiting is None or waiting.place is not place or place.awaits():
            return
        self.postponed = None
        if place.screen is self.screen:
            place.call_later(place.action_command, waiting.command_id)

    async def on_event(self, event: Event) -> None:
        """A click is something else."""
        if isinstance(event, MouseDown) and not event.is_forwarded:
            self.postponed = None
        await super().on_event(event)

    async def _give_out(self, key: Key) -> None:
        self.postponed = None
        await super()._give_out(key)

    def _say_what_is_awaited(self, waiting: Postponed) -> None:
        said = waiting.place.awaits() if waiting is self.postponed else ""
        if said:
            self.notify(f"{said}; “{waiting.title}” comes then.", markup=False)
