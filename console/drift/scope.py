"""What of two sources takes part in a comparison: what is no tool's and no provider's, and what both state. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from console.catalog.compare import Scope
from console.catalog.ddl.kinship import parts
from console.catalog.model import (
    Catalog,
    Database,
    DefaultPrivileges,
    Edge,
    EventTrigger,
    Extension,
    ForeignDataWrapper,
    ForeignTable,
    Key,
    Kind,
    Member,
    Object,
    Relation,
    Server,
    Subscription,
    Table,
    UserMapping,
)
from console.catalog.system import Standing, standing
from console.drift.sources.kinds import Read, States
from console.migrations.ledgers.candidates import TOOLS, Found
from console.migrations.ledgers.ledger import Name
from console.text import sanitize

_FIXED = ("encoding", "collate", "ctype", "locale", "locale_provider", "tablespace")
_PUBLIC, _REMARK = Key(Kind.SCHEMA, "", "public"), "standard public schema"
OF_TOOLS = frozenset(tool.module.DEFAULT.schema for tool in TOOLS.values()) - {"public"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Both sides as they are compared, and in what; `notes` are sentences about what was left out."""

    a: Catalog
    b: Catalog
    scope: Scope
    notes: tuple[str, ...] = ()


def narrowed(a: Read, b: Read) -> Pair:
    """Return what takes part of both sides; edges lead only to what is left."""
    states = a.states & b.states
    providers = {each.provider for each in (a, b) if each.provider} or {""}
    away_a, away_b = _away(a, b, providers), _away(b, a, providers)
    left, right = _without(a.catalog, away_a), _without(b.catalog, away_b)
    notes = [*_left_out(a, away_a), *_left_out(b, away_b)]
    left, right = _stated(left, states), _stated(right, states)
    if states.database:
        notes += _unchangeable(left, right)
        right = of_one_kind(left, right)
    notes += _secret(left, right)
    if not states.extensions:
        right = _of_one_version(left, right)
    if not (a.live and b.live):
        right = _of_one_remark(left, right)
    if states.owners:
        left, right = _owned(left, a.role, right), _owned(right, b.role, left)
    scope = Scope(owners=states.owners, grants=states.grants, extension_versions=states.extensions)
    return Pair(left, right, scope, tuple(dict.fromkeys(notes)))


def _away(side: Read, other: Read, providers: Collection[str]) -> frozenset[Key]:
    """Return what takes no part: schemas that are nobody's own, ledgers, and what comes with a provider's server."""
    catalog = side.catalog
    gone = {key for key, made in catalog.objects.items() if _is_others(made, providers)}
    for table in ledgers(side):
        gone.update(parts(catalog, table))
    schemas = {key.schema for key in catalog.objects if key not in gone}
    gone.update(
        Key(Kind.SCHEMA, "", name)
        for name in OF_TOOLS - schemas
        if any(key.schema == name for key in gone) and Key(Kind.SCHEMA, "", name) in catalog.objects
    )
    if side.live:
        gone.update(_brought_along(catalog, other.catalog, providers))
    gone.update(key for key in side.brought if key in catalog.objects and key not in other.catalog.objects)
    called = (edge for edge in catalog.edges if edge.referenced in gone)
    gone.update(edge.dependent for edge in called if _is_event_trigger(catalog, edge))
    return frozenset(gone)


def ledgers(side: Read) -> Iterator[Key]:
    """Yield the tables in which a source's migrations are remembered: those that are known, else by their columns."""
    for table in side.catalog.of(Table):
        name = Name(table.key.schema, table.key.name)
        if name in side.ledgers or Found(name, {column.name: column.type for column in table.columns}).words:
            yield table.key


def _is_others(made: Object, providers: Collection[str]) -> bool:
    key = made.key
    schema = key.name if key.kind is Kind.SCHEMA else made.schema if isinstance(made, DefaultPrivileges) else key.schema
    return any(standing(schema, provider) is not Standing.USER for provider in providers)


def _brought_along(catalog: Catalog, other: Catalog, providers: Collection[str]) -> Iterator[Key]:
    """Yield the extensions in a provider's schemas that nobody has asked for on the other side."""
    for extension in catalog.of(Extension):
        if extension.key not in other.objects and any(
            standing(extension.schema, provider) is Standing.PROVIDER for provider in providers
        ):
            yield extension.key


def _is_event_trigger(catalog: Catalog, edge: Edge) -> bool:
    return isinstance(catalog.objects.get(edge.dependent), EventTrigger)


