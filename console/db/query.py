"""A statement with its values and the shape of its rows, ready to be sent together with others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, LiteralString

from console.errors import BadSql

if TYPE_CHECKING:
    from psycopg.sql import Composed

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Query:
    """One reading statement.

    `sql` is a text of ours or one composed of identifiers; `params` are the values of `%(name)s` in it (None, not an
    empty mapping, means that `%` stands for itself). `row` is built once a row: with the columns by name, or, if
    `positional`, by place, which is quicker for hundreds of thousands of rows; without it rows are plain tuples.
    `as_text` gives every value as PostgreSQL writes it (`str | None`), whatever its type. `own_path` keeps the
    search_path that the database gives a person, for what holds a person's SQL; ours is read with an empty one.
    `reckoned` is for what is reckoned with: days and months are UTC, whatever the server's TimeZone, and intervals are
    written as PostgreSQL does by itself. `committed` ends the transaction of a statement of ours as one that went well:
    the server counts the others as rolled back. Only streams know these two.
    """

    sql: LiteralString | Composed
    params: Mapping[str, object] | None = field(default=None)
    row: Callable[..., Any] | None = None
    positional: bool = False
    as_text: bool = False
    own_path: bool = False
    reckoned: bool = False
    committed: bool = False


def sendable(sql: str | Composed) -> Any:
    """Return a statement that a person wrote, for the driver, which wants texts of the program only.

    Raises BadSql for one with a NUL in it: libpq would end it there, and half a statement would run.
    """
    if isinstance(sql, str) and "\x00" in sql:
        raise BadSql("The statement has a NUL character in it, which SQL cannot have. Nothing was done.")
    return sql


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result: its name as the server gave it, its type's oid and modifier."""

    name: str
    type_oid: int
    modifier: int = -1


@dataclass(frozen=True, slots=True)
class Columns:
    """The head of a result, sent before its first row.

    `at` is the server's clock just before the statement began, in seconds since 1970, `monotonic` ours of that moment.
    `started` is when the server was started, by its clock: behind one address several may answer by turns.
    """

    columns: tuple[Column, ...]
    at: float = 0.0
    monotonic: float = 0.0
    started: float = 0.0


Row = tuple[str | None, ...]
Batch = list[Row]


@dataclass(frozen=True, slots=True)
class Executed:
    """What a statement did: the server's command tag (`UPDATE 3`), rows touched, and the rows it returned, as text."""

    tag: str
    count: int
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
