"""Constraints and indexes that differ by name alone: they are renamed, which builds and checks nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace

from console.catalog.compare import Action, Change, Difference
from console.catalog.ddl.kinship import parents
from console.catalog.implied import is_clone
from console.catalog.model import Catalog, Constraint, Edge, Index, Key, Kind, Object
from console.drift.ground import Ground
from console.sql.quoting import dotted, ident

Part = Constraint | Index
_RELATIONS = (
    Kind.TABLE,
    Kind.VIEW,
    Kind.MATERIALIZED_VIEW,
    Kind.FOREIGN_TABLE,
    Kind.INDEX,
    Kind.SEQUENCE,
    Kind.TYPE,
)
# What a pair may differ in: it is said of the one that stays, under its new name.
_OWN = frozenset({"key", "oid", "comment", "index", "constraint", "replica_identity", "clustered", "statistics"})


@dataclass(frozen=True, slots=True)
class Renamed:
    """One that is renamed; `text` is the statement, empty where it follows from another's. `indexes` come along."""

    old: Key
    new: Key
    text: str
    indexes: tuple[tuple[Key, Key], ...] = ()

    def change(self, a: Catalog, b: Catalog) -> Change:
        """Return the rename as a change."""
        told = (Difference("name", self.old.name, self.new.name),)
        return Change(Action.RENAME, self.new, a.objects[self.old], b.objects[self.new], told)


def found(ground: Ground, changes: Iterable[Change]) -> tuple[Renamed, ...]:
    """Return what is renamed, those of partitioned tables and parents before those that are bound to them."""
    return tuple(_Pairing(ground, changes).run())


def renamed(catalog: Catalog, names: Mapping[Key, Key]) -> Catalog:
    """Return the catalog in which constraints and indexes have their new names."""
    objects = {names.get(key, key): _with_names(made, names) for key, made in catalog.objects.items()}
    edges = tuple(
        Edge(names.get(each.dependent, each.dependent), names.get(each.referenced, each.referenced), *each[2:])
        for each in catalog.edges
    )
    return replace(catalog, objects=objects, edges=edges)


class _Pairing:
    """The constraints and indexes that only one side has, by what is the same of a pair."""

    def __init__(self, ground: Ground, changes: Iterable[Change]) -> None:
        self.ground, self.a, self.b = ground, ground.a.catalog, ground.b.catalog
        changes = tuple(changes)
        self.gone = [made for each in changes if each.action is Action.DROP and (made := _part(each.before))]
        self.come = [made for each in changes if each.action is Action.CREATE and (made := _part(each.after))]
        self.names: dict[Key, Key] = {}
        self.above = {each.parent for each in self.a.of(Constraint) if each.type == "f"}

    def run(self) -> Iterator[Renamed]:
        if not (self.gone and self.come):
            return
        more = True
        while more:  # what hangs on a renamed one can be paired when that is
            pairs = [*self._pairs()]
            more = bool(pairs)
            yield from pairs

    def _pairs(self) -> Iterator[Renamed]:
        wanted: defaultdict[object, list[Part]] = defaultdict(list)
        taken = set(self.names.values())
        for new in self.come:
            if new.key not in taken:
                wanted[_print(new, {})].append(new)
        for old in self.gone:
            fitting = wanted.get(_print(old, self.names), []) if old.key not in self.names else []
            suited = (each for each in fitting if self._is_free(each) and self._stands_alone(old, each))
            partner = next(suited, None)
            if partner is not None:
                fitting.remove(partner)
                yield self._renamed(old, partner)

    def _is_free(self, new: Part) -> bool:
        """Tell whether nothing of the first side has the name, and none that is renamed gets it."""
        held = [Key(Kind.CONSTRAINT, new.table.schema, new.key.name, new.table.name)]
        if isinstance(new, Index):
            held.clear()
        if isinstance(new, Index) or new.type in "pux":
            held += [Key(kind, new.table.schema, new.key.name) for kind in _RELATIONS]
        return not any(each in self.a.objects or each in self.names.values() for each in held)

    def _stands_alone(self, old: Part, new: Part) -> bool:
        """Tell whether a check is not held by a table above or below: all that have it are renamed with the topmost.

        The foreign key of a partitioned table and those of its partitions know each other by name.
        """
        if old.key in self.above:
            return False
        if not isinstance(old, Constraint) or old.type != "c":
            return True
        if old.inherited:
            above = (old.key._replace(schema=one.schema, parent=one.name) for one in parents(self.a.objects[old.table]))
            return any(each in self.names and self.names[each].name == new.key.name for each in above)
        return all(
            old.key._replace(schema=each.schema, parent=each.name) not in self.a.objects
            or new.key._replace(schema=each.schema, parent=each.name) in self.b.objects
            for each in self.ground.a.below(old.table)
            if each != old.table
        )

    def _renamed(self, old: Part, new: Part) -> Renamed:
        follows = isinstance(old, Constraint) and old.type == "c" and bool(old.inherited)
        self.names[old.key] = new.key
        indexes: tuple[tuple[Key, Key], ...] = ()
        if (
            isinstance(old, Constraint)
            and isinstance(new, Constraint)
            and old.type in "pux"
            and old.index
            and new.index
        ):
            indexes = ((old.index, new.index),)
            self.names[old.index] = new.index
        return Renamed(old.key, new.key, "" if follows else _text(old, new), indexes)


def _part(made: object) -> Part | None:
    """Return what can be renamed by itself, or with the same of the table above; None for all else."""
    if isinstance(made, Index):
        return made if made.constraint is None and made.definition is not None else None
    if not isinstance(made, Constraint) or made.definition is None or is_clone(made):
        return None
    return None if made.type == "f" and made.parent is not None else made


def _print(made: Part, names: Mapping[Key, Key]) -> object:
    """Return what is the same of a pair: of a partition's index its place, since it goes only with the whole's."""
    if isinstance(made, Index) and made.parent is not None:
        return Index.__name__, made.table, names.get(made.parent, made.parent)
    told = {each.name: getattr(made, each.name) for each in fields(made) if each.compare and each.name not in _OWN}
    told["parent"] = names.get(made.parent, made.parent) if made.parent is not None else None
    if isinstance(made, Index):
        told["definition"] = (made.definition or "").replace(f" INDEX {ident(made.key.name)} ON ", " INDEX ON ", 1)
    return type(made).__name__, tuple(sorted((name, repr(value)) for name, value in told.items()))


def _text(old: Part, new: Part) -> str:
    if isinstance(old, Index):
        return f"ALTER INDEX {dotted(old.key.schema, old.key.name)} RENAME TO {ident(new.key.name)}"
    table = "FOREIGN TABLE" if old.table.kind is Kind.FOREIGN_TABLE else "TABLE"
    on = dotted(old.table.schema, old.table.name)
    return f"ALTER {table} {on} RENAME CONSTRAINT {ident(old.key.name)} TO {ident(new.key.name)}"


def _with_names(made: Object, names: Mapping[Key, Key]) -> Object:
    if not isinstance(made, Constraint | Index):
        return made
    bound = {field: getattr(made, field, None) for field in ("key", "parent", "index", "constraint")}
    held: dict[str, object] = {field: names[key] for field, key in bound.items() if key is not None and key in names}
    new = names.get(made.key)
    if isinstance(made, Index) and new is not None and made.definition is not None:
        was, now = ident(made.key.name), ident(new.name)
        held["definition"] = made.definition.replace(f" INDEX {was} ON ", f" INDEX {now} ON ", 1)
    return replace(made, **held) if held else made  # type: ignore[arg-type]
