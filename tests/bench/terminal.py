"""A terminal with a stop-watch: says when what stands on the screen arrived, not when the emulator had drawn it."""

from __future__ import annotations

import os
import select
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import Self

from tests.pty_terminal import Terminal

# What a modern terminal answers to the questions clients ask at their start; without an answer some of them wait.
_ANSWERS = {"\x1b[?2026$p": "\x1b[?2026;2$y", "\x1b[6n": "\x1b[1;1R"}


class Timed(Terminal):
    """A `Terminal` that stamps bytes on arrival and draws them when nothing is waiting to be read.

    The emulator is slower than the clients; reading first keeps its work out of the figures.
    """

    def __init__(self, argv: Sequence[str], *, env: Mapping[str, str] | None = None, rows: int = 36) -> None:
        self._waiting: deque[tuple[float, bytes]] = deque()
        self.shown = 0.0
        super().__init__(argv, env=env, rows=rows, columns=120, answers=_ANSWERS)

    def __enter__(self) -> Self:
        return self

    def seen(self, *texts: str, timeout: float = 60) -> float:
        """Wait until all texts stand on the screen; return the seconds from the start to the bytes that made it so."""
        self.wait_until(lambda: self._shows(texts), timeout, what=" and ".join(map(repr, texts)))
        return self.shown - self.started

    def after(self, keys: Sequence[str], holds: Callable[[], bool], timeout: float = 60) -> float:
        """Press keys and wait until `holds()`; return the seconds from the keys to the bytes that made it so."""
        pressed = time.monotonic()
        self.keys(*keys)
        self.wait_until(holds, timeout, what=f"{keys} to take effect")
        return self.shown - pressed

    def seen_after(self, keys: Sequence[str], *texts: str, timeout: float = 60) -> float:
        """Press keys and wait until all texts stand on the screen; return the seconds that took."""
        return self.after(keys, lambda: self._shows(texts), timeout)

    def changed_after(self, key: str, timeout: float = 10) -> float:
        """Press a key and wait until any cell has changed; return the seconds to the bytes that changed it."""
        before = self.screen.glyphs()
        return self.after([key], lambda: self.screen.glyphs() != before, timeout)

    def received_in(self, seconds: float) -> int:
        """Return how many bytes come in so many seconds."""
        before, until = self.received, time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            self._read(left)
        return self.received - before

    def _shows(self, texts: Sequence[str]) -> bool:
        screen = "\n".join(self.lines)
        return all(text in screen for text in texts)

    def _read(self, timeout: float) -> bool:
        self._take()
        if not self._waiting and select.select([self._master], [], [], max(timeout, 0))[0]:
            self._take()
        if not self._waiting:
            return False
        self.shown, data = self._waiting.popleft()
        self._show(data)
        return True

    def _take(self) -> None:
        """Stamp everything that has arrived."""
        while select.select([self._master], [], [], 0)[0]:
            try:
                data = os.read(self._master, 65536)
            except OSError:  # the program closed its end
                return
            if not data:
                return
            self.received += len(data)
            self._waiting.append((time.monotonic(), data))
