"""A program in a terminal of its own: started, typed at, looked at, and counted byte by byte."""

from __future__ import annotations

import codecs
import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

from tests.emulator import Emulator

KEYS = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D",
    "home": "\x1b[H", "end": "\x1b[F", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
    "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "escape": "\x1b", "backspace": "\x7f", "space": " ",
    "f1": "\x1bOP", "f2": "\x1bOQ", "f5": "\x1b[15~", "f12": "\x1b[24~",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip

# The shell opens the terminal as leader of a new session, which makes it the session's own, and becomes the program.
_LAUNCH = 'exec <>"$0" >&0 2>&0 "$@"'


class Terminal:
    """A running program and the screen it draws on.

    Use it in a `with` block; at its end the program, and what it started in its session, is ended and reaped.
    `received` counts the bytes that came from the program; set it to 0 to count anew. `answers` says what the terminal
    replies to a question of the program's (`{"\\x1b[?2026$p": "\\x1b[?2026;2$y"}`: it has synchronized output).
    """

    def __init__(
        self,
        argv: Sequence[str],
        *,
        rows: int = 36,
        columns: int = 120,
        env: Mapping[str, str] | None = None,
        cwd: str | os.PathLike[str] | None = None,
        answers: Mapping[str, str] | None = None,
        screen: Emulator | None = None,
    ) -> None:
        self.screen = screen or Emulator(columns, rows)
        self.received = 0
        self._answers = dict(answers or {})
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._master, slave = pty.openpty()
        self._set_size(rows, columns)
        environ = {**os.environ, "TERM": "xterm-256color", **(env or {})}
        environ = {name: value for name, value in environ.items() if name not in ("COLUMNS", "LINES", "TMUX", "STY")}
        self.started = time.monotonic()
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", _LAUNCH, os.ttyname(slave), *argv], env=environ, cwd=cwd, start_new_session=True,
            stdin=slave, stdout=slave, stderr=slave,
        )  # fmt: skip
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The process id of the program, which leads its session and its process group."""
        return self._process.pid

    @property
    def lines(self) -> tuple[str, ...]:
        """The rows of the screen, without the blanks at their end."""
        return self.screen.text()

    @property
    def title(self) -> str:
        """What the program called its window."""
        return self.screen.title

    def keys(self, *keys: str) -> None:
        """Type: a name from `KEYS`, or text as it is."""
        self.type("".join(KEYS.get(key, key) for key in keys))

    def type(self, text: str) -> None:
        """Send text to the program as a terminal would."""
        os.write(self._master, text.encode())

    def wait_for(self, text: str, timeout: float = 60) -> float:
        """Read until a row contains `text`; return the seconds since the program was started."""
        self.wait_until(lambda: any(text in line for line in self.lines), timeout, what=f"{text!r}")
        return time.monotonic() - self.started

    def wait_until(self, holds: Callable[[], bool], timeout: float = 60, *, what: str = "it") -> None:
        """Read until `holds()`; raise an AssertionError with the screen when it does not in `timeout` seconds."""
        deadline = time.monotonic() + timeout
        while not holds():
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"waited in vain for {what}; the screen is:\n" + "\n".join(self.lines))

    def settle(self, quiet: float = 0.15, timeout: float = 60) -> None:
        """Read until nothing came for `quiet` seconds; for programs that give no other sign of being done."""
        deadline = time.monotonic() + timeout
        while self._read(min(quiet, deadline - time.monotonic())):
            pass

    def resize(self, rows: int, columns: int) -> None:
        """Give the terminal another size and tell the program."""
        self.screen.resize(rows, columns)
        self._set_size(rows, columns)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program alone."""
        self._process.send_signal(number)

    def wait_stopped(self) -> None:
        """Wait until the program was stopped by a signal, as by ctrl+z."""
        while not os.WIFSTOPPED(os.waitpid(self.pid, os.WUNTRACED)[1]):
            pass

    def wait(self, timeout: float = 60) -> int:
        """Read until the program has ended; return its exit code."""
        deadline = time.monotonic() + timeout
        while self._process.poll() is None:
            if not self._read(min(0.05, deadline - time.monotonic())) and time.monotonic() > deadline:
                raise AssertionError("the program has not ended; the screen is:\n" + "\n".join(self.lines))
        while self._read(0):
            pass
        return self._process.returncode

    def hang_up(self, timeout: float = 60) -> int:
        """Close the terminal under the program, as a lost SSH connection does; return the program's exit code."""
        master, self._master = self._master, os.open(os.devnull, os.O_RDWR)
        os.close(master)
        return self._process.wait(timeout)

    @property
    def cooked(self) -> bool:
        """Whether the terminal is as a shell wants it: it echoes, and gives whole lines."""
        return termios.tcgetattr(self._master)[3] & (termios.ECHO | termios.ICANON) == termios.ECHO | termios.ICANON

    def close(self) -> None:
        """End the program and what is left of its process group, and give the terminal back."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        with contextlib.suppress(OSError):
            os.close(self._master)

    def _set_size(self, rows: int, columns: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self, timeout: float) -> bool:
        """Take what comes within `timeout` seconds onto the screen; say whether anything came."""
        if not select.select([self._master], [], [], max(timeout, 0))[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the program closed its end
            return False
        self.received += len(data)
        self._show(data)
        return bool(data)

    def _show(self, data: bytes) -> None:
        shown = self.screen.feed(self._decoder.decode(data))
        for question, answer in self._answers.items():
            for _ in range(shown.count(question)):
                self.type(answer)
