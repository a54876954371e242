"""Everything about one relation for the tabs beside the tree, read in one round trip and without waiting for a lock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from console.catalog.key import Kind
from console.db.query import Query
from console.errors import LockNotAvailable
from console.sql import queries

if TYPE_CHECKING:
    from console.db.session import Session

_LOCK_TIMEOUT = 0.3
_KINDS = {
    "r": Kind.TABLE,
    "p": Kind.TABLE,
    "f": Kind.FOREIGN_TABLE,
    "v": Kind.VIEW,
    "m": Kind.MATERIALIZED_VIEW,
    "S": Kind.SEQUENCE,
}


@dataclass(frozen=True, slots=True)
class Head:
    """The relation itself.

    `rows` is the planner's estimate; `bytes`, `index_bytes`, `toast_bytes` are by the pages that the last VACUUM or
    ANALYZE counted. `partition_of` is an oid. `definition` is a view's query. Expressions are None where there is
    none, or where a lock hides them; `locked_by` is the pid that holds an exclusive lock on this relation.
    """

    oid: int
    schema: str
    name: str
    relkind: str
    owner: str
    comment: str | None
    rows: float | None
    bytes: int
    index_bytes: int
    toast_bytes: int
    persistence: str
    access_method: str
    tablespace: str
    options: Sequence[str]
    row_security: bool
    force_row_security: bool
    populated: bool
    partition_of: int | None
    partition_bound: str | None
    partition_key: str | None
    definition: str | None
    seq_scans: int | None
    index_scans: int | None
    live_rows: int | None
    dead_rows: int | None
    last_vacuum: str | None
    last_analyze: str | None
    locked_by: int | None

    @property
    def kind(self) -> Kind:
        """What sort of relation it is."""
        return _KINDS[self.relkind]


@dataclass(frozen=True, slots=True)
class ColumnDetail:
    """A column; `generated`, `identity` are PostgreSQL's letters; `refers_to` the oid of the table a key points at.

    `null_fraction` and `distinct_values` are pg_stats' (negative: a share of the rows), None before ANALYZE.
    """

    number: int
    name: str
    type: str
    not_null: bool
    default: str | None
    generated: str
    identity: str
    collation: str
    comment: str | None
    primary_key: bool
    refers_to: int | None
    refers_schema: str | None
    refers_table: str | None
    refers_column: str | None
    null_fraction: float | None
    distinct_values: float | None


@dataclass(frozen=True, slots=True)
class IndexDetail:
    """An index; `scans` is how often it was used since statistics began; `definition` None when locked."""

    oid: int
    name: str
    method: str
    unique: bool
    primary: bool
    valid: bool
    replica_identity: bool
    clustered: bool
    bytes: int
    scans: int | None
    comment: str | None
    definition: str | None


@dataclass(frozen=True, slots=True)
class ConstraintDetail:
    """A constraint; `type` is PostgreSQL's letter; `definition` None when locked."""

    oid: int
    name: str
    type: str
    validated: bool
    local: bool
    comment: str | None
    definition: str | None


@dataclass(frozen=True, slots=True)
class PolicyDetail:
    """A row-security policy."""

    oid: int
    name: str
    command: str
    permissive: bool
    roles: Sequence[str]
    using: str | None
    check: str | None
    locked: bool
    comment: str | None


@dataclass(frozen=True, slots=True)
class TriggerDetail:
    """A trigger; `enabled` is O, D, R or A; `function` an oid; `definition` None when locked."""

    oid: int
    name: str
    enabled: str
    function: int
    comment: str | None
    definition: str | None


@dataclass(frozen=True, slots=True)
class RuleDetail:
    """A rewrite rule."""

    oid: int
    name: str
    enabled: str
    definition: str | None


@dataclass(frozen=True, slots=True)
class StatisticsDetail:
    """An extended statistics object."""

    oid: int
    name: str
    definition: str | None


@dataclass(frozen=True, slots=True)
class GrantDetail:
    """A grantee's privileges on the relation, or on `column`; a star marks those that it may grant on."""

    grantee: str
    column: str
    privileges: str


@dataclass(frozen=True, slots=True)
class Child:
    """A partition, or a table that inherits."""

    oid: int
    schema: str
    name: str
    partition: bool
    rows: float | None
    bytes: int


@dataclass(frozen=True, slots=True)
class Use:
    """One use: this relation uses the other (`outward`), or the other uses this one; `how` says by what."""

    outward: bool
    kind: str
    schema: str
    name: str
    oid: int
    how: str


@dataclass(frozen=True, slots=True)
class RelationDetail:
    """All tabs of one relation."""

    head: Head
    columns: tuple[ColumnDetail, ...]
    indexes: tuple[IndexDetail, ...]
    constraints: tuple[ConstraintDetail, ...]
    policies: tuple[PolicyDetail, ...]
    triggers: tuple[TriggerDetail, ...]
    rules: tuple[RuleDetail, ...]
    statistics: tuple[StatisticsDetail, ...]
    grants: tuple[GrantDetail, ...]
    children: tuple[Child, ...]
    uses: tuple[Use, ...]

    @property
    def used_by(self) -> tuple[Use, ...]:
        """What uses this relation."""
        return tuple(use for use in self.uses if not use.outward)

    @property
    def depends_on(self) -> tuple[Use, ...]:
        """What this relation uses."""
        return tuple(use for use in self.uses if use.outward)


_PARTS: dict[str, type] = {
    "columns": ColumnDetail,
    "indexes": IndexDetail,
    "constraints": ConstraintDetail,
    "policies": PolicyDetail,
    "triggers": TriggerDetail,
    "rules": RuleDetail,
    "statistics": StatisticsDetail,
    "grants": GrantDetail,
    "children": Child,
    "uses": Use,
}


async def read(session: Session, oid: int) -> RelationDetail | None:
    """Read one relation by its oid; None when it is gone. One round trip.

    Raises StatementFailed, ConnectionFailed.
    """
    asked = [_query("relation", Head, oid), *(_query(name, row, oid) for name, row in _PARTS.items())]
    try:
        heads, *parts = await session.read(*asked, lock_timeout=_LOCK_TIMEOUT, doing="reading a relation")
    except LockNotAvailable:
        # A lock came in between; the statements see it now and leave out what it hides.
        heads, *parts = await session.read(*asked, lock_timeout=_LOCK_TIMEOUT, doing="reading a relation")
    if not heads:
        return None
    return RelationDetail(heads[0], *(tuple(part) for part in parts))


def _query(name: str, row: type[Any], oid: int) -> Query:
    return Query(queries.load(f"detail/{name}"), {"oid": oid}, row=row)
