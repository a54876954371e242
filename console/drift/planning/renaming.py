"""A catalog once something in it has another name: what the server rewrites by itself, and what it does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

from console.catalog.model import (
    Catalog,
    Column,
    Constraint,
    Enum,
    ForeignTable,
    Index,
    Key,
    Kind,
    MaterializedView,
    Object,
    Relation,
    Routine,
    Rule,
    Table,
    View,
)
from console.drift.ground import Side
from console.sql.quoting import dotted, ident, literal

# Texts in which an old name lives on as an alias, and those that the server does not look into.
_KEPT = (View, MaterializedView, Routine, Rule)
_NAMED = 180000


@dataclass(frozen=True, slots=True)
class Renaming:
    """One rename: of an object or a column, or of a value of the enum `key` when `value` is given."""

    key: Key
    new: str
    value: str = ""

    @property
    def after(self) -> Key:
        """The key that it has then."""
        return self.key if self.value else self.key._replace(name=self.new)

    def statement(self, made: Object | None) -> str:
        """Return ALTER … RENAME; `made` is the object, None for a column."""
        key, new = self.key, ident(self.new)
        if self.value:
            return (
                f"ALTER TYPE {dotted(key.schema, key.name)} RENAME VALUE {literal(self.value)} TO {literal(self.new)}"
            )
        if key.kind is Kind.COLUMN:
            return f"ALTER TABLE {dotted(key.schema, key.parent)} RENAME COLUMN {ident(key.name)} TO {new}"
        if isinstance(made, Constraint):
            return f"ALTER TABLE {dotted(key.schema, key.parent)} RENAME CONSTRAINT {ident(key.name)} TO {new}"
        return f"ALTER {key.kind.upper()} {dotted(key.schema, key.name)} RENAME TO {new}"


def renamed(catalog: Catalog, renaming: Renaming) -> Catalog:
    """Return a catalog after a rename, as the server would show it, as far as that can be told from its texts."""
    return _Renamed(catalog, renaming).run()


class _Renamed:
    def __init__(self, catalog: Catalog, renaming: Renaming) -> None:
        self.catalog, self.renaming = catalog, renaming
        self.keys: dict[Key, Key] = {}

    def run(self) -> Catalog:
        self.keys = {} if self.renaming.value else dict(self._keys())
        objects = {}
        for made in self.catalog.objects.values():
            other = self._object(made)
            objects[other.key] = other
        edges = tuple(
            each._replace(dependent=self._key(each.dependent), referenced=self._key(each.referenced))
            for each in self.catalog.edges
        )
        measures = {self._key(key): measure for key, measure in self.catalog.measures.items()}
        return replace(self.catalog, objects=objects, edges=edges, measures=measures)

    @cached_property
    def _tables(self) -> frozenset[Key]:
        """The table of a column, and all that have the column from there."""
        table = Side(self.catalog).relation(self.renaming.key)
        return frozenset(Side(self.catalog).below(table)) if table is not None else frozenset()

    def _keys(self) -> Any:
        old, new = self.renaming.key, self.renaming.after
        if old.kind is Kind.COLUMN:
            for table in self._tables:
                yield (
                    Key(Kind.COLUMN, table.schema, old.name, table.name),
                    Key(Kind.COLUMN, table.schema, new.name, table.name),
                )
        yield old, new
        made = self.catalog.objects.get(old)
        if isinstance(made, Constraint) and made.index is not None and made.type in "pux":
            yield made.index, made.index._replace(name=new.name)
        if isinstance(made, Index) and made.constraint is not None:
            yield made.constraint, made.constraint._replace(name=new.name)

    def _key(self, key: Key) -> Key:
        found = self.keys.get(key)
        if found is not None:
            return found
        old = self.renaming.key
        if (
            not self.renaming.value
            and isinstance(self._made, Relation)
            and key.parent == old.name
            and key.schema == old.schema
        ):
            return key._replace(parent=self.renaming.after.name)
        return key

    @cached_property
    def _made(self) -> Object | None:
        return self.catalog.objects.get(self.renaming.key)

    def _object(self, made: Object) -> Object:
        text = self._text(made)
        found: Any = self._mapped(made, text)
        if isinstance(found, Table | ForeignTable):
            found = replace(found, columns=tuple(self._column(made.key, each) for each in found.columns))
        of_column = self.renaming.key.kind is Kind.COLUMN
        if of_column and isinstance(found, Constraint | Index) and found.table in self._tables:
            columns: Any = tuple(map(self._named, found.columns))
            found = replace(found, columns=columns)
        if isinstance(found, Enum) and self.renaming.value and found.key == self.renaming.key:
            labels = tuple(self.renaming.new if each == self.renaming.value else each for each in found.labels)
            found = replace(found, labels=labels)
        return found  # type: ignore[no-any-return]

    def _named(self, name: str | None) -> str | None:
        return self.renaming.new if name == self.renaming.key.name else name

    def _column(self, table: Key, column: Column) -> Column:
        """Give a column its name; that of its NOT NULL does not follow."""
        name = column.name
        if self.renaming.key.kind is Kind.COLUMN and table in self._tables:
            name = self._named(name) or name
        rule = column.not_null
        if rule is not None and self.catalog.version >= _NAMED:
            had = rule.name or f"{table.name}_{column.name}_not_null"
            usual = f"{self._key(table).name}_{name}_not_null"
            rule = replace(rule, name="" if had == usual else had)
        return replace(column, name=name, not_null=rule)

    def _text(self, made: Object) -> Callable[[str], str]:
        """Return how texts of an object are rewritten."""
        old, new = self.renaming.key, self.renaming.new
        if self.renaming.value:
            typed = f"::{dotted(old.schema, old.name)}"
            return lambda text: text.replace(literal(self.renaming.value) + typed, literal(new) + typed)
        if isinstance(made, _KEPT):
            return lambda text: text
        if old.kind is Kind.COLUMN:
            if made.key in self._tables or self._is_bound(made):
                return _replacing(ident(old.name), ident(new))
            return lambda text: text
        if old.kind in (Kind.CONSTRAINT, Kind.INDEX):
            if made.key == old:
                return _replacing(ident(old.name), ident(new))
            return lambda text: text
        return _replacing(dotted(old.schema, old.name), dotted(old.schema, new))

    def _is_bound(self, made: Object) -> bool:
        return made.key in self._bound or getattr(made, "table", None) in self._tables

    @cached_property
    def _bound(self) -> frozenset[Key]:
        columns = {Key(Kind.COLUMN, table.schema, self.renaming.key.name, table.name) for table in self._tables}
        return frozenset(each.dependent for each in self.catalog.edges if each.referenced in columns)

    def _mapped(self, value: Any, text: Callable[[str], str]) -> Any:
        return mapped(value, self._key, lambda said, name: text(said) if name in _SQL else said)


def mapped(value: Any, key: Callable[[Key], Key], text: Callable[[str, str], str], name: str = "") -> Any:
    """Return a value with all keys and texts in it, however deep, as they are then; `text` hears the field's name."""
    if isinstance(value, Key):
        return key(value)
    if isinstance(value, str):
        return text(value, name)
    if isinstance(value, tuple):
        found = [mapped(each, key, text, name) for each in value]
        return type(value)(*found) if hasattr(value, "_fields") else tuple(found)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {}
        for each in fields(value):
            before = getattr(value, each.name)
            after = mapped(before, key, text, each.name)
            if after is not before and after != before:
                changed[each.name] = after
        return replace(value, **changed) if changed else value
    return value


_SQL = frozenset(
    {"definition", "default", "partition_key", "partition_bound", "using", "check", "type", "of_type", "base", "when"}
)


def _replacing(old: str, new: str) -> Callable[[str], str]:
    pattern = re.compile(rf'(?<![\w"$.]){re.escape(old)}(?![\w"$])')
    return lambda text: pattern.sub(lambda _: new, text)
