"""Questions about rows, as a person types them: the keys of rows, an average of several, A - B + C."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from console.errors import UsageError
from console.text import sanitize
from console.vectors.column import VectorColumn
from console.vectors.search.keys import check
from console.vectors.search.question import Key, Like, Mixed

_NUMBER = r"\d+"
_UUID = r"\{?[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}\}?"
_ANY = r"[^\s'\"]\S*"
_PLACE = r"(?:\d+\s*,\s*)?\"?\(\s*\d+\s*,\s*\d+\s*\)\"?"  # where a row lies, behind its table where there are several
_QUOTED = r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\""
_ROWS = re.compile(r'(?:"(?:[^"]|"")*"|[^;"]|")+')  # up to a semicolon that stands in no quotes
_SIGNS = {"+": 1.0, "-": -1.0, "−": -1.0, "–": -1.0}


def key(text: str, column: VectorColumn) -> Key:
    """Return the key of a row: the value of its one column, or several with commas, quoted as in CSV.

    Raises UsageError when the table has no key, or one of another length or type.
    """
    if column.key and not text.strip():
        raise UsageError("No row is named.", hint=f"Give the value of its {', '.join(map(sanitize, column.key))}.")
    found = tuple(part.strip() for part in _parts(text, column))
    check(column, found)
    return found


def keys(text: str, column: VectorColumn) -> tuple[Key, ...]:
    """Return the keys of several rows: with commas between them, those of several columns with semicolons."""
    if column.placed and len(found := re.findall(_PLACE, text)) > 1:
        return tuple(key(part, column) for part in found)
    if len(column.key) > 1 or column.placed:
        return tuple(key(part, column) for part in _ROWS.findall(text) if part.strip())
    return tuple(key(part, column) for part in _csv(text) if part.strip())


def like(text: str, column: VectorColumn) -> Like:
    """Return the question for rows like one."""
    return Like(key(text, column))


def average(text: str, column: VectorColumn) -> Mixed:
    """Return the question for rows like several."""
    found = keys(text, column)
    if not found:
        raise UsageError("No rows are named.", hint="Give their keys with commas between them: 1,2,3")
    return Mixed(tuple((1.0, each) for each in found), average=True)


def expression(text: str, column: VectorColumn) -> Mixed:
    """Return the question A - B + C, where each is the key of a row.

    Numbers and uuids may stand close; other keys want blanks around the signs, or quotes. Raises UsageError.
    """
    pattern = re.compile(rf"\s*(?:([+\-−–])(?=[\s'\"]|{_bare(column)}))?\s*({_QUOTED}|{_bare(column)})\s*")
    at, terms = 0, list[tuple[float, Key]]()
    while at < len(text.rstrip()):
        match = pattern.match(text, at)
        if match is None or (terms and not match[1]):
            raise UsageError(
                f"This is no sum of rows: “{sanitize(text[at:].strip()[:40])}” stands where "
                f"{'a sign and a key' if terms else 'a key'} should.",
                hint="Write keys with + and - between them, blanks around the signs: A - B + C",
            )
        terms.append((_SIGNS[match[1] or "+"], key(match[2], column)))
        at = match.end()
    if not terms:
        raise UsageError("No rows are named.", hint="Write keys with + and - between them: A - B + C")
    return Mixed(tuple(terms))


def _bare(column: VectorColumn) -> str:
    """Return what a key looks like that stands without quotes."""
    types = {column.type_of(name).partition("(")[0] for name in column.key}
    if len(column.key) == 1 and types <= {"smallint", "integer", "bigint"}:
        return _NUMBER
    if column.placed:
        return _PLACE
    return _UUID if len(column.key) == 1 and types == {"uuid"} else _ANY


def _parts(text: str, column: VectorColumn) -> Sequence[str]:
    if len(column.key) == 1:
        return (_unquoted(text.strip()),)
    if column.placed:  # where a row lies has a comma of its own
        return [_unquoted(part.strip()) for part in text.split(",", 1)]
    return _csv(text)


def _csv(text: str) -> list[str]:
    try:
        return next(csv.reader([text], skipinitialspace=True, strict=True), [])
    except csv.Error as error:
        raise UsageError(f"These keys cannot be read: {error}.", hint='Quote one with a comma in it: "a,b"') from None


def _unquoted(text: str) -> str:
    quote = text[:1]
    if not quote or quote not in "'\"" or len(text) < 2 or text[-1] != quote:
        return text
    return text[1:-1].replace(quote * 2, quote)
