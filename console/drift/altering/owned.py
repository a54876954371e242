"""What objects of all kinds have: owner, privileges, comment, security labels. None of it needs the object anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from console.catalog.compare import Action, Change, Difference
from console.catalog.ddl import grants
from console.catalog.ddl.grants import Said
from console.catalog.ddl.naming import described, granted, name
from console.catalog.model import (
    Column,
    Database,
    DefaultPrivileges,
    Grant,
    Key,
    Kind,
    Label,
    Object,
    Relation,
    Sequence,
)
from console.drift.altering.granting import Turned, between
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import dotted, ident, literal

_SHARED = frozenset({"owner", "grants", "revokes", "comment", "security_labels", "extensions"})


def pieces(ground: Ground, change: Change) -> tuple[tuple[Piece, ...], Change]:
    """Return the pieces for what all kinds share, and the change without it."""
    shared = {each.attribute: each for each in change.differences if each.attribute in _SHARED}
    rest = replace(change, differences=tuple(each for each in change.differences if each.attribute not in _SHARED))
    if isinstance(change.after, Database | DefaultPrivileges) or change.before is None or change.after is None:
        return (), change
    found = []
    if "owner" in shared and not _follows(change):
        found.append(Piece("owner", (f"ALTER {described(change.after)} OWNER TO {ident(shared['owner'].after)}",)))  # type: ignore[arg-type]
    if shared.keys() & {"owner", "grants", "revokes"} and ground.scope.grants:
        turned = _privileges(ground, change)
        found.append(Piece("revoked", tuple(grants.spoken(turned.taken))))
        found.append(Piece("granted", tuple(grants.spoken(turned.given))))
    if "extensions" in shared:
        found.append(Piece("ties", tuple(_ties(change.before, change.after))))
    if "comment" in shared:
        found.append(Piece("comment", (f"COMMENT ON {_on(change)} IS {_text(change.after.comment)}",)))
    if "security_labels" in shared:
        found.append(Piece("labels", tuple(_labels(change))))
    return tuple(each for each in found if each.texts), rest


def _ties(before: Object | Column, after: Object | Column) -> Iterator[str]:
    """Say with which extensions an object goes, and with which it does not any more."""
    assert isinstance(before, Object)
    assert isinstance(after, Object)
    head = f"ALTER {described(after)}"
    for each in before.extensions:
        if each not in after.extensions:
            yield f"{head} NO DEPENDS ON EXTENSION {ident(each)}"
    for each in after.extensions:
        if each not in before.extensions:
            yield f"{head} DEPENDS ON EXTENSION {ident(each)}"


def _follows(change: Change) -> bool:
    """Tell whether a sequence gets its new owner with the table that it belongs to."""
    before, after = change.before, change.after
    if not (isinstance(before, Sequence) and isinstance(after, Sequence)):
        return False
    return after.owned_by is not None and before.owned_by == after.owned_by


def come(ground: Ground, key: Key, *, grants: bool) -> tuple[Piece, ...]:
    """Return what is said of a column that is added, once it is there."""
    after = ground.b.column(key)
    assert after is not None
    privileges = after.grants if grants else ()
    before = replace(after, comment=None, grants=(), security_labels=())
    after = replace(after, grants=privileges)
    names = (each for each in ("comment", "grants", "security_labels") if getattr(before, each) != getattr(after, each))
    differences = tuple(Difference(each, getattr(before, each), getattr(after, each)) for each in names)
    return pieces(ground, Change(Action.ALTER, key, before, after, differences))[0]


def made(ground: Ground, key: Key) -> tuple[Piece, ...]:
    """Return what is said of an identity's sequence once its column has made it."""
    after = ground.b.catalog.objects[key]
    assert isinstance(after, Sequence)
    blank = replace(after, comment=None, grants=(), revokes=(), security_labels=())
    names = [each for each in ("comment", "security_labels") if getattr(blank, each) != getattr(after, each)]
    if ground.scope.grants:
        names += [each for each in ("grants", "revokes") if getattr(after, each)]
    differences = tuple(Difference(each, getattr(blank, each), getattr(after, each)) for each in names)
    return pieces(ground, Change(Action.ALTER, key, blank, after, differences))[0]


def _on(change: Change) -> str:
    if isinstance(change.after, Column):
        return f"COLUMN {name(change.key)}"
    return described(change.after)  # type: ignore[arg-type]


def _text(comment: str | None) -> str:
    return "NULL" if comment is None else literal(comment)


