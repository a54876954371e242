"""The driver is taken where it is known to work, and what a terminal can do is asked of terminfo."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping

import pytest
from textual.drivers.linux_driver import LinuxDriver

from console.ui import wire
from console.ui.wire.abilities import Abilities


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let standard error be a terminal."""
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    monkeypatch.setattr(sys, "__stderr__", type("Stream", (), {"isatty": lambda _: True})())
    return monkeypatch


def test_with_a_known_textual_the_wire_is_used(terminal: pytest.MonkeyPatch) -> None:
    chosen = wire.driver_class(plain=False)
    assert chosen is not None
    assert issubclass(chosen, LinuxDriver)


def _write_renamed(patch: pytest.MonkeyPatch) -> None:
    patch.delattr(LinuxDriver, "write")
    patch.delattr("textual.driver.Driver.write")


def _write_changed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(LinuxDriver, "write", lambda self, data, region: None)


@pytest.mark.parametrize(
    "differs",
    [
        _write_renamed,
        _write_changed,
        lambda patch: patch.setitem(sys.modules, "textual.drivers.linux_driver", None),
        lambda patch: patch.setattr(sys, "platform", "win32"),
        lambda patch: patch.setenv("TEXTUAL_DRIVER", "textual.drivers.web_driver:WebDriver"),
        lambda patch: patch.setattr(sys, "__stderr__", None),
    ],
    ids=["write is gone", "write takes more", "no such module", "windows", "another driver is set", "no terminal"],
)
def test_anywhere_else_textual_chooses(
    terminal: pytest.MonkeyPatch, differs: Callable[[pytest.MonkeyPatch], None]
) -> None:
    differs(terminal)
    assert wire.driver_class(plain=False) is None


def test_plain_output_is_obeyed(terminal: pytest.MonkeyPatch) -> None:
    chosen = wire.driver_class(plain=True)
    assert chosen is not None
    assert chosen.write is LinuxDriver.write


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"TERM": "xterm-256color"}, Abilities(erases_characters=True, colours_erased=True)),
        ({"TERM": "xterm-256color", "TMUX": "/tmp/tmux,1,0"}, Abilities(erases_characters=True)),
        ({"TERM": "xterm-256color", "STY": "1.pts"}, Abilities(erases_characters=True)),
        ({"TERM": "screen-256color"}, Abilities()),
        ({"TERM": "no-such-terminal"}, Abilities()),
        ({}, Abilities()),
    ],
)
def test_abilities_are_those_of_terminfo(environ: Mapping[str, str], wanted: Abilities) -> None:
    # curses reads terminfo once in a process.
    program = f"from console.ui.wire import abilities; print(abilities.of({environ!r}))"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert said.strip() == str(wanted)
