"""The program in a terminal of its own: what the headless driver cannot show."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from console.config.profile import Target
from tests.pty_terminal import Terminal


def started(target: Target, home: Path) -> Terminal:
    """Open the console on a database, in 100 columns and 30 lines."""
    params = target.params
    url = f"postgresql://{params['user']}@/{target.database}?host={params['host']}&port={params['port']}"
    command = [sys.executable, "-m", "console", url]
    return Terminal(command, rows=30, columns=100, env={"DBCONSOLE_HOME": str(home), "HOME": str(home)})


def loaded(terminal: Terminal) -> None:
    """Wait until everything has been read that is read at a start."""
    terminal.wait_until(lambda: "PG 18" in terminal.lines[0] and " objects ─" in terminal.lines[2], what="all of it")
    terminal.settle()


def test_all_is_drawn_again_after_a_suspension(skintwin: Target, home: Path) -> None:
    """ctrl+z and fg: the shell has written over the screen in the meantime."""
    with started(skintwin, home) as terminal:
        loaded(terminal)
        assert any("ceo_task_log" in line for line in terminal.lines)
        before = terminal.lines
        terminal.keys("ctrl+z")
        terminal.wait_stopped()
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_until(lambda: terminal.lines == before, what="the same screen")
        terminal.type("q")
        assert terminal.wait() == 0


def test_a_terminal_that_goes_without_a_signal(skintwin: Target, home: Path) -> None:
    """As below `make`, or `nohup`: nobody is left to look at it, and reading the end of input again is no life."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what a program is started with
    terminal = started(skintwin, home)
    signal.signal(signal.SIGHUP, before)
    with terminal:
        loaded(terminal)
        assert terminal.hang_up() == 130


def test_nothing_is_sent_when_nothing_happens(skintwin: Target, home: Path) -> None:
    """Idle costs no byte."""
    with started(skintwin, home) as terminal:
        loaded(terminal)
        for _ in range(20):  # what the machine had not come to yet may still be drawn
            terminal.received = 0
            terminal.settle(quiet=0.5, timeout=5)
            if terminal.received == 0:
                break
        assert terminal.received == 0
        terminal.keys("ctrl+c")
        assert terminal.wait() == 0
