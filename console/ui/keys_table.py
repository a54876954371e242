"""The table of keys for the README, from the declared commands."""

from __future__ import annotations

import re

from console.ui.commands import COMMANDS, key_label

_PLACE = re.compile(r"(<!-- keys:[^>]*-->\n).*?(<!-- /keys -->)", re.S)


def table() -> str:
    """Return the table in Markdown: where, key, id, what it does."""
    rows = [f"| {_keys(command.keys)} | {command.where} | `{command.id}` | {command.help} |" for command in COMMANDS]
    return "\n".join(("| key | where | id | what it does |", "|---|---|---|---|", *rows)) + "\n"


def replaced(text: str) -> str:
    """Return a text with the table between its marks."""
    return _PLACE.sub(lambda marks: f"{marks[1]}{table()}{marks[2]}", text)


def _keys(keys: str) -> str:
    return " ".join(f"`{key_label(key)}`" for key in keys.split(","))
