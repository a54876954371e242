"""Keys in turn: the next is given out when the one before has done what it does, down to the question it asks."""

from __future__ import annotations

import asyncio
from collections import deque

from textual.app import App
from textual.events import Event, Key
from textual.message import Message
from textual.screen import Screen

_TICK = 0.05  # seconds
_PATIENCE = 10  # ticks; what works longer than that holds no other key up


class KeyFollowed(Message):
    """Goes the way of a key, behind it, through what has the focus up to the program.

    `settled` is the screen that was in sight when it was sent, once the key itself has been answered.
    """

    def __init__(self, settled: Screen[object] | None = None) -> None:
        super().__init__()
        self.settled = settled


class KeysInTurn(App[int]):
    """A program that gives out one key after the other.

    Textual gives each key at once to what has the focus, and runs what is bound to it when it has come back from there.
    Of keys that arrive together, over a slow line or on a machine at work, the second would be meant for the line
    that the first one opens, and be run as a command instead.
    """

    def __init__(self, *args: object, **options: object) -> None:
        """Give out no key yet."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self._waiting: deque[Key] = deque()
        self._before_all = KeyFollowed()
        self._under_way: KeyFollowed | None = self._before_all

    async def give_out_keys(self) -> None:
        """Begin with what was typed before there was something to see."""
        await self._next(self._before_all)

    async def on_event(self, event: Event) -> None:
        """Keep a key back while another one is under way."""
        if not isinstance(event, Key) or event.is_forwarded:
            await super().on_event(event)
        elif self._under_way is not None:
            self._waiting.append(event)
        else:
            await self._give_out(event)

    async def on_key_followed(self, message: KeyFollowed) -> None:
        """Give out the next key, unless the one before has brought another screen: then when that is there."""
        if message is not self._under_way or not self.screen_stack:
            return  # given up, or left: then there is no screen any more
        if message.settled is not None and message.settled is self.screen:
            await self._next(message)
        else:
            self._follow(KeyFollowed(self.screen))

    async def _give_out(self, key: Key) -> None:
        self._under_way = KeyFollowed()  # what comes while this one is given out waits, too
        await super().on_event(key)
        self._follow(KeyFollowed())

    def _follow(self, message: KeyFollowed) -> None:
        self._under_way = message
        if not self.screen_stack:
            return
        (self.focused or self.screen).post_message(message)
        self._tick(message, _PATIENCE)

    def _tick(self, message: KeyFollowed, left: int) -> None:
        """Count ticks, not seconds: while the program itself is held up, by an import, none goes by."""
        if message is self._under_way and self.is_running:
            if left:
                asyncio.get_running_loop().call_later(_TICK, self._tick, message, left - 1)
            else:
                self.call_later(self._next, message)

    async def _next(self, message: KeyFollowed) -> None:
        if message is not self._under_way:
            return
        self._under_way = None
        if self._waiting and self.screen_stack:
            await self._give_out(self._waiting.popleft())
