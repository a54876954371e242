"""Text search dictionaries and configurations that stay: options and mappings, without touching what indexes use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from console.catalog.compare import Change
from console.catalog.ddl.naming import described
from console.catalog.model import TextSearchConfiguration, TextSearchDictionary
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import ident

_OPTION = re.compile(r"""(?P<name>"(?:[^"]|"")*"|\w+)\s*=\s*E?'(?:[^']|'')*'(?:,\s*)?""")


def dictionary(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a dictionary gets other options; None when its template is another."""
    before, after = change.before, change.after
    assert isinstance(before, TextSearchDictionary)
    assert isinstance(after, TextSearchDictionary)
    if before.template != after.template:
        return None
    # Said anew in their order, since the server puts what is said behind what it has.
    gone = [name for name in _names(before.options) if name not in _names(after.options)]
    said = ", ".join([*gone, *([after.options] if after.options else [])])
    return (Piece("rest", (f"ALTER {described(after)} ({said})",)),)


def _names(options: str | None) -> list[str]:
    return [match["name"] for match in _OPTION.finditer(options or "")]


def configuration(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a configuration maps tokens to other dictionaries; None when its parser is another."""
    before, after = change.before, change.after
    assert isinstance(before, TextSearchConfiguration)
    assert isinstance(after, TextSearchConfiguration)
    if before.parser != after.parser:
        return None
    return (Piece("rest", tuple(_mapped(before, after))),)


def _mapped(before: TextSearchConfiguration, after: TextSearchConfiguration) -> Iterator[str]:
    head = f"ALTER {described(after)}"
    was, now = dict(before.mappings), dict(after.mappings)
    yield from (f"{head} DROP MAPPING FOR {ident(token)}" for token in was if token not in now)
    for token, dictionaries in now.items():
        if was.get(token) != dictionaries:
            word = "ALTER" if token in was else "ADD"
            yield f"{head} {word} MAPPING FOR {ident(token)} WITH {', '.join(dictionaries)}"
