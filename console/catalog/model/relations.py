"""Tables of every sort and their columns."""

from __future__ import annotations

from dataclasses import dataclass

from console.catalog.key import Key
from console.catalog.model.base import Grant, Label, Option, Owned


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceOptions:
    """How a sequence counts."""

    type: str = "bigint"
    start: int = 1
    increment: int = 1
    minimum: int = 1
    maximum: int = 9223372036854775807
    cache: int = 1
    cycle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """GENERATED ALWAYS or BY DEFAULT AS IDENTITY. The sequence is an object too, without its options.

    `persistence` of the sequence is None when it is the table's.
    """

    always: bool
    sequence: Key
    options: SequenceOptions
    persistence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNull:
    """The constraint behind NOT NULL. Before PostgreSQL 18 it has neither name nor attributes.

    `name` is empty when it is the server's own choice, `TABLE_COLUMN_not_null`.
    """

    name: str = ""
    validated: bool = True
    no_inherit: bool = False
    local: bool = True
    inherited: bool = False
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table, view, materialised view or foreign table, in its place from the left.

    `type` is format_type's text, qualified outside pg_catalog. `default` is an expression; of a generated column it is
    the generating one and `generated` is "s" (stored) or "v" (virtual), otherwise empty. `collation` is a qualified,
    quoted name where it is not the type's own, `storage` PostgreSQL's letter (p e m x) where it is not the type's own,
    `compression` "pglz", "lz4" or empty, `statistics` a target or None. `local` is false for a column that exists
    only because a parent or type has it; `inherited` is the number of parents that have it. `default` is None and
    `locked` true when an exclusive lock kept us from reading the expression.
    """

    name: str
    type: str
    not_null: NotNull | None = None
    default: str | None = None
    generated: str = ""
    identity: Identity | None = None
    collation: str | None = None
    storage: str | None = None
    compression: str = ""
    statistics: int | None = None
    options: tuple[Option, ...] = ()
    fdw_options: tuple[Option, ...] = ()
    local: bool = True
    inherited: int = 0
    comment: str | None = None
    grants: tuple[Grant, ...] = ()
    security_labels: tuple[Label, ...] = ()
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Owned):
    """What has columns. `options` are those of WITH (…)."""

    columns: tuple[Column, ...] = ()
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Relation):
    """An ordinary, partitioned, inherited or typed table.

    `persistence` is p, u (unlogged) or t (temporary); `access_method` is a name such as heap, empty for a partitioned
    table without one; `tablespace` is empty for the database's own. `of_type` is the type of a typed table, qualified
    and quoted. `inherits` are the parents in order; a partition has one in `partition_of` instead, with its
    `partition_bound` ("FOR VALUES …" or "DEFAULT"). `partition_key` is "RANGE (…)" for a partitioned table, else None.
    `detaching` is true of a partition whose DETACH CONCURRENTLY is not finished. `replica_identity` is d, n, f or i;
    for i the index says so itself.
    """

    persistence: str = "p"
    access_method: str = ""
    tablespace: str = ""
    toast_options: tuple[Option, ...] = ()
    of_type: str | None = None
    inherits: tuple[Key, ...] = ()
    partition_of: Key | None = None
    partition_bound: str | None = None
    partition_key: str | None = None
    detaching: bool = False
    row_security: bool = False
    force_row_security: bool = False
    replica_identity: str = "d"


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignTable(Relation):
    """A table on a foreign server; `fdw_options` are those of OPTIONS (…), of secret ones `hidden` has the names."""

    server: str = ""
    fdw_options: tuple[Option, ...] = ()
    hidden: tuple[str, ...] = ()
    inherits: tuple[Key, ...] = ()
    partition_of: Key | None = None
    partition_bound: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Relation):
    """A view; `definition` is the query without a closing semicolon, None when locked.

    `options` carries security_barrier, security_invoker and check_option.
    """

    definition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterializedView(Relation):
    """A materialised view; `definition` as of a view."""

    definition: str | None = None
    populated: bool = True
    access_method: str = ""
    tablespace: str = ""
    toast_options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence(Owned):
    """A sequence. `options` is None for the sequence of an identity column, which carries them itself.

    `owned_by` is a column; `identity` tells which of the two ways.
    """

    options: SequenceOptions | None = None
    persistence: str = "p"
    owned_by: Key | None = None
    identity: bool = False
