"""The rows of a table that is made anew: put by before it goes, and put into the new one, each into its partition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from console.catalog.compare import Action
from console.catalog.model import Column, Constraint, Key, Kind, Rule, SequenceOptions, Table, Trigger
from console.catalog.model import Sequence as Counter
from console.drift.altering import casting
from console.drift.altering.sequences import behind
from console.drift.altering.stored import base
from console.drift.ground import is_partitioned_by
from console.drift.ordering.graph import Graph
from console.drift.ordering.writing import Statement
from console.sql.quoting import dotted, ident

_TYPES = (Kind.TYPE, Kind.DOMAIN, Kind.TABLE, Kind.VIEW, Kind.COLLATION)
_HASHED_ALIKE = frozenset({"smallint", "integer", "bigint"})


def refilled(graph: Graph, statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statements with those that keep the rows of tables made anew, as far as these have a place then."""
    found = list(statements)
    for key in sorted(key for key in graph.decision.gone & graph.decision.come if key.kind is Kind.TABLE):
        was, now = graph.ground.a.catalog.objects.get(key), graph.ground.b.catalog.objects.get(key)
        if isinstance(was, Table) and isinstance(now, Table) and was.partition_of not in graph.decision.gone:
            found = _Refill(graph, was, now).within(found)
    return tuple(found)


def drops_nothing(statement: Statement) -> bool:
    """Tell whether a statement drops a table whose rows are elsewhere by then."""
    return statement.text.startswith("DROP TABLE ") and not statement.loses


def _place(made: Table) -> tuple[Key | None, str]:
    return made.partition_of, (made.partition_bound or "").replace("'", "")


