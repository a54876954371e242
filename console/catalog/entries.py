"""The outline as a value: objects as entries, their children and parts, and how many there are of each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from console.catalog.key import Key, Kind
from console.catalog.lines import NOBODY, Lines, escape, number
from console.catalog.system import Standing, standing

_PAGE = 8192
_WITH_ARGS = frozenset(
    {Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE, Kind.OPERATOR, Kind.OPERATOR_CLASS, Kind.OPERATOR_FAMILY}
)
_WITH_PARENT = frozenset({Kind.COLUMN, Kind.CONSTRAINT, Kind.TRIGGER, Kind.POLICY, Kind.RULE})


class Entry(NamedTuple):
    """One object as the tree shows it.

    `line` is its number in the outline it came from. `parent` is the relation's name for a part of one. `detail` is
    the type of a column, the arguments of a routine, the sort of anything else ("partitioned", "enum", "unique").
    `rows` is the planner's estimate, None if there is none; `bytes` the size of the relation's own pages, 0 unknown.
    `extension` is the name of the one to which it, or the relation it is a part of, belongs.
    """

    line: int
    kind: Kind
    schema: str
    name: str
    parent: str
    oid: int
    detail: str
    rows: int | None = None
    bytes: int = 0
    extension: str = ""

    @property
    def key(self) -> Key:
        """The identity under which the full catalog has it."""
        args = self.detail if self.kind in _WITH_ARGS else ""
        return Key(self.kind, self.schema, self.name, self.parent if self.kind in _WITH_PARENT else "", args)


@dataclass(slots=True)
class Outline:
    """Everything that has a name.

    `complete` is false as long as only schemas and relations are known. `provider` is as `Server.provider` says it,
    `system` whether the objects of PostgreSQL's own schemas are in it. Lines are ordered: schemas, relations, parts of
    the relations in the relations' order, the rest. `members` are the lines of what belongs to an extension, with its
    name; what `kinds` counts and `children` returns is without them.
    """

    lines: Lines
    provider: str = ""
    system: bool = False
    complete: bool = False
    schema_count: int = 0
    relation_end: int = 0
    rows: Sequence[float] = ()
    pages: Sequence[int] = ()
    first_parts: Sequence[int] = ()
    rest: int = 0
    counts: Mapping[tuple[int, Kind], int] = field(default_factory=dict)
    members: Mapping[int, str] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many objects there are."""
        return len(self.lines)

    @property
    def schemas(self) -> tuple[Entry, ...]:
        """All schemas by name, the folded ones too."""
        return tuple(self.entry(line) for line in range(self.schema_count))

    @property
    def regions(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """From which to which line (exclusive) stands what is neither a schema nor a part of a relation."""
        return (self.schema_count, self.relation_end), (self.rest, len(self.lines))

    @property
    def of_extensions(self) -> int:
        """How many of the objects belong to extensions, with the parts of their relations."""
        return len(self.members) + sum(len(self._parts_of(line)) for line in self.members)

    @property
    def own(self) -> int:
        """How many of the objects belong to no extension."""
        return len(self) - self.of_extensions

    def standing(self, schema: str) -> Standing:
        """Tell whose a schema is."""
        return standing(schema, self.provider)

    def kinds(self, schema: Entry | None) -> tuple[tuple[Kind, int], ...]:
        """Return the kinds of objects directly in a schema (None: in none), with how many are no extension's."""
        parent = schema.line if schema else NOBODY
        return tuple((kind, count) for (line, kind), count in sorted(self.counts.items()) if line == parent)

    def children(self, schema: Entry | None, kind: Kind) -> tuple[Entry, ...]:
        """Return the objects of one kind directly in a schema (None: in none), by name, without extensions'."""
        parent, wanted = schema.line if schema else NOBODY, number(kind)
        parents, kinds = self.lines.parents, self.lines.kinds
        places = chain.from_iterable(range(*region) for region in self.regions)
        found = (line for line in places if kinds[line] == wanted and parents[line] == parent)
        return tuple(self.entry(line) for line in found if line not in self.members)

    def member_kinds(self, extension: str) -> tuple[tuple[Kind, int], ...]:
        """Return the kinds of what belongs to an extension, with how many there are, as far as they have lines."""
        counted = Counter(self.lines.kind(line) for line, name in self.members.items() if name == extension)
        return tuple(sorted(counted.items()))

    def members_of(self, extension: str, kind: Kind) -> tuple[Entry, ...]:
        """Return what belongs to an extension and is of one kind, by schema and name."""
        wanted, kinds = number(kind), self.lines.kinds
        found = (line for line, name in self.members.items() if name == extension and kinds[line] == wanted)
        return tuple(self.entry(line) for line in found)

    def extension_of(self, line: int) -> str:
        """Return the extension to which an object, or the relation it is a part of, belongs; empty if to none."""
        is_part = self.relation_end <= line < self.rest
        return self.members.get(self.lines.parents[line] if is_part else line, "")

    def extensions_in(self, schema: Entry) -> tuple[str, ...]:
        """Return the names of the extensions that have something in a schema, or the schema itself."""
        parents = self.lines.parents
        return tuple(sorted({name for line, name in self.members.items() if schema.line in (line, parents[line])}))

    def parts(self, relation: Entry) -> tuple[Entry, ...]:
        """Return columns in order, then constraints, indexes and other parts of a relation; empty if not complete."""
        return tuple(self.entry(line) for line in self._parts_of(relation.line))

    def entry(self, line: int) -> Entry:
        """Return one line as an entry."""
        lines = self.lines
        above = [lines.name(each) for each in lines.ancestors(line)]
        schema, parent = (above[-1] if above else ""), (above[0] if len(above) > 1 else "")
        rows, size = self._measure(line)
        kind = lines.kind(line)
        name, detail, extension = lines.name(line), lines.detail(line), self.extension_of(line)
        return Entry(line, kind, schema, name, parent, lines.oids[line], detail, rows, size, extension)

    def find_key(self, key: Key) -> Entry:
        """Return the object of that identity. Raises KeyError when it is not there."""
        name = b"\n" + escape(key.name).casefold().encode("utf-8", "surrogatepass") + b"\n"
        place = self.lines.names.find(name)
        while place >= 0:
            entry = self.entry(self.lines.at(place + 1))
            if entry.key == key:
                return entry
            place = self.lines.names.find(name, place + 1)
        raise KeyError(key)

    def find_oid(self, kind: Kind, oid: int) -> Entry | None:
        """Return the object of that kind and oid."""
        wanted, oids, kinds = number(kind), self.lines.oids, self.lines.kinds
        start = 0
        try:
            while kinds[start := oids.index(oid, start)] != wanted:
                start += 1
        except ValueError:
            return None
        return self.entry(start)

    def find_relation(self, schema: str, name: str) -> Entry | None:
        """Return a relation by its names."""
        lines = self.lines
        for line in range(self.schema_count, self.relation_end):
            if lines.name(line) == name and lines.name(lines.parents[line]) == schema:
                return self.entry(line)
        return None

    def _parts_of(self, line: int) -> range:
        place = line - self.schema_count
        if not self.complete or not 0 <= place < len(self.first_parts) - 1:
            return range(0)
        return range(self.first_parts[place], self.first_parts[place + 1])

    def _measure(self, line: int) -> tuple[int | None, int]:
        place = line - self.schema_count
        if not 0 <= place < len(self.rows):
            return None, 0
        rows = self.rows[place]
        return (int(rows) if rows >= 0 else None), self.pages[place] * _PAGE
