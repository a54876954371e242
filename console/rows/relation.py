"""What must be known of a relation to page through it: columns, kind, size by statistics, what tells rows apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError
from console.rows.source import Column
from console.sql import queries
from console.text import sanitize

_HEAPS = "rmt"  # table, materialised view, TOAST table
_WORDS: Mapping[str, str] = {
    "r": "table",
    "p": "partitioned table",
    "v": "view",
    "m": "materialised view",
    "f": "foreign table",
    "S": "sequence",
    "t": "TOAST table",
}


class Paging(Enum):
    """How the rows of a relation are reached without OFFSET."""

    KEY = "by key"
    BLOCKS = "by block"
    WINDOW = "in one window"


@dataclass(frozen=True, slots=True)
class RelationColumn:
    """A column of a relation.

    `type_name` is the type with its modifier, as shown; `cast_type` the type without it, to which a value given as
    text is cast (`numeric(10,2)` would round it, `character` cut it). `operators` is the schema of the operators that
    order the type, empty for PostgreSQL's own: citext compared by those of text finds other rows. `generated` and
    `identity_always` columns take no value from an INSERT.
    """

    name: str
    type_name: str
    cast_type: str
    oid: int
    numeric: bool
    not_null: bool
    operators: str
    generated: bool
    identity_always: bool
    readable: bool

    @property
    def shown(self) -> Column:
        """The column as the grid knows it."""
        return Column(self.name, self.type_name, self.oid, self.numeric)


@dataclass(frozen=True, slots=True)
class UniqueIndex:
    """A unique index over plain columns; `nulls_not_distinct` means that even rows with NULLs differ (since 15)."""

    name: str
    primary: bool
    nulls_not_distinct: bool
    columns: tuple[str, ...]
    not_null: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation with its readable columns.

    `kind` is pg_class.relkind; `estimate` the rows by the last ANALYZE, None if there was none; `pages` and
    `toast_pages` are blocks by the last VACUUM. `row_security` tells that policies choose this role's rows. `key` are
    the columns that tell rows apart, empty where there are none; `unreadable` names the columns this role may not read.
    """

    schema: str
    name: str
    oid: int
    kind: str
    paging: Paging
    columns: tuple[RelationColumn, ...]
    row_security: bool
    key: tuple[str, ...]
    key_name: str
    estimate: int | None
    pages: int
    toast_pages: int
    unreadable: tuple[str, ...]

    @property
    def word(self) -> str:
        """What kind of relation it is, in a word: "view"."""
        return _WORDS.get(self.kind, "relation")

    @property
    def row_bytes(self) -> int | None:
        """About how many bytes a row takes, by statistics; None where they say nothing."""
        if not self.estimate or not self.pages:
            return None
        return max(1, (self.pages + self.toast_pages) * 8192 // self.estimate)

    def column(self, name: str) -> RelationColumn:
        """Return a column by name. Raises UsageError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise UsageError(f"{sanitize(self.schema)}.{sanitize(self.name)} has no column {sanitize(name)} to read.")


@dataclass(frozen=True, slots=True)
class _Facts:
    oid: int
    kind: str
    access_method: str | None
    row_security: bool
    has_children: bool
    estimate: float
    pages: int
    toast_pages: int


async def read(session: Session, schema: str, name: str) -> Relation:
    """Read a relation's facts in one round trip, from the catalog alone. Raises UsageError when there is none."""
    wanted = {"schema": schema, "name": name}
    found, columns, indexes = await session.read(
        Query(queries.load("rows/relation"), wanted, row=_Facts),
        Query(queries.load("rows/columns"), wanted, row=RelationColumn),
        Query(queries.load("rows/unique_indexes"), wanted, row=_unique_index),
        doing=f"reading what {sanitize(schema)}.{sanitize(name)} is",
    )
    if not found:
        raise UsageError(f"There is no relation {sanitize(schema)}.{sanitize(name)} in this database.")
    return _relation(schema, name, found[0], columns, indexes)


def _unique_index(columns: Sequence[str], **rest: object) -> UniqueIndex:
    return UniqueIndex(columns=tuple(columns), **rest)  # type: ignore[arg-type]


def _relation(
    schema: str, name: str, facts: _Facts, columns: Sequence[RelationColumn], indexes: Sequence[UniqueIndex]
) -> Relation:
    readable = tuple(column for column in columns if column.readable)
    paging, index = choose_paging(facts.kind, facts.access_method, indexes, readable, has_children=facts.has_children)
    return Relation(
        schema=schema,
        name=name,
        oid=facts.oid,
        kind=facts.kind,
        paging=paging,
        columns=readable,
        row_security=facts.row_security,
        key=index.columns if index else (),
        key_name=index.name if index else "",
        estimate=int(facts.estimate) if facts.estimate >= 0 and facts.kind in "rmtp" else None,
        pages=facts.pages,
        toast_pages=facts.toast_pages,
        unreadable=tuple(column.name for column in columns if not column.readable),
    )


def choose_paging(
    kind: str,
    access_method: str | None,
    indexes: Sequence[UniqueIndex],
    columns: Sequence[RelationColumn],
    *,
    has_children: bool,
) -> tuple[Paging, UniqueIndex | None]:
    """Choose how to page, and the index of the key where it is by key.

    Best is a key without NULLs, then one whose NULLs are not distinct. An index that lets NULLs repeat does not tell
    rows apart: a table of its own blocks (`heap`) is read by those instead. The index of a parent says nothing about
    the rows of its children, of which no place is unique either.
    """
    inherited = has_children and kind == "r"
    names = {column.name for column in columns}
    if not inherited:
        for index in indexes:
            if (index.not_null or index.nulls_not_distinct) and names.issuperset(index.columns):
                return Paging.KEY, index
        if kind in _HEAPS and access_method == "heap":
            return Paging.BLOCKS, None
    return Paging.WINDOW, None
