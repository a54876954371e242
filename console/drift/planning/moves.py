"""Objects that differ by their schema alone: they are moved there, with their rows and all that is bound to them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from console.catalog.compare import Action, Change, Difference
from console.catalog.ddl.naming import described
from console.catalog.model import (
    BaseType,
    Catalog,
    Domain,
    ForeignTable,
    Index,
    Key,
    Kind,
    Object,
    Range,
    Relation,
    Routine,
    Sequence,
    ShellType,
    Table,
)
from console.drift.ground import Ground, Side
from console.drift.planning.renaming import mapped
from console.sql.quoting import dotted, ident

_ROUTINES = (Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE)
_KINDS = (
    *(Kind.TABLE, Kind.FOREIGN_TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.SEQUENCE, Kind.TYPE, Kind.DOMAIN),
    *(Kind.COLLATION, Kind.TEXT_SEARCH_CONFIGURATION, Kind.TEXT_SEARCH_DICTIONARY, *_ROUTINES),
)
# What an object may differ in and be the same one: it is altered afterwards.
_ALTERED = frozenset({"oid", "owner", "grants", "revokes", "comment", "security_labels", "extensions", "columns"})
_OF_TABLES = ("partition_key", "of_type", "server")
_UNSEEN = frozenset({"name", "comment", "owner", "label", "labels", "grantee", "grantor"})  # no SQL of ours


@dataclass(frozen=True, slots=True)
class Move:
    """One object that gets another schema; `text` is the statement, by the names that there are by then."""

    old: Key
    new: Key
    text: str

    def change(self, a: Catalog, b: Catalog) -> Change:
        """Return the move as a change."""
        told = (Difference("schema", self.old.schema, self.new.schema),)
        return Change(Action.RENAME, self.new, a.objects[self.old], b.objects[self.new], told)


def found(ground: Ground, changes: Iterable[Change], rebuilt: Collection[Key]) -> tuple[Move, ...]:
    """Return what is moved: of one name and sort, alone on both sides, and the same but for the schemas in its texts.

    Of tables the columns are the same, the rest is altered behind it. What is `rebuilt` is made anew anyway.
    """
    a, b = ground.a.catalog, ground.b.catalog
    names = {old: new for old, new in _pairs(changes) if old not in rebuilt}
    while names:
        moving = _Moved(a, names)
        after = moving.catalog_then().objects
        stays = [
            old for old, new in names.items()
            if old in moving.clashes or not _is_same(after.get(new), b.objects[new])
        ]  # fmt: skip
        if not stays:
            turn = sorted(names.items(), key=lambda pair: (pair[0].kind in _ROUTINES, pair))  # they name types
            return tuple(Move(old, new, moving.statement(old, after[new])) for old, new in turn)
        for old in stays:
            del names[old]
    return ()


def moved(catalog: Catalog, names: Mapping[Key, Key]) -> Catalog:
    """Return a catalog in which some objects have another schema, as the server would show it."""
    return _Moved(catalog, names).catalog_then()


def _pairs(changes: Iterable[Change]) -> Iterator[tuple[Key, Key]]:
    gone: defaultdict[object, list[Key]] = defaultdict(list)
    come: defaultdict[object, list[Key]] = defaultdict(list)
    for change in changes:
        made = change.before if change.action is Action.DROP else change.after
        if change.action in (Action.DROP, Action.CREATE) and isinstance(made, Object) and _can_move(made):
            side = gone if change.action is Action.DROP else come
            side[type(made), made.key.kind, made.key.name, _arguments(made.key)].append(made.key)
    for sort, keys in gone.items():
        if len(keys) == 1 and len(come.get(sort, ())) == 1 and keys[0].schema != come[sort][0].schema:
            yield keys[0], come[sort][0]


def _arguments(key: Key) -> str:
    """Return what tells overloads apart; of types that may be moved themselves only the number is sure."""
    return key.args if "." not in key.args else str(key.args.count(","))


def _can_move(made: Object) -> bool:
    """Tell whether an object can be moved by itself; the multirange of a range stays where it is."""
    if isinstance(made, Sequence) and (made.owned_by is not None or made.identity):
        return False
    return made.key.kind in _KINDS and not isinstance(made, BaseType | Range | ShellType)


def _is_same(was: Any, now: Any) -> bool:
    if type(was) is not type(now):
        return False
    if isinstance(was, Table | ForeignTable):
        columns = [{(each.name, each.type) for each in made.columns} for made in (was, now)]
        same = (getattr(was, name, None) == getattr(now, name, None) for name in _OF_TABLES)
        return columns[0] == columns[1] and all(same)
    names = (each.name for each in fields(was) if each.compare and each.name not in _ALTERED)
    return all(getattr(was, name) == getattr(now, name) for name in names)


class _Moved:
    """A catalog and what gets another schema in it: objects, by their keys before and after."""

    def __init__(self, catalog: Catalog, names: Mapping[Key, Key]) -> None:
        self.catalog, self.names = catalog, names

    @cached_property
    def schemas(self) -> Mapping[Key, str]:
        """The new schema of each object that is moved, and of what goes along: indexes and own sequences."""
        side = Side(self.catalog)
        found = {old: new.schema for old, new in self.names.items()}
        for old, new in self.names.items():
            parts = (self.catalog.objects[part] for part in side.parts.get(old, ()))
            found |= {part.key: new.schema for part in parts if isinstance(part, Index | Sequence)}
        return found

    @cached_property
    def clashes(self) -> frozenset[Key]:
        """What cannot be moved: its new name is taken, or what shares its old one stays, so that texts are unclear."""
        names: defaultdict[tuple[str, str], list[Key]] = defaultdict(list)
        for key in self.catalog.objects:
            if not key.parent:
                names[key.schema, key.name].append(key)
        stuck = {
            key for key, schema in self.schemas.items()
            if names.get((schema, key.name)) or any(each not in self.schemas for each in names[key.schema, key.name])
        }  # fmt: skip
        side = Side(self.catalog)
        wholes = (side.whole_of(self.catalog.objects[key]) or key for key in stuck)
        return frozenset({*stuck, *wholes})

    @cached_property
    def _relations(self) -> Mapping[tuple[str, str], str]:
        """The new schema of relations and domains, of which parts are named by schema and name."""
        kept = Relation | Domain
        moving = (key for key in self.names if isinstance(self.catalog.objects[key], kept))
        return {(key.schema, key.name): self.names[key].schema for key in moving}

    def key(self, key: Key) -> Key:
        """Return what a key is then."""
        schema = self.schemas.get(key) or self._relations.get((key.schema, key.parent), key.schema)
        name = key.name if key.kind not in (Kind.CAST, Kind.TRANSFORM) else self._text(key.name)
        return key._replace(schema=schema, name=name, args=self._text(key.args))

    def statement(self, old: Key, after: Object) -> str:
        """Return ALTER … SET SCHEMA; what is moved before is spoken of by its new name."""
        there = described(replace(after, key=after.key._replace(schema=old.schema)))
        return f"ALTER {there} SET SCHEMA {ident(after.key.schema)}"

    def catalog_then(self) -> Catalog:
        """Return the catalog when all is moved."""
        objects = {}
        for made in self.catalog.objects.values():
            other = mapped(made, self.key, self._in_text_of(made))
            objects[other.key] = other
        edges = tuple(
            each._replace(dependent=self.key(each.dependent), referenced=self.key(each.referenced))
            for each in self.catalog.edges
        )
        measures = {self.key(key): measure for key, measure in self.catalog.measures.items()}
        return replace(self.catalog, objects=objects, edges=edges, measures=measures)

    def _in_text_of(self, made: Object) -> Callable[[str, str], str]:
        """Return how the texts of an object are rewritten; the server does not look into the source of a routine."""

        def rewritten(text: str, field: str) -> str:
            if field in _UNSEEN or (field == "source" and isinstance(made, Routine)):
                return text
            if isinstance(made, Routine) and field == "definition" and not made.sql_body:
                head, mark, source = text.partition("\nAS ")
                return f"{self._text(head)}{mark}{source}"
            return self._text(text)

        return rewritten

    def _text(self, text: str) -> str:
        if "." not in text:
            return text
        return self._pattern.sub(self._said, text)

    def _said(self, found: re.Match[str]) -> str:
        """Return a name as it is then; what stands between quotes is a name only where it is cast to one."""
        if found["cast"] is not None:
            return self._names.sub(lambda name: self._dotted[name[0]], found[0])
        return self._dotted.get(found[0], found[0])

    @cached_property
    def _dotted(self) -> Mapping[str, str]:
        return {dotted(key.schema, key.name): dotted(schema, key.name) for key, schema in self.schemas.items()}

    @cached_property
    def _names(self) -> re.Pattern[str]:
        some = "|".join(map(re.escape, sorted(self._dotted, key=len, reverse=True)))
        return re.compile(rf'(?<![\w"$.])(?:{some})(?![\w"$])')

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(rf"""{self._names.pattern}|'(?:[^']|'')*'(?P<cast>::reg\w+)?|"(?:[^"]|"")*\"""")
