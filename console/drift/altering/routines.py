"""A routine that stays: CREATE OR REPLACE where what others know of it is the same."""

from __future__ import annotations

import re

from console.catalog.compare import Change
from console.catalog.ddl import routines as making
from console.catalog.model import Aggregate, Routine
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece

_TOKEN = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | [\[\](){}] | ,\s* | \sDEFAULT\s | [^'"\[\](){},\s]+ | \s""", re.X
)


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a function or procedure is replaced; None when its arguments or its result forbid that."""
    before, after = change.before, change.after
    assert isinstance(before, Routine)
    assert isinstance(after, Routine)
    if before.type != after.type or before.result != after.result or not _fits(before.arguments, after.arguments):
        return None
    return (Piece("definition", (after.definition,)),) if after.definition is not None else ()


def aggregate(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how an aggregate is replaced; None when its arguments or its result forbid that."""
    before, after = change.before, change.after
    assert isinstance(before, Aggregate)
    assert isinstance(after, Aggregate)
    if (before.type, before.arguments, before.result) != (after.type, after.arguments, after.result):
        return None
    return (Piece("definition", tuple(making.aggregate(after, replacing=True))),)


def _fits(before: str, after: str) -> bool:
    """Tell whether arguments may take the place of others: the same ones, with as many defaults or more."""
    was, now = _arguments(before), _arguments(after)
    if [bare for bare, _ in was] != [bare for bare, _ in now]:
        return False
    return all(kept or not given for (_, given), (_, kept) in zip(was, now, strict=True))


def _arguments(text: str) -> list[tuple[str, bool]]:
    """Return the arguments in a routine's own text, each without its default, and whether it has one.

    >>> _arguments("a integer, b numeric DEFAULT round(1, 2), \\"x, y\\" text DEFAULT 'a, b'::text")
    [('a integer', False), ('b numeric', True), ('"x, y" text', True)]
    """
    found: list[tuple[str, bool]] = []
    depth, bare, given = 0, "", False
    for match in _TOKEN.finditer(text):
        token = match[0]
        depth += (token in ("(", "[", "{")) - (token in (")", "]", "}"))
        if depth == 0 and token.startswith(","):
            found.append((bare.strip(), given))
            bare, given = "", False
        elif depth == 0 and token.strip() == "DEFAULT":
            given = True
        elif not given:
            bare += token
    return [*found, (bare.strip(), given)] if text else []
