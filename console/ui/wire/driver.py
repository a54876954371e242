"""Textual's driver for Linux and macOS, sending only what changed."""

from __future__ import annotations

import os
import signal
from types import FrameType
from typing import TYPE_CHECKING, Any

from textual import events

from console.ui.wire import abilities
from console.ui.wire.lasting import LastingDriver
from console.ui.wire.wire import Wire

if TYPE_CHECKING:
    from textual.app import App
    from textual.message import Message


_STDERR = 2  # where Textual writes to


class WireDriver(LastingDriver):
    """Sends each frame as the few bytes that differ from what the terminal shows.

    Suspending, resuming and leaving switch the alternate screen, which makes the wire forget by itself.
    """

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Take what Textual gives to any driver."""
        self._wire = Wire(abilities.of(os.environ))
        super().__init__(app, debug=debug, mouse=mouse, size=size)

    def write(self, data: str) -> None:
        """Send what differs."""
        try:
            columns, rows = os.get_terminal_size(_STDERR)
        except OSError:  # the terminal is gone
            return super().write(data)
        text = self._wire.send(data, columns=columns, rows=rows)
        if text:
            super().write(text)
        return None

    def start_application_mode(self) -> None:
        """Enter the alternate screen; from now on a resize makes the wire forget."""
        super().start_application_mode()
        resized = signal.getsignal(signal.SIGWINCH)

        def on_resize(number: int, frame: FrameType | None) -> None:
            self._wire.forget()
            if callable(resized):
                resized(number, frame)

        signal.signal(signal.SIGWINCH, on_resize)

    def process_message(self, message: Message) -> None:
        """Forget when the terminal reports a new size among its keys."""
        if isinstance(message, events.Resize):
            self._wire.forget()
        super().process_message(message)
