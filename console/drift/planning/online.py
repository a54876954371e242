"""The careful form of a plan: what would keep others waiting is done beside them, in more steps. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from console.catalog.compare import Action
from console.catalog.model import Catalog, Constraint, Index, Key, Kind, MaterializedView, Table
from console.drift.ground import Side
from console.drift.ordering.writing import Statement
from console.sql.quoting import dotted, ident

_BUILT = re.compile(r"CREATE (UNIQUE )?INDEX ")
_KEY = re.compile(r"(?P<what>PRIMARY KEY|UNIQUE(?: NULLS NOT DISTINCT)?) (?P<rest>\(.*)", re.S)
_WAITING = re.compile(r" (?:NOT )?DEFERRABLE.*$", re.S)
_NOT_NULL = re.compile(r"ALTER TABLE (?P<only>ONLY )?(?P<table>.+) ALTER COLUMN (?P<column>.+) SET NOT NULL$", re.S)
_NAMED = 180000
_LONGEST = 63
_NEW = "__new"


def careful(a: Catalog, b: Catalog, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the same plan in its careful form; what cannot be done more carefully stays as it is.

    What is `alone` runs outside a transaction: an index that is built or dropped beside others, a constraint that is
    validated when it holds for all that is new.
    """
    return tuple(_Careful(a, b, statements).run())