def _without(catalog: Catalog, gone: Collection[Key]) -> Catalog:
    if not gone:
        return catalog
    relations = {(key.schema, key.name) for key in gone if isinstance(catalog.objects[key], Relation)}

    def stays(key: Key) -> bool:
        return key not in gone and not (key.kind is Kind.COLUMN and (key.schema, key.parent) in relations)

    return replace(
        catalog,
        objects={key: made for key, made in catalog.objects.items() if stays(key)},
        edges=tuple(edge for edge in catalog.edges if stays(edge.dependent) and stays(edge.referenced)),
        locked={key: pid for key, pid in catalog.locked.items() if stays(key)},
    )


def _stated(catalog: Catalog, states: States) -> Catalog:
    """Return a catalog without the objects that are nothing but what one of the sides does not state."""
    unsaid: list[type[Object]] = []
    if not states.grants:
        unsaid += [DefaultPrivileges, Member]
    if not states.database:
        unsaid.append(Database)
    gone = {key for key, made in catalog.objects.items() if isinstance(made, tuple(unsaid))}
    found = _without(catalog, gone)
    return found if states.database else replace(found, roles={})


def of_one_kind(left: Catalog, right: Catalog) -> Catalog:
    """Return the right side with what no statement can change of the database it is in: that of the left one."""
    return _likened(left, right, Database, _FIXED)


def _of_one_version(left: Catalog, right: Catalog) -> Catalog:
    return _likened(left, right, Extension, ("version", "comment", "relocatable"))


def _of_one_remark(left: Catalog, right: Catalog) -> Catalog:
    """Return the right side without a difference in the remark that a new database has on its schema public."""
    mine, theirs = left.objects.get(_PUBLIC), right.objects.get(_PUBLIC)
    if mine is None or theirs is None or {mine.comment, theirs.comment} != {None, _REMARK}:
        return right
    return replace(right, objects={**right.objects, _PUBLIC: replace(theirs, comment=mine.comment)})


def _likened(left: Catalog, right: Catalog, kind: type[Any], names: Collection[str]) -> Catalog:
    alike = {
        made.key: replace(made, **{name: getattr(own, name) for name in names})
        for made in right.of(kind)
        if isinstance(own := left.objects.get(made.key), kind)
    }
    return replace(right, objects={**right.objects, **alike}) if alike else right


def _owned(side: Catalog, role: str, other: Catalog) -> Catalog:
    """Return a side whose objects that nobody has said an owner of belong to whom they do on the other side."""
    if not role:
        return side
    objects = {key: _of_the_same(made, role, other.objects.get(key)) for key, made in side.objects.items()}
    return replace(side, objects=objects)


def _of_the_same(made: Any, role: str, other: Any) -> Any:
    if getattr(made, "owner", None) != role or not getattr(other, "owner", "") or other.owner == role:
        return made
    return replace(made, owner=other.owner)


def _unchangeable(left: Catalog, right: Catalog) -> Iterator[str]:
    for mine in left.of(Database):
        theirs = right.objects.get(mine.key)
        if isinstance(theirs, Database):
            for name in _FIXED:
                was, now = getattr(mine, name), getattr(theirs, name)
                if was != now:
                    said = f"{sanitize(str(was or 'none'))}, {sanitize(str(now or 'none'))}"
                    yield f"the databases differ in {name.replace('_', ' ')}, which no statement can change: {said}"


def _secret(left: Catalog, right: Catalog) -> Iterator[str]:
    """Say what both sides have and nobody reads."""
    kept = [f"{', '.join(names)} of {key.kind} {key}" for key, names in _secrets(left) if key in right.objects]
    if kept:
        yield f"not compared, as it is secret: {sanitize('; '.join(kept))}"


def _secrets(catalog: Catalog) -> Iterator[tuple[Key, tuple[str, ...]]]:
    for key, made in catalog.objects.items():
        if isinstance(made, Subscription):
            yield key, ("connection",)
        elif isinstance(made, UserMapping | Server | ForeignDataWrapper | ForeignTable) and made.hidden:
            yield key, made.hidden


def _left_out(side: Read, gone: Collection[Key]) -> Iterator[str]:
    for table in ledgers(side):
        if table in gone and standing(table.schema) is Standing.USER:
            yield f"left out: {sanitize(str(table))}, the record of a migration tool"
    schemas = sorted(key.name for key in gone if key.kind is Kind.SCHEMA and standing(key.name) is not Standing.CONSOLE)
    named = [name for name in schemas if name not in OF_TOOLS or standing(name, side.provider) is not Standing.USER]
    if named:
        yield f"left out: the schemas {', '.join(map(sanitize, named))}, which are the provider's or an extension's"
