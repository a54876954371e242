"""Lays what migrations make of an empty database beside a target: what is there, missing, different. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from console.catalog.compare import Action, Change, Difference, compare
from console.catalog.model import (
    Catalog,
    Column,
    Extension,
    ForeignTable,
    Index,
    Key,
    Kind,
    Member,
    Object,
    Relation,
    Sequence,
    Table,
)
from console.migrations.audit.facts import Comparison, ExtensionFound, Found, Item, Offer, Rows, TableFound
from console.migrations.report import deeds
from console.migrations.report.rehearsing import Rehearsed
from console.text import sanitize

_BY_ROLE = frozenset({Kind.DEFAULT_PRIVILEGES, Kind.ROLE})  # who they are about depends on the server
_ALIKE = frozenset({"type", "not_null"})  # what of a column is the same text on every version
_LOCKED = "an exclusive lock hides what it is"
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Step:
    """What is said of a migration: its label, and whether it is pending."""

    label: str
    pending: bool


def decide(rehearsed: Rehearsed, steps: Mapping[str, Step], target: Catalog, offered: Mapping[str, str]) -> Comparison:
    """Compare what the steps made with the target. `offered` are the versions of the extensions it could make.

    Owners, privileges and versions of extensions are left out: they depend on the server. Roles, too.
    """
    assert rehearsed.applied is not None
    known = _Known(rehearsed, rehearsed.applied, steps, target)
    expected = known.expected()
    relations = [key for key in expected if isinstance(known.made.get(key), Table | ForeignTable)]
    extensions = [key for key in expected if key.kind is Kind.EXTENSION]
    apart = {*relations, *extensions}
    return Comparison(
        tables=tuple(known.table(key, whole=key in known.creators) for key in relations),
        objects=tuple(known.item(key) for key in expected if key not in apart),
        extensions=tuple(_extension(known.item(key), target, offered) for key in extensions),
        besides=tuple(sorted(_besides(target, relations))),
    )


def _besides(target: Catalog, relations: Iterable[Key]) -> Iterator[Key]:
    known = frozenset(relations)
    for each in target.of(Table):
        if each.key not in known and deeds.ours(each.key, ""):
            yield each.key


def _extension(item: Item, target: Catalog, offered: Mapping[str, str]) -> ExtensionFound:
    there, name = target.objects.get(item.key), item.key.name
    if isinstance(there, Extension):
        return ExtensionFound(item, Offer.INSTALLED, there.version)
    return ExtensionFound(item, Offer.AVAILABLE if name in offered else Offer.ABSENT, offered.get(name, ""))


class _Known:
    """Both catalogs, and what follows from them for each object."""

    def __init__(self, rehearsed: Rehearsed, applied: Catalog, steps: Mapping[str, Step], target: Catalog) -> None:
        self.made, self.target = applied.objects, target
        self._applied, self._steps = applied, steps
        self.comparable = rehearsed.major == target.version // 10000
        self.creators = deeds.made(rehearsed, list(rehearsed.steps), target, "").creators
        self._touched = {change.key: version for version, some in rehearsed.steps.items() for change in some}
        self._changes: defaultdict[Key, list[Change]] = defaultdict(list)
        self._of_columns: defaultdict[tuple[str, str], list[Change]] = defaultdict(list)
        for change in compare(applied, target, owners=False, grants=False, extension_versions=False):
            self._changes[change.key].append(change)
            if change.key.kind is Kind.COLUMN:
                self._of_columns[change.key.schema, change.key.parent].append(change)

    def expected(self) -> list[Key]:
        """Return what the steps made and left, in order; a table, too, of which they only made a column."""
        found = set[Key]()
        for key in self.creators:
            if key.kind in _BY_ROLE or deeds.find(self._applied, key) is None:
                continue
            whole = self._relation(key) if key.kind is Kind.COLUMN else key
            if whole is not None and not isinstance(self.made.get(whole), Member):
                found.add(whole)
        return sorted(found)

    def item(self, key: Key) -> Item:
        """Return how an object stands."""
        if deeds.find(self.target, key) is None:
            return self._item(key, Found.MISSING, by=self.creators)
        said = "; ".join(self._said(key))
        if said:
            return self._item(key, Found.DIFFERS, said, by=self._touched)
        if key in self.target.locked:
            return self._item(key, Found.UNKNOWN, _LOCKED, by=self.creators)
        return self._item(key, Found.PRESENT, by=self.creators)

    def table(self, key: Key, *, whole: bool) -> TableFound:
        """Return how a table and its columns stand; of one that was there before (not `whole`) only new columns."""
        relation, there = self.made[key], self.target.objects.get(key)
        assert isinstance(relation, Relation)
        was = {column.name: column for column in relation.columns}
        now = {column.name: column for column in there.columns} if isinstance(there, Relation) else {}
        names = [name for name in was if whole or _column(key, name) in self.creators]
        columns = [self._column(key, was[name], now.get(name)) for name in names]
        if whole:
            columns += [_extra(key, column) for name, column in now.items() if name not in was]
        item = self.item(key) if whole or there is None else self._item(key, Found.PRESENT, by=self.creators)
        measure = self.target.measures.get(key)
        return TableFound(item, tuple(columns), Rows(measure.rows if measure is not None else None))

    def _column(self, table: Key, was: Column, now: Column | None) -> Item:
        key = _column(table, was.name)
        by = self.creators if key in self.creators else {key: self.creators.get(table, "")}
        if now is None:
            return self._item(key, Found.MISSING, by=by, expected=was.type)
        said = "; ".join(self._said(key))
        if said:
            by = self._touched if key in self._touched else by
            return self._item(key, Found.DIFFERS, said, by=by, expected=was.type, found=now.type)
        status, detail = (Found.UNKNOWN, _LOCKED) if now.locked else (Found.PRESENT, "")
        return self._item(key, status, detail, by=by, expected=was.type, found=now.type)

    def _said(self, key: Key) -> Iterator[str]:
        """Say in what an object or a column differs; columns of a view belong to the view."""
        for change in self._changes.get(key, ()):
            match change.action:
                case Action.ALTER:
                    yield from map(_sentence, self._compared(change))
                case Action.REORDER if self.comparable:
                    yield "its columns are in another order"
                case Action.DROP:  # and made, as something else
                    yield "it is made in another way"
        if self.comparable and key.kind in (Kind.VIEW, Kind.MATERIALIZED_VIEW):
            for change in self._of_columns.get((key.schema, key.name), ()):
                yield from (f"column {change.key.name}: {_sentence(each)}" for each in change.differences)

    def _compared(self, change: Change) -> Iterator[Difference]:
        if self.comparable:
            yield from change.differences
            return
        for each in change.differences if change.key.kind is Kind.COLUMN else ():
            if each.attribute in _ALIKE and (each.attribute == "type" or (each.before is None) != (each.after is None)):
                yield each

    def _item(
        self,
        key: Key,
        status: Found,
        detail: str = "",
        *,
        by: Mapping[Key, str],
        expected: str | None = None,
        found: str | None = None,
    ) -> Item:
        step = self._steps.get(by.get(key, ""))
        label, pending = (step.label, step.pending) if step is not None else ("", False)
        return Item(key, status, detail, label, pending, expected, found, _relation_of(key, self.made.get(key)))

    def _relation(self, column: Key) -> Key | None:
        keys = (Key(kind, column.schema, column.parent) for kind in (Kind.TABLE, Kind.FOREIGN_TABLE))
        return next((key for key in keys if key in self.made), None)


def _column(table: Key, name: str) -> Key:
    return Key(Kind.COLUMN, table.schema, name, table.name)


def _extra(table: Key, column: Column) -> Item:
    return Item(_column(table, column.name), Found.EXTRA, found=column.type, relation=(table.schema, table.name))


def _relation_of(key: Key, made: Object | None) -> tuple[str, str] | None:
    """Return the table whose part an object is: an index's, an owned sequence's, else what the key says."""
    if isinstance(made, Index):
        return made.table.schema, made.table.name
    if isinstance(made, Sequence) and made.owned_by is not None:
        return made.owned_by.owner_relation
    return key.owner_relation


def _sentence(difference: Difference) -> str:
    """Say in what an attribute differs: both values where they are short."""
    name, was, now = difference
    word = name.replace("_", " ")
    if name == "not_null" and (was is None or now is None):
        return "NULL is allowed" if now is None else "NULL is not allowed"
    if _is_short(was) and _is_short(now):
        return f"{word}: {_shown(now)}, expected {_shown(was)}"
    return f"{word} differs" if name != "definition" else "its definition differs"


def _is_short(value: object) -> bool:
    return isinstance(value, str | bool | int | None) and len(str(value)) <= _SHORT and "\n" not in str(value)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return sanitize(str(value)) if value not in (None, "") else "nothing"