@dataclass(eq=False)
class _Refill:
    """One table."""

    graph: Graph
    was: Table
    now: Table

    def within(self, statements: list[Statement]) -> list[Statement]:
        """Return the statements with those for the rows; as they are where there is no good place for these."""
        leaves = tuple(self._leaves())
        left = next((at for at, each in enumerate(statements) if self._leaves_with(each, leaves)), None)
        filled = max((at for at, each in enumerate(statements) if self._is_place(each)), default=None)
        heard = min((at for at, each in enumerate(statements) if self._hears(each)), default=len(statements))
        shared = [(was, each) for each in self.now.columns if not each.generated and (was := self._old(each.name))]
        if not leaves or left is None or filled is None or heard <= filled or not self._has_room() or not shared:
            return statements
        return [
            *statements[:left],
            self._said(self._put_by(leaves, shared)),
            *(said for each in statements[left : filled + 1] for said in self._emptied(each, leaves)),
            *self._filled(shared),
            *statements[filled + 1 :],
        ]

    def _leaves(self) -> Iterator[Key]:
        """Yield the tables whose rows move: a plain one itself, and all partitions where they are others afterwards."""
        if self.was.partition_key is None:
            yield self.was.key
            return
        below = set(self.graph.ground.b.below(self.now.key))
        for key in self.graph.ground.a.below(self.was.key) if self._is_parted_otherwise else ():
            was, now = (side.catalog.objects.get(key) for side in (self.graph.ground.a, self.graph.ground.b))
            if isinstance(was, Table) and was.partition_key is None:
                # A table of its own keeps the rows that it has.
                moves = key in self.graph.decision.gone or getattr(now, "partition_key", None) is None
                if moves and (now is None or key in below):
                    yield key

    @cached_property
    def _is_parted_otherwise(self) -> bool:
        """Tell whether the key, or the bounds of a partition that stays, are others; `(1)` and `('1')` are the same."""
        if self.was.partition_key != self.now.partition_key or self._is_hashed_otherwise():
            return True
        sides = (self.graph.ground.a.catalog.objects, self.graph.ground.b.catalog.objects)
        for key in self.graph.ground.a.below(self.was.key):
            was, now = (side.get(key) for side in sides)
            if isinstance(was, Table) and isinstance(now, Table) and _place(was) != _place(now):
                return True
        return False

    def _is_hashed_otherwise(self) -> bool:
        """Tell whether values have other hashes than before, since a column of the key has another type."""
        if not (self.now.partition_key or "").startswith("HASH"):
            return False
        keyed = [each for each in self.now.columns if is_partitioned_by(self.now, each.name)]
        pairs = [
            (self._base(was.name), self._base(each.name, new=True)) for each in keyed if (was := self._old(each.name))
        ]
        return any(was != now and not {was, now} <= _HASHED_ALIKE for was, now in pairs)

    def _has_room(self) -> bool:
        """Tell whether the new table can hold rows at all."""
        objects = self.graph.ground.b.catalog.objects
        held = [objects[key] for key in self.graph.ground.b.below(self.now.key)]
        return any(isinstance(each, Table) and each.partition_key is None for each in held)

    def _leaves_with(self, statement: Statement, leaves: Sequence[Key]) -> bool:
        if statement.key not in (self.was.key, *leaves):
            return False
        return statement.action is Action.DROP or " DETACH PARTITION " in statement.text

    def _is_place(self, statement: Statement) -> bool:
        """Tell whether a statement makes the new table, or a partition of it."""
        if statement.key not in set(self.graph.ground.b.below(self.now.key)) or statement.action is Action.DROP:
            return False
        return (
            statement.text.startswith(("CREATE TABLE ", "CREATE UNLOGGED ")) or " ATTACH PARTITION " in statement.text
        )

    def _hears(self, statement: Statement) -> bool:
        """Tell whether from a statement on rows are heard of, or have to be there: triggers, rules, foreign keys."""
        if statement.action is not Action.CREATE:
            return False
        made, below = self.graph.ground.b.catalog.objects.get(statement.key), self.graph.ground.b.below(self.now.key)
        if isinstance(made, Constraint):
            return made.references is not None and made.references in set(below)
        return isinstance(made, Trigger | Rule) and made.table in set(below)

    def _old(self, name: str) -> Column | None:
        return next((each for each in self.was.columns if each.name == name), None)

    @property
    def _aside(self) -> str:
        return f"{dotted(self.was.key.schema)}.{ident(self.graph.ground.aside(self.was.key))}"

    def _said(self, text: str, loses: str = "") -> Statement:
        return Statement(text, self.now.key, Action.ALTER, loses=loses)

    def _put_by(self, leaves: Sequence[Key], shared: Sequence[tuple[Column, Column]]) -> str:
        values = ", ".join(self._value(was, now) for was, now in shared)
        parts = (f"SELECT {values} FROM ONLY {dotted(key.schema, key.name)}" for key in leaves)  # noqa: S608 - names
        return f"CREATE TABLE {self._aside} AS {' UNION ALL '.join(parts)}"

    def _value(self, was: Column, now: Column) -> str:
        name = ident(was.name)
        if not self._is_text(was):
            return name
        as_json = "pg_catalog.to_json(" in casting.using(name, was.type, now.type)
        value = f"pg_catalog.to_json({name})" if as_json else name
        return f'{value}::text COLLATE pg_catalog."C" AS {name}'

    def _is_text(self, was: Column) -> bool:
        """Tell whether a column's type or collation goes, or is another by then: its values are text meanwhile."""
        decision = self.graph.decision
        needed = self.graph.ground.a.needed.get(self._column(was.name), ())
        return any(each.kind in _TYPES and each in (decision.gone | decision.aside) and each != self.was.key
                   for each in needed) or was.type == "unknown"  # fmt: skip

    def _column(self, name: str) -> Key:
        return Key(Kind.COLUMN, self.was.key.schema, name, self.was.key.name)

    def _emptied(self, statement: Statement, leaves: Sequence[Key]) -> Iterator[Statement]:
        """Yield a statement, which loses no rows; a partition that stays is empty once it stands apart."""
        if statement.key in leaves and statement.action is Action.DROP:
            columns = {each.name for each in self.now.columns}
            lost = [each.name for each in self.was.columns if not each.generated and each.name not in columns]
            yield replace(statement, loses=f"the values of {', '.join(lost)}" if lost and statement.loses else "")
            return
        yield statement
        if statement.key in leaves and " DETACH PARTITION " in statement.text:
            yield replace(statement, text=f"TRUNCATE {dotted(statement.key.schema, statement.key.name)}")

    def _filled(self, shared: Sequence[tuple[Column, Column]]) -> Iterator[Statement]:
        whole, names = dotted(self.now.key.schema, self.now.key.name), ", ".join(ident(now.name) for _, now in shared)
        values = ", ".join(self._cast(was, now) for was, now in shared)
        narrow = [
            now.type for was, now in shared if casting.narrows(self._base(was.name), self._base(now.name, new=True))
        ]
        text = f"INSERT INTO {whole} ({names}) OVERRIDING SYSTEM VALUE SELECT {values} FROM {self._aside}"  # noqa: S608
        yield self._said(text, f"what does not fit into {', '.join(dict.fromkeys(narrow))}" if narrow else "")
        yield self._said(f"DROP TABLE {self._aside}")
        for column in self.now.columns:
            for sequence, options in self._counted(column):
                yield self._said(behind(sequence, options, ident(column.name), whole))

    def _counted(self, column: Column) -> Iterator[tuple[Key, SequenceOptions]]:
        """Yield the sequence that is made with the table, and has to go on behind its rows."""
        if column.identity is not None:
            yield column.identity.sequence, column.identity.options
        for made in self.graph.ground.b.of(Counter):
            if made.owned_by == self._column(column.name) and made.key in self.graph.decision.come and made.options:
                yield made.key, made.options

    def _cast(self, was: Column, now: Column) -> str:
        name = ident(now.name)
        if self._is_text(was):
            return f"{name}::{now.type}"
        bases = self._base(was.name), self._base(now.name, new=True)
        way = casting.of_domains(name, bases, now.type) if bases != (was.type, now.type) else ""
        return (way or casting.using(name, was.type, now.type)).removeprefix(" USING ") or name

    def _base(self, name: str, *, new: bool = False) -> str:
        return base(self.graph.ground.b if new else self.graph.ground.a, self._column(name))