@dataclass(eq=False)
class _Careful:
    a: Catalog
    b: Catalog
    statements: Sequence[Statement]

    def run(self) -> Iterator[Statement]:
        self.made = {each.key for each in self.statements if each.action is Action.CREATE and _is_whole(each)}
        self.swapped = frozenset(self._swapped())
        for each in self.statements:
            if each.action is Action.DROP and each.key in self.swapped:
                continue
            yield from self._one(each)

    def _one(self, statement: Statement) -> Iterator[Statement]:
        made = self.b.objects.get(statement.key)
        if statement.action is Action.DROP:
            yield self._dropped(statement)
        elif isinstance(made, Index) and self._is_busy(made.table) and _BUILT.match(statement.text):
            yield from self._built(statement, made)
        elif isinstance(made, Constraint) and self._is_busy(made.table) and " ADD CONSTRAINT " in statement.text:
            yield from self._added(statement, made)
        elif (match := _NOT_NULL.match(statement.text)) and self._is_busy(Side(self.b).relation(statement.key)):
            yield from self._not_null(statement, match)
        else:
            yield statement

    def _is_busy(self, table: Key | None) -> bool:
        """Tell whether a table was there before and is not only the roof of its partitions."""
        made = self.a.objects.get(table) if table is not None else None
        if table in self.made or not isinstance(made, Table | MaterializedView):
            return False
        return not (isinstance(made, Table) and made.partition_key is not None)

    def _swapped(self) -> Iterator[Key]:
        """Yield the indexes that are built anew for their own sake: the old one serves until the new one does."""
        gone = {each.key for each in self.statements if each.action is Action.DROP and each.because is None}
        come = {each.key for each in self.statements if each.action is Action.CREATE and each.because is None}
        for key in gone & come:
            before, after = self.a.objects.get(key), self.b.objects.get(key)
            if not isinstance(before, Index) or not isinstance(after, Index) or before.table != after.table:
                continue
            if self._is_busy(after.table) and self._is_still_there(before) and not self._is_retyped(after):
                yield key

    def _is_still_there(self, index: Index) -> bool:
        names = {each.name for each in getattr(self.b.objects.get(index.table), "columns", ())}
        return all(name is None or name in names for name in index.columns)

    def _is_retyped(self, index: Index) -> bool:
        changed = {each.key for each in self.statements if each.key.kind is Kind.COLUMN}
        table = index.table
        return any(Key(Kind.COLUMN, table.schema, name, table.name) in changed for name in index.columns if name)

    def _dropped(self, statement: Statement) -> Statement:
        made = self.a.objects.get(statement.key)
        if not isinstance(made, Index) or not self._is_busy(made.table) or statement.text.endswith(" CASCADE"):
            return statement
        return replace(statement, text=statement.text.replace("DROP INDEX ", "DROP INDEX CONCURRENTLY ", 1), alone=True)

    def _built(self, statement: Statement, made: Index) -> Iterator[Statement]:
        text = _BUILT.sub(lambda match: f"{match[0]}CONCURRENTLY ", statement.text, count=1)
        if statement.key not in self.swapped:
            yield replace(statement, text=text, alone=True)
            return
        old, new = ident(statement.key.name), ident(statement.key.name[: _LONGEST - len(_NEW)] + _NEW)
        schema = dotted(statement.key.schema)
        yield replace(statement, text=text.replace(f"CONCURRENTLY {old} ON ", f"CONCURRENTLY {new} ON ", 1), alone=True)
        drop = f"DROP INDEX CONCURRENTLY {schema}.{old}"
        yield replace(statement, text=drop, action=Action.DROP, alone=True)
        yield replace(statement, text=f"ALTER INDEX {schema}.{new} RENAME TO {old}", action=Action.ALTER)

    def _added(self, statement: Statement, made: Constraint) -> Iterator[Statement]:
        if made.type in "cf" and made.validated and made.enforced and not statement.text.endswith(" NOT VALID"):
            yield replace(statement, text=f"{statement.text} NOT VALID")
            table = f"ALTER TABLE {dotted(made.table.schema, made.table.name)}"
            text = f"{table} VALIDATE CONSTRAINT {ident(made.key.name)}"
            yield replace(statement, text=text, action=Action.ALTER, alone=True)
            return
        match = _KEY.match(made.definition or "") if made.type in "pu" and not made.period else None
        if match is None:
            yield statement
            return
        yield from self._key(statement, made, match)

    def _key(self, statement: Statement, made: Constraint, match: re.Match[str]) -> Iterator[Statement]:
        """Build the index of a key beside the others, and make it the key's then."""
        name, table = ident(made.key.name), dotted(made.table.schema, made.table.name)
        rest = _WAITING.sub("", match["rest"])
        distinct = " NULLS NOT DISTINCT" if "NOT DISTINCT" in match["what"] else ""
        columns, include = _parted(rest)
        index = f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} {columns}{include[0]}{distinct}{include[1]}"
        yield replace(statement, text=index, alone=True)
        waiting = made.definition[len(match["what"]) + 1 + len(rest) :] if made.definition else ""
        what = "PRIMARY KEY" if made.type == "p" else "UNIQUE"
        text = f"ALTER TABLE ONLY {table} ADD CONSTRAINT {name} {what} USING INDEX {name}{waiting}"
        yield replace(statement, text=text)

    def _not_null(self, statement: Statement, match: re.Match[str]) -> Iterator[Statement]:
        """Let a check be validated beside the others: then SET NOT NULL reads nothing."""
        only, table, column = match["only"] or "", match["table"], match["column"]
        key = statement.key
        if self.b.version >= _NAMED and not only:
            name = ident(f"{key.parent}_{key.name}_not_null"[:_LONGEST])
            added = f"ALTER TABLE {table} ADD CONSTRAINT {name} NOT NULL {column} NOT VALID"
            yield replace(statement, text=added)
            yield replace(statement, text=f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}", alone=True)
            return
        name = ident(f"{key.name}__is_not_null"[:_LONGEST])
        check = f"ALTER TABLE {only}{table} ADD CONSTRAINT {name} CHECK ({column} IS NOT NULL) NOT VALID"
        yield replace(statement, text=check)
        yield replace(statement, text=f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}", alone=True)
        yield statement
        yield replace(statement, text=f"ALTER TABLE {only}{table} DROP CONSTRAINT {name}")


def _is_whole(statement: Statement) -> bool:
    return statement.key.kind in (Kind.TABLE, Kind.MATERIALIZED_VIEW) and statement.text.startswith("CREATE ")


def _parted(text: str) -> tuple[str, tuple[str, str]]:
    """Part `(a, b) INCLUDE (c) WITH (…)` into the columns, and what stands before and behind NULLS NOT DISTINCT."""
    place = _closing(text)
    columns, rest = text[: place + 1], text[place + 1 :]
    if rest.startswith(" INCLUDE "):
        end = _closing(rest)
        return columns, (rest[: end + 1], rest[end + 1 :])
    return columns, ("", rest)


def _closing(text: str) -> int:
    """Return where the first bracket closes; names in quotes may hold brackets."""
    depth, quoted = 0, False
    for place, sign in enumerate(text):
        quoted ^= sign == '"'
        depth += 0 if quoted else (sign == "(") - (sign == ")")
        if depth == 0 and sign == ")" and not quoted:
            return place
    return len(text) - 1
