"""Textual's driver, for which a terminal that is lost is no reason to wait."""

from __future__ import annotations

import select
from collections.abc import Callable
from contextlib import suppress
from threading import Thread
from typing import IO, TYPE_CHECKING, Any, TypeVar

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App

T = TypeVar("T")

_GRACE = 1.0  # seconds for a signal to say the same
_INTERRUPTED = 130


class Lasting:
    """A terminal to write to that takes everything, also once it is gone.

    Textual writes in a thread, from a queue of 30 places (8.2.8): if an error ended that thread, the program would
    wait for ever to say its last words.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._gone = False

    def write(self, text: str) -> int:
        """Write, or forget, what is said."""
        return self._unless_gone(lambda: self._file.write(text)) or 0

    def flush(self) -> None:
        """Send what was written."""
        self._unless_gone(self._file.flush)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def _unless_gone(self, work: Callable[[], T]) -> T | None:
        if self._gone:
            return None
        try:
            return work()
        except OSError:
            self._gone = True
            return None


class LastingDriver(LinuxDriver):
    """Writes as Textual does, and leaves when the terminal is gone.

    Where no signal says so, as below `make`, Textual (8.2.8) reads the end of its input again and again for ever.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Take what Textual gives to any driver."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file: Any = Lasting(self._file)
        self._watched = False

    def start_application_mode(self) -> None:
        """Begin, and watch the terminal from the first time on."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if not self._watched:
            self._watched = True
            Thread(target=self._watch, name="terminal-watch", daemon=True).start()

    def _watch(self) -> None:
        """Wait for the terminal to hang up; what is typed wakes nobody here."""
        terminal = select.poll()
        terminal.register(self.fileno, 0)
        terminal.poll()
        with suppress(RuntimeError):  # the program has ended meanwhile
            self._loop.call_soon_threadsafe(self._loop.call_later, _GRACE, self._leave)

    def _leave(self) -> None:
        """Leave, unless a signal has already seen to it."""
        if not self._app._exit:
            self._app.exit(_INTERRUPTED)
