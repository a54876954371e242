"""What belongs to one table or view: constraints, indexes, triggers, rules, policies, extended statistics."""

from __future__ import annotations

from dataclasses import dataclass

from console.catalog.key import Key
from console.catalog.model.base import Object, Option, Owned


@dataclass(frozen=True, slots=True, kw_only=True)
class Constraint(Object):
    """A primary key, unique, check, foreign key or exclusion constraint of a table.

    `type` is PostgreSQL's letter: p, u, c, f, x. `definition` is pg_get_constraintdef's text, None when locked; it
    says DEFERRABLE, NOT VALID and the like too. `columns` are those constrained, in order. `index` is the index that
    enforces it; `references` the table a foreign key points at. `parent` is the constraint of the partitioned table
    that this one came from. `local` is false for one that only exists because a parent has it. NOT NULL is the
    column's; a domain's constraints are the domain's.
    """

    table: Key
    type: str
    definition: str | None
    columns: tuple[str, ...] = ()
    deferrable: bool = False
    deferred: bool = False
    validated: bool = True
    enforced: bool = True
    no_inherit: bool = False
    local: bool = True
    inherited: int = 0
    period: bool = False
    index: Key | None = None
    references: Key | None = None
    parent: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Index(Object):
    """An index; `definition` is the CREATE INDEX statement, None when locked.

    `constraint` is the one that it enforces, whose text then makes it; its `definition` is empty. `parent` is the
    index of the partitioned table to which it is attached. `statistics` are the targets of expression columns that
    have one, by position from 1. `columns` are names, None for an expression.
    """

    table: Key
    definition: str | None
    method: str = "btree"
    columns: tuple[str | None, ...] = ()
    unique: bool = False
    primary: bool = False
    valid: bool = True
    ready: bool = True
    replica_identity: bool = False
    clustered: bool = False
    nulls_not_distinct: bool = False
    options: tuple[Option, ...] = ()
    tablespace: str = ""
    statistics: tuple[tuple[int, int], ...] = ()
    constraint: Key | None = None
    parent: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger(Object):
    """A trigger; `definition` is the CREATE [CONSTRAINT] TRIGGER statement, None when locked.

    `enabled` is O (origin), D (disabled), R (replica) or A (always). `parent` is set for one that came from the
    partitioned table's.
    """

    table: Key
    definition: str | None
    enabled: str = "O"
    function: Key | None = None
    constraint: bool = False
    parent: Key | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Object):
    """A rewrite rule other than a view's own; `definition` is the CREATE RULE statement, None when locked."""

    table: Key
    definition: str | None
    enabled: str = "O"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(Object):
    """A row-security policy; `command` is ALL, SELECT, INSERT, UPDATE or DELETE; `roles` is empty for PUBLIC.

    `using` and `check` are None where the policy has none; `locked` is true when they could not be read.
    """

    table: Key
    command: str = "ALL"
    permissive: bool = True
    roles: tuple[str, ...] = ()
    using: str | None = None
    check: str | None = None
    locked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics(Owned):
    """Extended statistics; `definition` is the CREATE STATISTICS statement, None when locked."""

    table: Key
    definition: str | None
    target: int | None = None
