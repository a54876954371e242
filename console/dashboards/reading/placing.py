"""Where a panel's statement failed, in the words of its file: there its parameters have names, on the wire numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from console.dashboards.parameters import sendable
from console.db.connecting import failures
from console.errors import ConsoleError
from console.sql.parameters import numbered

_OF_NO_TYPE = frozenset(("42P18", "42P08"))  # indeterminate_datatype, ambiguous_parameter
_NUMBER = re.compile(r"\$(\d+)")


def placed(error: ConsoleError, doing: str, sql: str, given: Collection[str]) -> ConsoleError:
    """Return an error of a panel's statement with its place in `sql`, as the file has it; `given` are the parameters.

    One whose type the server cannot tell is called by its name.
    """
    if not given:
        return error
    found = error
    if error.line is not None and error.column is not None:
        at = _offset(numbered(sendable(sql, given)), error.line, error.column)
        found = failures.placed_in(error, doing, sql=sql, start=in_file(sql, given, at) - at)
    if error.sqlstate in _OF_NO_TYPE:
        _call_by_name(found, list(dict.fromkeys(hole[0] for hole in _holes(given).finditer(sql))))
    return found


def _call_by_name(error: ConsoleError, names: Sequence[str]) -> None:
    number = _NUMBER.search(error.title)
    if number is not None and int(number[1]) <= len(names):
        name = names[int(number[1]) - 1]
        error.title = error.title.replace(number[0], name)
        error.hint = f"Say its type where it stands alone: {name}::text."


def in_file(sql: str, given: Collection[str], at: int) -> int:
    """Return where in a statement lies what is at a place of the one that was sent; characters from 0.

    >>> in_file("a > %(since)s AND b", ["since"], len("a > $1 AND "))
    18
    """
    numbers: dict[str, int] = {}
    longer = 0
    for hole in _holes(given).finditer(sql):
        if hole.start() - longer >= at:
            break
        number = numbers.setdefault(hole[0], len(numbers) + 1)
        longer += len(hole[0]) - len(f"${number}")
    return at + longer


def _holes(given: Collection[str]) -> re.Pattern[str]:
    return re.compile(rf"%\((?:{'|'.join(map(re.escape, given))})\)s")


def _offset(text: str, line: int, column: int) -> int:
    """Return the place of a line and a column, both from 1, in a text."""
    return sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1
