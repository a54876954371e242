"""How an object that stays is altered: finds the module of the kind, which answers with pieces, or None: made anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from console.catalog.compare import Change
from console.catalog.model import (
    Aggregate,
    Column,
    Composite,
    Constraint,
    Database,
    DefaultPrivileges,
    Domain,
    Enum,
    EventTrigger,
    Extension,
    ForeignDataWrapper,
    ForeignTable,
    Index,
    Key,
    Kind,
    MaterializedView,
    Member,
    Operator,
    Policy,
    Publication,
    Role,
    Routine,
    Rule,
    Server,
    Statistics,
    Subscription,
    Table,
    TextSearchConfiguration,
    TextSearchDictionary,
    Trigger,
    UserMapping,
    View,
)
from console.catalog.model import Sequence as SequenceObject
from console.drift.altering import (
    above,
    columns,
    composites,
    domains,
    enums,
    extensions,
    heritage,
    lending,
    operators,
    outside,
    owned,
    parts_of_tables,
    privileges,
    routines,
    sequences,
    settings,
    subscriptions,
    tables,
    text_search,
    views,
)
from console.drift.altering.above import adapted, anew_above, of_type
from console.drift.altering.above import given as given_from_above
from console.drift.altering.above import taken as taken_from_above
from console.drift.altering.parts import PARTS
from console.drift.ground import Ground
from console.drift.ordering.pieces import CALLED, Piece

Altering = Callable[[Ground, Change], "tuple[Piece, ...] | None"]

# By the class of the object. What is not here is made anew, except for owner, comment, privileges and labels.
_KINDS: dict[type[Any], Altering] = {
    Column: columns.pieces,
    Composite: composites.pieces,
    Constraint: parts_of_tables.constraint,
    Domain: domains.pieces,
    Enum: enums.pieces,
    EventTrigger: outside.event_trigger,
    Extension: extensions.pieces,
    ForeignDataWrapper: outside.optional,
    ForeignTable: outside.table,
    Index: parts_of_tables.index,
    MaterializedView: views.materialized,
    Operator: operators.pieces,
    Policy: parts_of_tables.policy,
    Publication: outside.publication,
    Aggregate: routines.aggregate,
    Routine: routines.pieces,
    Rule: parts_of_tables.rule,
    SequenceObject: sequences.pieces,
    Server: outside.optional,
    Statistics: parts_of_tables.statistics,
    Subscription: subscriptions.pieces,
    Table: tables.pieces,
    TextSearchConfiguration: text_search.configuration,
    TextSearchDictionary: text_search.dictionary,
    Trigger: parts_of_tables.trigger,
    UserMapping: outside.optional,
    View: views.pieces,
}


def pieces(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a change is made without dropping anything, or None when the object has to be made anew.

    What all kinds share is said by `owned`; the module of the kind sees only the rest.
    """
    shared, rest = owned.pieces(ground, change)
    if not rest.differences:
        return shared
    kind = _KINDS.get(type(change.after))
    own = kind(ground, rest) if kind is not None else None
    return None if own is None else in_turn((*own, *shared))


# What is never made or dropped, only said of what is there anyway.
_SAID: dict[type[Any], Altering] = {
    Database: settings.pieces,
    DefaultPrivileges: privileges.defaults,
    Member: privileges.members,
    Role: settings.pieces,
}


def said(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a change is made of what comes and goes by being said, None of all other kinds."""
    way = _SAID.get(type(change.after or change.before))
    return way(ground, change) if way is not None else None


def loosened(ground: Ground, dependent: Key, key: Key) -> tuple[Piece, ...] | None:
    """Return how an object lets go of one that is made anew and takes it again; None when it cannot."""
    made = ground.a.catalog.objects.get(dependent)
    if isinstance(made, Table) and key.kind in (Kind.TABLE, Kind.FOREIGN_TABLE) and ground.both(dependent):
        return tables.apart(ground, made, key)
    if isinstance(made, Table) and key.kind is Kind.TYPE and made.of_type is not None:
        return tables.loosened_from_type(ground, made)
    if isinstance(made, SequenceObject) and key.kind is Kind.COLUMN:
        return sequences.kept(ground, made)
    if isinstance(made, Domain) and key.kind in CALLED:
        return domains.loosened(ground, made)
    return None


def default_anew(ground: Ground, column: Key) -> tuple[Piece, ...]:
    """Return how a column's default is taken off and put on again around what it calls."""
    return columns.default_anew(ground, column)


def retyped(ground: Ground, column: Key, *, through_text: bool = False) -> tuple[Piece, ...]:
    """Return how a column comes to the new type of the same name, with its default taken off meanwhile.

    `through_text`: the old type cannot be put aside, so the column is text in between.
    """
    return columns.retyped(ground, column, through_text=through_text)


def retyped_above(ground: Ground, column: Key, *, through_text: bool) -> tuple[Piece, ...]:
    """Return how a column gets its new type from the table above, with its own default taken off meanwhile."""
    return columns.retyped_above(ground, column, through_text=through_text)


def in_turn(found: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return pieces in the order in which they are to be run; what is not known comes in the middle, as it stood."""
    return tuple(sorted(found, key=lambda piece: PARTS.get(piece.part, 50)))


__all__ = [
    "above",
    "adapted",
    "anew_above",
    "default_anew",
    "given_from_above",
    "heritage",
    "in_turn",
    "lending",
    "loosened",
    "of_type",
    "pieces",
    "retyped",
    "retyped_above",
    "said",
    "taken_from_above",
]
