"""Which part of a target's catalog can be made in a shadow that lacks some of its extensions. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from console.catalog.ddl.kinship import parts
from console.catalog.ddl.scene import Scene
from console.catalog.model import Catalog, Extension, Key, Kind, Member, Object, Relation, Subscription
from console.catalog.system import OWN_SCHEMA
from console.migrations.rehearsal.verdict import LeftOut
from console.text import plural, sanitize

_NAMED = 3  # of the objects that need what is missing


def fitting(catalog: Catalog, available: Collection[str]) -> tuple[Catalog, tuple[LeftOut, ...]]:
    """Return the catalog without what cannot be made where only these extensions are, and what that is.

    The console's own schema is left out without a word (a runner makes it where it is missing), and tablespaces, which
    belong to a server.
    """
    missing = {each.key for each in catalog.of(Extension) if not each.preinstalled and each.key.name not in available}
    gone = _with_dependents(catalog, missing)
    hidden = frozenset(key for key in catalog.locked if key not in gone)
    subscriptions = {each.key for each in catalog.of(Subscription)}
    members = {each.key for each in catalog.of(Member) if each.extension in {key.name for key in missing}}
    away = gone | hidden | subscriptions | members
    objects = {key: _bare(made) for key, made in catalog.objects.items() if key not in away and not _own(key)}
    left_out = (*_extensions(missing, gone - missing), *_hidden(hidden), *_subscriptions(subscriptions))
    return replace(catalog, objects=objects, locked={}), left_out


def _with_dependents(catalog: Catalog, missing: Iterable[Key]) -> frozenset[Key]:
    """Return the extensions, all that needs them, all that needs that, and what belongs to it."""
    gone, new = frozenset[Key](), frozenset(missing)
    needs = Scene(catalog, frozenset(catalog.objects)).needs if new else {}
    while new:
        gone |= new
        belonging = frozenset(part for key in new if _has_parts(catalog, key) for part in parts(catalog, key))
        new = (belonging | {key for key, needed in needs.items() if needed & gone}) - gone
    return gone


def _has_parts(catalog: Catalog, key: Key) -> bool:
    return isinstance(catalog.objects.get(key), Relation)


def _own(key: Key) -> bool:
    return OWN_SCHEMA in (key.schema, key.name if key.kind is Kind.SCHEMA else "")


def _bare(made: Object) -> Object:
    """Return an object in the database's own tablespace."""
    if not any(each.name == "tablespace" for each in fields(made)):
        return made
    there: Any = made
    return replace(there, tablespace="") if there.tablespace else made


def _extensions(missing: Iterable[Key], dependents: Collection[Key]) -> Iterator[LeftOut]:
    whole = sorted(str(key) for key in dependents if key.kind in (Kind.TABLE, Kind.VIEW, Kind.FUNCTION))
    said = ""
    if dependents:
        named = ", ".join(sanitize(name) for name in whole[:_NAMED])
        rest = len(dependents) - len(whole[:_NAMED])
        more = plural(rest, "other object") if named else plural(rest, "object")
        said = f"; {' and '.join(part for part in (named, more if rest else '') if part)} went with it"
    for key in sorted(missing):
        yield LeftOut(f"extension {sanitize(key.name)}", f"the shadow does not have it{said}")


def _hidden(keys: Iterable[Key]) -> Iterator[LeftOut]:
    for key in sorted(keys):
        yield LeftOut(f"{key.kind} {sanitize(str(key))}", "an exclusive lock hides its definition")


def _subscriptions(keys: Iterable[Key]) -> Iterator[LeftOut]:
    for key in sorted(keys):
        yield LeftOut(f"subscription {sanitize(key.name)}", "it would speak to another server")
