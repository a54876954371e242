"""Asks a person at the terminal; while it waits, signals still end the program.

A question may stand in the middle of the async work of a verb. The loop stands still meanwhile and would not see a
signal, and `input()` can miss one that comes just before it reads: hence handlers and a waiting of our own.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

import click

from console.cli.call.running import endings

_ANSWERS = {"y": True, "yes": True, "": False, "n": False, "no": False}


def agreed(question: str) -> bool:
    """Ask until the answer is yes or no; nothing is no. Raises click's Abort when the question is interrupted."""
    while (answer := typed(f"{question} [y/N]").lower()) not in _ANSWERS:
        click.echo("Answer y or n.", err=True)
    return _ANSWERS[answer]


def typed(question: str, *, hidden: bool = False) -> str:
    """Return the line that a person types; `hidden` does not show it. Raises click's Abort when interrupted."""
    with _interruptible() as woken, _unseen() if hidden else contextlib.nullcontext():
        click.echo(f"{question}: ", err=True, nl=False)
        try:
            select.select([sys.stdin, woken], [], [])
            line = sys.stdin.readline()
        except KeyboardInterrupt:
            line = ""
        if hidden or not line:
            click.echo(err=True)
    if not line:
        raise click.Abort
    return line.rstrip("\r\n")


@contextmanager
def _interruptible() -> Iterator[int]:
    """Make the signals that end programs raise KeyboardInterrupt; yield what becomes readable when one has come."""
    woken, waking = os.pipe()
    os.set_blocking(waking, False)
    handlers = {sign: signal.signal(sign, _interrupt) for sign in endings()}
    before = signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
    try:
        yield woken
    finally:
        signal.set_wakeup_fd(before)
        for sign, handler in handlers.items():
            signal.signal(sign, handler)
        os.close(woken)
        os.close(waking)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def _unseen() -> Iterator[None]:
    """Turn the terminal's echo off."""
    import termios

    before = termios.tcgetattr(sys.stdin)
    silent = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
    termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, silent)
    try:
        yield
    finally:
        with contextlib.suppress(termios.error):  # the terminal is gone
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
