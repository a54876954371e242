"""Statements live in the cellar as text files and are loaded by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import LiteralString

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def folder(kind: str) -> Path:
    """Return the folder of a cellar, `queries` or `migrations`.

    An installed wheel carries the cellars inside the package; a working copy has them beside it.
    Raises FileNotFoundError when there is neither.
    """
    for place in (_PACKAGE / "_sql" / kind, _PACKAGE.parent / kind):
        if place.is_dir():
            return place
    raise FileNotFoundError(f"The folder {kind} is missing beside the package: this installation is incomplete.")


@cache
def load(name: str, dialect: str = "sql") -> LiteralString:
    """Return the statement `queries/<name>.sql`, such as `load("catalog/outline")`, comments included.

    What is not for PostgreSQL has another ending, its `dialect`. Raises FileNotFoundError, which says the path.
    """
    # A LiteralString, since these texts are ours: no part of them comes from a user or a database.
    return (folder("queries") / f"{name}.{dialect}").read_text("utf-8")


def names(room: str) -> tuple[str, ...]:
    """Return the names of all statements of a room, sorted, ready for `load`."""
    return tuple(sorted(f"{room}/{path.stem}" for path in (folder("queries") / room).glob("*.sql")))
