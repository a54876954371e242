"""Copying through the terminal (OSC 52), which also works over SSH, and saying how much was copied."""

from __future__ import annotations

from typing import Any

from textual.app import App

from console.text import size

_LIMIT = 74_994  # bytes: what xterm, the strictest of the common terminals, takes in one sequence of 100,000 signs


def copy(app: App[Any], text: str, what: str = "") -> None:
    """Give `text` to the clipboard of the terminal and say so; `what` names it: "the row", "2 rows as CSV"."""
    app.copy_to_clipboard(text.encode("utf-8", "replace").decode())
    app.notify(copied(text, what), severity="warning" if is_long(text) else "information", timeout=3, markup=False)


def is_long(text: str) -> bool:
    """Return whether some terminals will not take so much."""
    return len(text.encode("utf-8", "replace")) > _LIMIT


def copied(text: str, what: str = "") -> str:
    """Say how much was copied.

    >>> copied("abc", "the cell"), copied("")
    ('Copied the cell, 3 B.', 'Nothing to copy.')
    """
    if not text:
        return "Nothing to copy."
    said = f"Copied {what + ', ' if what else ''}{size(len(text.encode('utf-8', 'replace')))}."
    return f"{said} Some terminals take less than that: look before you paste." if is_long(text) else said
