"""Textual's driver, for which a terminal that is lost is no reason to wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any, TypeVar

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App

T = TypeVar("T")


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
    """Writes as Textual does."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Take what Textual gives to any driver."""
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._file: Any = Lasting(self._file)
