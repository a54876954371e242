"""Light on the wire: only the cells that changed are sent to the terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.driver import Driver

# What the driver builds on, by name and parameters.
_RELIES_ON = {
    "__init__": ("self", "app", "debug", "mouse", "size"),
    "write": ("self", "data"),
    "start_application_mode": ("self",),
    "process_message": ("self", "message"),
}


def driver_class(*, plain: bool) -> type[Driver] | None:
    """Return the driver for `App(driver_class=…)`, or None for Textual's own; `plain` output is as Textual writes it.

    None on Windows, where another driver is set by TEXTUAL_DRIVER, where output is no terminal, and with a Textual that
    is not as the one this was written for.
    """
    if sys.platform == "win32" or os.environ.get("TEXTUAL_DRIVER") or not _is_terminal():
        return None
    try:
        from textual.drivers.linux_driver import LinuxDriver
    except ImportError:
        return None
    if not _known(LinuxDriver):
        return None
    from console.ui.wire.driver import WireDriver
    from console.ui.wire.lasting import LastingDriver

    return LastingDriver if plain else WireDriver


def _is_terminal() -> bool:
    return sys.__stderr__ is not None and sys.__stderr__.isatty()


def _known(driver: type[Driver]) -> bool:
    from inspect import signature

    return all(
        callable(method := getattr(driver, name, None)) and tuple(signature(method).parameters) == parameters
        for name, parameters in _RELIES_ON.items()
    )
