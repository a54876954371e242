"""What objects of all kinds have: owner, privileges, comment, security labels. None of it needs the object anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from console.catalog.compare import Action, Change, Difference
from console.catalog.ddl import grants
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
from console.drift.ground import Ground
from console.drift.pieces import Piece
from console.sql.quoting import dotted, ident, literal, role

_SHARED = frozenset({"owner", "grants", "revokes", "comment", "security_labels"})


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
        texts = tuple(_privileges(ground, change))
        found.append(Piece("revoked", tuple(text for text in texts if text.startswith("REVOKE"))))
        found.append(Piece("granted", tuple(text for text in texts if text.startswith("GRANT"))))
    if "comment" in shared:
        found.append(Piece("comment", (f"COMMENT ON {_on(change)} IS {_text(change.after.comment)}",)))
    if "security_labels" in shared:
        found.append(Piece("labels", tuple(_labels(change))))
    return tuple(each for each in found if each.texts), rest


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


def _privileges(ground: Ground, change: Change) -> Iterator[str]:
    before: Any = change.before
    after: Any = change.after
    was, now = _owners(ground, change)
    if isinstance(after, Column):
        yield from _of_column(change.key, _handed_over(before.grants, was, now), after.grants)
    elif hasattr(after, "grants"):
        before = succeeded(before, was, now)
        yield from between(granted(change.key), before, after)
        if isinstance(after, Relation):
            yield from _kept_on_columns(ground, before, after)


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
    found: dict[tuple[str, str], Grant] = {}
    for each in grants:
        grantee = now if each.grantee == was else each.grantee
        before = found.get((grantee, each.privilege))
        grantable = each.grantable or (before is not None and before.grantable)
        found[grantee, each.privilege] = each._replace(grantee=grantee, grantable=grantable)
    return tuple(found.values())


def between(on: str, before: Any, after: Any) -> Iterator[str]:
    """Return REVOKE and GRANT that turn one object's privileges into another's; `on` is what they are on."""
    # A default privilege that was taken away and is not any more is given back; the other way round it is taken.
    back = [each for each in before.revokes if each not in after.revokes]
    away = [each for each in after.revokes if each not in before.revokes]
    gone, come = _difference(before.grants, after.grants)
    owner = getattr(after, "owner", "")
    options = [each for each in gone if _only_option(each, come, owner)]
    yield from _revoked(on, [*(each for each in gone if each not in options), *away])
    for each in options:
        yield f"REVOKE GRANT OPTION FOR {each.privilege} ON {on} FROM {role(each.grantee)} CASCADE"
    # Those who got it from somebody who may not give it any more have lost it by now.
    lost = {each.privilege for each in gone if each.grantable}
    again = [each for each in after.grants if each.privilege in lost and each not in come]
    come = [each for each in come if each._replace(grantable=True) not in options]
    yield from grants.statements(on, [*back, *come, *again], ())


def _kept_on_columns(ground: Ground, before: Relation, after: Relation) -> Iterator[str]:
    """Return GRANT for what columns keep: REVOKE on a relation takes the same from each of them."""
    gone = {*_difference(before.grants, after.grants)[0], *set(after.revokes) - set(before.revokes)}
    lost = {(each.grantee, each.privilege) for each in gone}
    passed_on = {each.privilege for each in gone if each.grantable}
    kept = []
    for column in after.columns:
        old = ground.a.column(Key(Kind.COLUMN, after.key.schema, column.name, after.key.name))
        had = [each for each in column.grants if old is not None and each in old.grants]
        again = (each for each in had if (each.grantee, each.privilege) in lost or each.privilege in passed_on)
        kept.append(replace(column, grants=tuple(again)))
    yield from grants.columns(after.key, kept)


def _of_column(key: Key, before: tuple[Grant, ...], after: tuple[Grant, ...]) -> Iterator[str]:
    gone, come = _difference(before, after)
    on = f"TABLE {dotted(key.schema, key.parent)}"
    for grant in gone:
        ending = " CASCADE" if grant.grantable else ""
        yield f"REVOKE {grant.privilege} ({ident(key.name)}) ON {on} FROM {role(grant.grantee)}{ending}"
    lost = {each.privilege for each in gone if each.grantable}
    for grant in sorted({*come, *(each for each in after if each.privilege in lost)}):
        option = " WITH GRANT OPTION" if grant.grantable else ""
        yield f"GRANT {grant.privilege} ({ident(key.name)}) ON {on} TO {role(grant.grantee)}{option}"


def _difference(before: Iterable[Grant], after: Iterable[Grant]) -> tuple[list[Grant], list[Grant]]:
    was, now = set(before), set(after)
    return sorted(was - now), sorted(now - was)


def _only_option(gone: Grant, come: Iterable[Grant], owner: str) -> bool:
    """Tell whether a privilege stays, and only the right to give it goes."""
    return gone.grantable and (gone.grantee == owner or gone._replace(grantable=False) in come)


def _revoked(on: str, gone: Iterable[Grant]) -> Iterator[str]:
    for grant in gone:
        ending = " CASCADE" if grant.grantable else ""
        yield f"REVOKE {grant.privilege} ON {on} FROM {role(grant.grantee)}{ending}"


__all__ = ["Object", "between", "pieces"]
