"""Default privileges, and what is granted on objects of extensions: they come, go and change by GRANT and REVOKE."""

from __future__ import annotations

from dataclasses import dataclass

from console.catalog.compare import Change
from console.catalog.ddl import grants
from console.catalog.ddl.naming import granted
from console.catalog.model import DefaultPrivileges, Grant, Key, Kind, Member
from console.drift.altering.granting import between
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import ident


@dataclass(frozen=True, slots=True)
class _None:
    """What nothing was said of."""

    grants: tuple[Grant, ...] = ()
    revokes: tuple[Grant, ...] = ()


def defaults(ground: Ground, change: Change) -> tuple[Piece, ...]:
    """Return how default privileges are changed, set or taken back."""
    one = change.after or change.before
    assert isinstance(one, DefaultPrivileges)
    if one.schema and Key(Kind.SCHEMA, "", one.schema) not in ground.b.catalog.objects:
        return ()  # they go with the schema
    within = f" IN SCHEMA {ident(one.schema)}" if one.schema else ""
    head = f"ALTER DEFAULT PRIVILEGES FOR ROLE {ident(one.role)}{within} "
    taken, given = between(one.on, change.before or _None(), change.after or _None())
    return (Piece("privileges", tuple(head + each.text for each in (*taken, *given))),)


def members(ground: Ground, change: Change) -> tuple[Piece, ...]:
    """Return how privileges on an object that is not one's own are changed."""
    one = change.after or change.before
    assert isinstance(one, Member)
    taken, given = between(granted(one.key), change.before or _None(), change.after or _None())
    return (Piece("privileges", tuple(grants.spoken((*taken, *given)))),)
