"""Statements that run a person's code which finds things by the search path: they run with the path as it is there.

All else runs with an empty path. The server runs code of functions when it proves a check, builds an index or fills a
column; and it looks into functions in SQL even where there are no rows.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from console.catalog.compare import Action
from console.catalog.model import Catalog, Key, Kind, Relation, Routine
from console.drift.ground import Side
from console.drift.ordering.writing import Statement

_WORD = re.compile(r"(?<![.\w$\"])[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*")
_OWN_PATH = re.compile(r"^ SET search_path ", re.MULTILINE)
_NAMED = frozenset(
    {
        *(Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.SEQUENCE, Kind.TYPE, Kind.DOMAIN),
        *(Kind.FUNCTION, Kind.PROCEDURE, Kind.AGGREGATE),
    }
)
_RUNNING = re.compile(
    r"ALTER (?:FOREIGN )?TABLE .*\b(?:ADD|TYPE|EXPRESSION|VALIDATE|ATTACH)\b|ALTER DOMAIN .*\b(?:ADD|VALIDATE)\b"
    r"|CREATE (?:UNIQUE )?INDEX|CREATE MATERIALIZED VIEW|REFRESH|UPDATE |INSERT ",
    re.DOTALL,
)
_TABLES = (Kind.TABLE, Kind.FOREIGN_TABLE, Kind.COLUMN)


def opened(a: Catalog, b: Catalog, statements: Sequence[Statement]) -> tuple[Statement, ...]:
    """Return the statements, those that run such code between others that set the path back and empty it again.

    What runs alone builds indexes, for which the server has a path of its own since 17.
    """
    sides = [each for each in (_Side(a), _Side(b)) if each.seeking]
    return tuple(_opened(sides, statements)) if sides else tuple(statements)


def _opened(sides: Sequence[_Side], statements: Sequence[Statement]) -> Iterator[Statement]:
    for each in statements:
        may_run = each.action is not Action.DROP and not each.alone and _RUNNING.match(each.text)
        runs = may_run and any(side.runs(key) for side in sides for key in side.filled(each))
        if runs:
            yield Statement("RESET search_path", each.key, each.action, each.because)
        yield each
        if runs:
            yield Statement("SET search_path = ''", each.key, each.action, each.because)


@dataclass(eq=False)
class _Side:
    catalog: Catalog

    @cached_property
    def side(self) -> Side:
        return Side(self.catalog)

    @cached_property
    def seeking(self) -> frozenset[Key]:
        """The functions whose source speaks of something without its schema, and that have no path of their own."""
        routines = [each for each in self.catalog.of(Routine) if _is_open(each)]
        keys = itertools.chain(self.catalog.objects, self.catalog.unread) if routines else ()
        named = {key.name for key in keys if key.kind in _NAMED}
        return frozenset(
            made.key for made in routines if not named.isdisjoint({*_WORD.findall(made.source)} - {made.key.name})
        )

    @cached_property
    def needed(self) -> Mapping[Key, tuple[Key, ...]]:
        """What an object is bound to by the server's own account."""
        found: defaultdict[Key, list[Key]] = defaultdict(list)
        for edge in self.catalog.edges:
            found[edge.dependent].append(edge.referenced)
        return {key: tuple(some) for key, some in found.items()}

    def filled(self, statement: Statement) -> Iterator[Key]:
        """Yield what a statement is about, and the columns into which it puts rows."""
        yield statement.key
        made = self.catalog.objects.get(statement.key) if statement.text.startswith("INSERT ") else None
        for column in made.columns if isinstance(made, Relation) else ():
            yield Key(Kind.COLUMN, statement.key.schema, column.name, statement.key.name)

    def runs(self, key: Key) -> bool:
        """Tell whether code that seeks may run when something is made or altered; of a table, that of all its parts."""
        relation = self.side.relation(key) if key.kind in _TABLES else None
        todo = [key, *(self.side.parts.get(relation, ()) if relation is not None else ())]
        seen = set(todo)
        while todo:
            for needed in self.needed.get(todo.pop(), ()):
                if needed in self.seeking:
                    return True
                if needed.kind not in _TABLES and needed not in seen:
                    seen.add(needed)
                    todo.append(needed)
        return False


def _is_open(made: Routine) -> bool:
    if made.sql_body or made.language not in ("sql", "plpgsql"):
        return False
    return _OWN_PATH.search((made.definition or "").partition("\nAS ")[0]) is None
