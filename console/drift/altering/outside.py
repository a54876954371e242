"""What reaches outside: wrappers, servers, user mappings, foreign tables, publications, event triggers."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.compare import Change
from console.catalog.ddl import foreign as making
from console.catalog.ddl.naming import described
from console.catalog.model import (
    EventTrigger,
    ForeignDataWrapper,
    ForeignTable,
    Publication,
    Server,
    UserMapping,
)
from console.drift.altering.options import fdw_changed
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import dotted, ident, literal

_FIRING = {"O": "ENABLE", "D": "DISABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}


def optional(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how the options of a wrapper, server or user mapping are changed; None when more is another."""
    before, after = change.before, change.after
    assert isinstance(before, ForeignDataWrapper | Server | UserMapping)
    assert isinstance(after, ForeignDataWrapper | Server | UserMapping)
    names = {each.attribute for each in change.differences}
    if names - {"options", "version", "handler", "validator"}:
        return None
    if isinstance(after, Server) and "version" in names and after.version is None:
        return None
    return (Piece("rest", (f"ALTER {_named(after)}{''.join(_said(before, after, names))}",)),)


def _named(made: ForeignDataWrapper | Server | UserMapping) -> str:
    return described(made)


def _said(before: object, after: object, names: set[str]) -> Iterator[str]:
    for word in ("handler", "validator"):
        if word in names:
            value = getattr(after, word)
            yield f" {word.upper()} {value}" if value else f" NO {word.upper()}"
    if "version" in names:
        yield f" VERSION {literal(after.version)}"  # type: ignore[attr-defined]
    if "options" in names:
        yield f" {fdw_changed(before.options, after.options)}"  # type: ignore[attr-defined]


def table(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a foreign table's options are changed; None when it is on another server or in another place."""
    before, after = change.before, change.after
    assert isinstance(before, ForeignTable)
    assert isinstance(after, ForeignTable)
    if {each.attribute for each in change.differences} - {"fdw_options"}:
        return None
    head = f"ALTER FOREIGN TABLE {dotted(after.key.schema, after.key.name)}"
    return (Piece("rest", (f"{head} {fdw_changed(before.fdw_options, after.fdw_options)}",)),)


def publication(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a publication is changed; None when it is for all tables on one side alone."""
    before, after = change.before, change.after
    assert isinstance(before, Publication)
    assert isinstance(after, Publication)
    names = {each.attribute for each in change.differences}
    if before.all_tables != after.all_tables or names & {"generated"}:
        return None
    head = f"ALTER PUBLICATION {ident(after.key.name)}"
    texts = []
    if names & {"operations", "via_root"}:
        operations = literal(", ".join(after.operations))
        via_root = "true" if after.via_root else "false"
        texts.append(f"{head} SET (publish = {operations}, publish_via_partition_root = {via_root})")
    if names & {"tables", "schemas"}:
        published = making.published(after).removeprefix(" FOR ")
        if not published:
            return None
        texts.append(f"{head} SET {published}")
    if before.via_root and not after.via_root:
        texts.reverse()  # while it goes by the root, partitioned tables may have conditions and lists of columns
    return (Piece("rest", tuple(texts)),)


def event_trigger(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return when an event trigger fires; None when it is another."""
    after = change.after
    assert isinstance(after, EventTrigger)
    if {each.attribute for each in change.differences} != {"enabled"}:
        return None
    return (Piece("rest", (f"ALTER EVENT TRIGGER {ident(after.key.name)} {_FIRING[after.enabled]}",)),)
