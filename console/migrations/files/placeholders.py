"""Flyway's placeholders, `${name}`, and the settings that a file `….sql.conf` beside a script gives it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from console.text import sanitize

_PLACEHOLDER = re.compile(r"\$\{(?P<name>[^}]*)\}")
_SETTING = re.compile(r"[ \t]*(?P<key>[^\s=:#!][^\s=:]*)[ \t]*[=:]?[ \t]*(?P<value>.*?)[ \t]*")


class Unfilled(Exception):
    """A placeholder without a value; the text is a sentence."""


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its placeholders filled in. Raises Unfilled for the first one that has no value.

    >>> fill("GRANT SELECT ON t TO ${reader};", {"reader": "app"})
    'GRANT SELECT ON t TO app;'
    """

    def value(match: re.Match[str]) -> str:
        if match["name"] in values:
            return values[match["name"]]
        line = text.count("\n", 0, match.start()) + 1
        raise Unfilled(
            f"Line {line} has the placeholder {sanitize(match[0])}, which has no value: give it one with --var, or"
            " under vars in the profile."
        )

    return _PLACEHOLDER.sub(value, text)


def known(script: Path, now: datetime) -> Mapping[str, str]:
    """Return the placeholders of Flyway's own that can be known without a database."""
    return {
        "flyway:filename": script.name,
        "flyway:table": "flyway_schema_history",
        "flyway:timestamp": f"{now:%Y-%m-%d %H:%M:%S}",
        "flyway:workingDirectory": str(Path.cwd()),
    }


def settings(text: str) -> Mapping[str, str]:
    """Return what a file of properties says; keys are as written.

    >>> dict(settings("# why\\nexecuteInTransaction = false\\nencoding:UTF-8"))
    {'executeInTransaction': 'false', 'encoding': 'UTF-8'}
    """
    lines = (_SETTING.fullmatch(line) for line in text.split("\n"))
    return {match["key"]: match["value"] for match in lines if match}
