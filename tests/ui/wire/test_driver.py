"""A real program in a real terminal shows the same through the wire as without it, and sends far less."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.emulator import Emulator, difference
from tests.pty_terminal import Terminal

ROOT = Path(__file__).parents[3]
SAMPLE = (sys.executable, "-m", "tests.ui.wire.sample_app")
# What waits in Python's own buffer for a terminal that is gone would be the program's last fault, and its exit code.
ENVIRON = {"TEXTUAL_ANIMATIONS": "none", "COLORTERM": "", "PYTHONUNBUFFERED": "1"}
SYNCHRONIZED = {"\x1b[?2026$p": "\x1b[?2026;2$y"}
STEPS = (
    ["down"], ["down"] * 20, ["down"] * 14, ["pagedown"], ["up"], ["home"], ["end"], ["enter"], ["tab"], ["user"],
    ["tab"], ["down"], ["pagedown"], ["down"] * 12, ["right"] * 3, ["ctrl+t"], ["ctrl+l"], ["ctrl+l"], ["ctrl+p"],
    ["the"], ["escape"], ["ctrl+n"], ["end"],
)  # fmt: skip


class Watched:
    """The sample program in a terminal, and beside it the screen as it were without the wire."""

    def __init__(self, raw: Path, term: str, rows: int, columns: int, answers: dict[str, str]) -> None:
        raw.touch()
        self._raw = raw.open(newline="", encoding="utf-8")
        erases = term.startswith("xterm")
        self.plain = Emulator(columns, rows, colours_erased=erases)
        self.terminal = Terminal(
            SAMPLE,
            rows=rows,
            columns=columns,
            cwd=ROOT,
            env={**ENVIRON, "TERM": term, "RAW": str(raw)},
            answers=answers,
            screen=Emulator(columns, rows, colours_erased=erases),
        )
        self.written = 0
        self._marks = count(1)

    def close(self) -> None:
        self.terminal.close()
        self._raw.close()

    def press(self, *keys: str) -> None:
        """Type, and wait until the program has dealt with it and both screens are the same."""
        mark = f"mark {next(self._marks)}"
        self.terminal.keys(*keys, "f12")
        self.terminal.wait_until(lambda: self.terminal.title == mark, what=mark)
        self.terminal.wait_until(self._same, what="the same screen")

    def _same(self) -> bool:
        written = self._raw.read()
        self.written += len(written.encode())
        self.plain.feed(written)
        return not difference(self.plain, self.terminal.screen)

    def resize(self, rows: int, columns: int) -> None:
        self.plain.resize(rows, columns)
        self.terminal.resize(rows, columns)

    def scribble(self, text: str) -> None:
        """Write over both screens, as a shell does while the program is stopped."""
        self.plain.feed(text)
        self.terminal.screen.feed(text)


@pytest.fixture
def watched(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Watched]:
    term, _, synchronized = getattr(request, "param", "xterm-256color").partition(" ")
    watched = Watched(tmp_path / "raw", term, 36, 120, SYNCHRONIZED if synchronized else {})
    try:
        watched.terminal.wait_for("public_table_003")
        yield watched
    finally:
        watched.close()


@pytest.mark.parametrize("watched", ["screen-256color", "xterm-256color synchronized"], indirect=True)
def test_every_key_shows_the_same_and_costs_less(watched: Watched) -> None:
    for keys in STEPS:
        watched.press(*keys)
    assert watched.terminal.received < watched.written / 5
    watched.terminal.keys("ctrl+q")
    assert watched.terminal.wait() == 0


def test_an_idle_program_sends_nothing(watched: Watched) -> None:
    watched.press("down")
    watched.terminal.settle()
    watched.terminal.received = 0
    watched.press()
    assert watched.terminal.received == len("\x1b]2;mark 2\x07"), "the title that says the keys are dealt with"


def test_resizing_shows_the_same(watched: Watched) -> None:
    watched.press("down")
    for rows, columns in ((24, 80), (60, 200), (36, 120)):
        watched.resize(rows, columns)
        watched.press("down")
    watched.resize(24, 80)
    watched.resize(36, 120)
    watched.press("ctrl+l")
    watched.press("ctrl+l")


def test_stopping_and_going_on_shows_the_same(watched: Watched) -> None:
    """The shell wrote over the screen meanwhile."""
    watched.press("down")
    watched.terminal.signal(signal.SIGTSTP)
    watched.terminal.wait_stopped()
    watched.terminal.settle()
    watched.scribble("\x1b[2J\x1b[5;5H$ a shell was here\r\n" * 3)
    watched.terminal.signal(signal.SIGCONT)
    watched.terminal.wait_for("public_table_003")
    watched.press("down")
    assert not any("a shell was here" in line for line in watched.terminal.lines)


def test_plain_output_shows_the_same_at_its_price(watched: Watched) -> None:
    """With `--plain-output` Textual's own driver writes."""
    watched.press("down")
    watched.terminal.settle()
    wanted = watched.terminal.screen
    with Terminal([*SAMPLE, "plain"], cwd=ROOT, env=ENVIRON) as terminal:
        terminal.wait_for("public_table_003")
        terminal.keys("down")
        terminal.wait_until(lambda: not difference(wanted, terminal.screen), what="the same screen")
        assert watched.terminal.received < terminal.received / 4


@pytest.mark.parametrize("words", [[], ["plain"]], ids=["wire", "plain"])
def test_a_terminal_that_is_lost_keeps_nobody_waiting(words: list[str]) -> None:
    """Textual queues thirty writes, and the program says a hundred things before it leaves."""
    with Terminal([*SAMPLE, *words], cwd=ROOT, env=ENVIRON) as terminal:
        terminal.wait_for("public_table_003")
        terminal.keys("ctrl+o", "f12")
        terminal.wait_until(lambda: terminal.title == "mark 1", what="mark 1")
        assert terminal.hang_up() == 7