def _labels(change: Change) -> Iterator[str]:
    before, after = change.before, change.after
    was: tuple[Label, ...] = getattr(before, "security_labels", ())
    now: tuple[Label, ...] = getattr(after, "security_labels", ())
    for label in was:
        if label.provider not in {each.provider for each in now}:
            yield f"SECURITY LABEL FOR {ident(label.provider)} ON {_on(change)} IS NULL"
    for label in now:
        if label not in was:
            yield f"SECURITY LABEL FOR {ident(label.provider)} ON {_on(change)} IS {literal(label.label)}"


def _privileges(ground: Ground, change: Change) -> Turned:
    before: Any = change.before
    after: Any = change.after
    was, now = _owners(ground, change)
    if isinstance(after, Column):
        key = change.key
        had = replace(before, grants=_handed_over(before.grants, was, now))
        return between(f"TABLE {dotted(key.schema, key.parent)}", had, after, key.name)
    if not hasattr(after, "grants"):
        return Turned((), ())
    before = succeeded(before, was, now)
    turned = between(granted(change.key), before, after)
    if isinstance(after, Relation):
        turned = turned._replace(given=(*turned.given, *_kept_on_columns(ground, before, after)))
        along = [each for column in after.columns for each in _handed_along(ground, after.key, column, was, now)]
        return Turned(*((*own, *(said for each in along for said in each[side])) for side, own in enumerate(turned)))
    return turned


def _handed_along(ground: Ground, table: Key, column: Column, was: str, now: str) -> Iterator[Turned]:
    """Yield what has to be said of a column that has the same privileges on both sides, when its table's owner goes."""
    old = ground.a.column(Key(Kind.COLUMN, table.schema, column.name, table.name))
    if was != now and old is not None and old.grants == column.grants:
        had = replace(old, grants=_handed_over(old.grants, was, now))
        yield between(f"TABLE {dotted(table.schema, table.name)}", had, column, column.name)


def _owners(ground: Ground, change: Change) -> tuple[str, str]:
    """Return the owner before and after; a column has its relation's."""
    before: Any = change.before
    after: Any = change.after
    if isinstance(after, Column):
        before = ground.a.catalog.objects.get(ground.a.relation(change.key) or change.key)
        after = ground.b.catalog.objects.get(ground.b.relation(change.key) or change.key)
    was, now = getattr(before, "owner", ""), getattr(after, "owner", "")
    return (was, now) if ground.scope.owners else (now, now)


def succeeded(made: Any, was: str, now: str) -> Any:
    """Return an object with the privileges that it has when its owner has changed, as the server hands them over.

    The new owner takes the old one's place in every grant, and what it had been granted itself is its own then.
    """
    if was == now:
        return made
    revoked = {each._replace(grantee=now) if each.grantee == was else each for each in made.revokes}
    given = {(each.grantee, each.privilege) for each in made.grants}
    grants = tuple(each for each in _handed_over(made.grants, was, now) if each.grantee != now or each.grantable)
    revokes = tuple(sorted(each for each in revoked if (each.grantee, each.privilege) not in given))
    return replace(made, grants=grants, revokes=revokes)


def _handed_over(grants: Iterable[Grant], was: str, now: str) -> tuple[Grant, ...]:
    found: dict[tuple[str, str, str], Grant] = {}
    for each in grants:
        grantee = now if each.grantee == was else each.grantee
        grantor = "" if each.grantor == now else each.grantor
        before = found.get((grantee, each.privilege, grantor))
        grantable = each.grantable or (before is not None and before.grantable)
        found[grantee, each.privilege, grantor] = Grant(grantee, each.privilege, grantable, grantor)
    return tuple(found.values())


def _kept_on_columns(ground: Ground, before: Relation, after: Relation) -> Iterator[Said]:
    """Return GRANT for what columns keep: REVOKE on a relation takes the same from each of them."""
    gone = {*set(before.grants) - set(after.grants), *set(after.revokes) - set(before.revokes)}
    lost = {(each.grantee, each.privilege) for each in gone}
    passed_on = {each.privilege for each in gone if each.grantable}
    for column in after.columns:
        old = ground.a.column(Key(Kind.COLUMN, after.key.schema, column.name, after.key.name))
        had = [each for each in column.grants if old is not None and each in old.grants]
        again = [each for each in had if (each.grantee, each.privilege) in lost or each.privilege in passed_on]
        yield from grants.given(f"TABLE {dotted(after.key.schema, after.key.name)}", again, column.name)


__all__ = ["Object", "come", "made", "pieces", "succeeded"]
