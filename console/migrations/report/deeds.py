"""What each step made, looked up in the target: from the catalogs' differences alone, without a server."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from console.catalog.compare import Action, Change, compare
from console.catalog.model import Catalog, Column, Key, Kind, Object, Relation
from console.catalog.system import Standing, standing
from console.migrations.report.facts import Deed, Now
from console.migrations.report.rehearsing import Rehearsed
from console.text import plural

_NOTHING: Mapping[Key, str] = {}
_OUTSIDE = frozenset({Kind.ROLE, Kind.LARGE_OBJECT})


@dataclass(frozen=True, slots=True)
class Made:
    """What the steps made of an empty database, beside the target as it is.

    `creators` are the versions of the applied steps that made what there is now, also of columns that were added.
    `differing` says in what an object of the target is not as the steps made it; empty where `comparable` is false.
    """

    steps: Mapping[str, tuple[Change, ...]]
    creators: Mapping[Key, str]
    differing: Mapping[Key, str]
    target: Catalog
    applied: Catalog | None
    comparable: bool


def made(rehearsed: Rehearsed, order: Sequence[str], target: Catalog, provider: str) -> Made:
    """Lay what was rehearsed beside the target. `order` are the applied versions in the order of their application.

    The texts of catalogs of different major versions are not compared, only names and kinds.
    """
    steps = {version: _ours(changes, provider) for version, changes in rehearsed.steps.items()}
    comparable = rehearsed.major == target.version // 10000
    differing = _differing(rehearsed.applied, target) if comparable and rehearsed.applied is not None else _NOTHING
    return Made(steps, _creators(steps, order), differing, target, rehearsed.applied, comparable)


def ours(key: Key, provider: str) -> bool:
    """Tell whether an object is a person's: neither the console's own nor the provider's nor the server's."""
    if key.kind in _OUTSIDE:
        return False
    schema = key.name if key.kind is Kind.SCHEMA else key.schema
    return not schema or standing(schema, provider) is Standing.USER


def deeds(known: Made, version: str, *, applied: bool) -> tuple[Deed, ...]:
    """Return what a step does, in the order of the objects: what it creates, what it alters, what it drops."""
    changes = known.steps.get(version, ())
    created = [_created(known, change, applied=applied) for change in changes if change.action is Action.CREATE]
    dropped = [Deed(change.action, change.key, _gone(applied)) for change in changes if change.action is Action.DROP]
    return (*created, *_altered(known, changes, applied=applied), *dropped)


def _ours(changes: Iterable[Change], provider: str) -> tuple[Change, ...]:
    return tuple(change for change in changes if ours(change.key, provider))


def _creators(steps: Mapping[str, Iterable[Change]], order: Iterable[str]) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for version in order:
        for change in steps.get(version, ()):
            if change.action is Action.CREATE:
                found[change.key] = version
            elif change.action is Action.DROP:
                found.pop(change.key, None)
    return found


def _differing(applied: Catalog, target: Catalog) -> dict[Key, str]:
    """Say what of each object (a column counts for its table) is not in the target as the steps made it.

    Who owns it and who was granted what depends on the server, as does an extension's version.
    """
    said: defaultdict[Key, list[str]] = defaultdict(list)
    for change in compare(applied, target, owners=False, grants=False, extension_versions=False):
        if change.action is Action.ALTER:
            names = _attributes(change)
            said[change.key].append(names)
            if change.key.kind is Kind.COLUMN:
                said[_owner(change.key, applied)].append(f"column {change.key.name}: {names}")
        elif change.key.kind is Kind.COLUMN:
            word = "is missing" if change.action is Action.DROP else "is besides"
            said[_owner(change.key, applied)].append(f"column {change.key.name} {word}")
        elif change.action is Action.REORDER:
            said[change.key].append("order of columns")
    return {key: "; ".join(parts) for key, parts in said.items()}


def _created(known: Made, change: Change, *, applied: bool) -> Deed:
    key, there = change.key, find(known.target, change.key)
    if not applied:
        return Deed(change.action, key, Now.PENDING, made=change.after)
    if known.applied is not None and find(known.applied, key) is None:
        return Deed(change.action, key, Now.GONE, "a later step drops it", change.after)
    if there is None:
        return Deed(change.action, key, Now.MISSING, made=change.after)
    detail = known.differing.get(key, "")
    return Deed(change.action, key, Now.DIFFERS if detail else Now.PRESENT, detail, change.after)


def _altered(known: Made, changes: Iterable[Change], *, applied: bool) -> Iterator[Deed]:
    """Gather what is altered of an object and of its columns into one line each."""
    own: dict[Key, list[str]] = {}
    columns: defaultdict[Key, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        if change.action not in (Action.ALTER, Action.REORDER):
            continue
        names = _attributes(change)
        if change.key.kind is Kind.COLUMN:
            relation = _owner(change.key, known.target, known.applied)
            own.setdefault(relation, [])
            columns[relation][names].append(change.key.name)
        else:
            own.setdefault(change.key, []).append("order of columns" if change.action is Action.REORDER else names)
    for key, parts in sorted(own.items()):
        said = [f"{_columns(some)}: {names}" for names, some in columns[key].items()]
        yield Deed(Action.ALTER, key, _now(known, key, applied=applied), "; ".join((*parts, *said)))


def _attributes(change: Change) -> str:
    return ", ".join(difference.attribute.replace("_", " ") for difference in change.differences)


def _columns(names: Sequence[str]) -> str:
    return f"column {names[0]}" if len(names) == 1 else plural(len(names), "column")


def _now(known: Made, key: Key, *, applied: bool) -> Now:
    if not applied:
        return Now.PENDING
    if find(known.target, key) is None and key.kind is not Kind.ROLE:
        gone = known.applied is not None and find(known.applied, key) is None
        return Now.GONE if gone else Now.MISSING
    return Now.DIFFERS if key in known.differing else Now.PRESENT


def _gone(applied: bool) -> Now:
    return Now.GONE if applied else Now.PENDING


def _owner(column: Key, *catalogs: Catalog | None) -> Key:
    """Return the identity of a column's relation, whose kind the column does not tell."""
    kinds = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.TYPE)
    keys = [Key(kind, column.schema, column.parent) for kind in kinds]
    return next((key for catalog in catalogs if catalog for key in keys if key in catalog.objects), keys[0])


def find(catalog: Catalog, key: Key) -> Object | Column | None:
    """Return an object, or a column, of a catalog."""
    if key.kind is not Kind.COLUMN:
        return catalog.objects.get(key)
    relation = catalog.objects.get(_owner(key, catalog))
    columns = relation.columns if isinstance(relation, Relation) else ()
    return next((column for column in columns if column.name == key.name), None)
