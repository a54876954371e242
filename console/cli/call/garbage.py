"""When Python looks for garbage: seldom while a program starts, as usual once it runs, not at all at its end.

A start makes two hundred thousand values that all stay. To look through them again and again costs a tenth of the
start; to look through them a last time, before the process is gone anyway, costs more than many a command.
"""

from __future__ import annotations

import atexit
import gc

_USUAL = gc.get_threshold()
_SELDOM = (50_000, 10, 10)


def seldom() -> None:
    """Look for garbage seldom from now on, and at the end for none."""
    gc.set_threshold(*_SELDOM)
    atexit.register(gc.freeze)


def as_usual() -> None:
    """Look for garbage as often as Python does by itself, once the start is over; not among what it has made."""
    if gc.get_threshold() == _SELDOM:
        gc.freeze()
        gc.set_threshold(*_USUAL)
