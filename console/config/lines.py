"""Which lines of a TOML text say what: for sentences about a key, and for taking one out by hand.

The beginning of a TOML text up to the end of a statement is TOML again, so the parser itself tells where statements
end. That reads the text once per line, which is nothing for a configuration file and only done when needed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence

_SAID = re.compile(r"\(at line (\d+), column \d+\)$")
_NOTHING = object()


def of_key(text: str, path: Sequence[str]) -> int:
    """Return the line, from 1, on which the statement begins that first gives a value to a key's path.

    >>> of_key('a = 1\\n[b]\\nc = [\\n 2]\\n', ["b", "c"])
    3
    """
    return next((first for first, _, table in _statements(text) if _at(table, path) is not _NOTHING), 1)


def without(text: str, path: Sequence[str]) -> str:
    """Return a text without the statements that say something at a path; other lines stay as they are.

    >>> without('# a\\n[b]\\nc = 1\\n# d\\n[d]\\n', ["b"])
    '# a\\n# d\\n[d]\\n'
    """
    lines = text.splitlines(keepends=True)
    before: object = _NOTHING
    kept: list[str] = []
    for first, last, table in _statements(text):
        after = _at(table, path)
        if after == before:
            kept += lines[first - 1 : last]
        before = after
    return "".join(kept)


def of_error(error: tomllib.TOMLDecodeError, text: str) -> tuple[str, int]:
    """Return what the parser said and on which line."""
    said = str(error)
    if place := _SAID.search(said):
        return said[: place.start()].strip(), int(place[1])
    return said.replace("(at end of document)", "").strip(), max(1, len(text.splitlines()))


def _statements(text: str) -> Iterator[tuple[int, int, Mapping[str, object]]]:
    """Yield first line, last line and the table so far for each statement, blank line and comment."""
    lines = text.splitlines(keepends=True)
    first = 1
    for last in range(1, len(lines) + 1):
        try:
            table = tomllib.loads("".join(lines[:last]))
        except tomllib.TOMLDecodeError:
            continue  # within a statement of several lines
        yield first, last, table
        first = last + 1


def _at(table: object, path: Sequence[str]) -> object:
    for key in path:
        if not isinstance(table, Mapping) or key not in table:
            return _NOTHING
        table = table[key]
    return table
