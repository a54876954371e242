"""Which tables and views a statement names, by the grammar: not the queries that it names itself, by WITH."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from console.sql.grammar import Fields, Tree

_Waiting = tuple[str, Any, frozenset[str]]  # a part's name, what it is, and the names of WITH that hold in it


class Relation(NamedTuple):
    """A name behind FROM; `schema` is empty where the search path finds it."""

    schema: str
    name: str


def relations(tree: Tree) -> frozenset[Relation]:
    """Return the relations that a statement names anywhere in it. A name of WITH hides a relation where it holds."""
    found: set[Relation] = set()
    waiting: list[_Waiting] = [(tree.kind, tree.fields, frozenset())]
    while waiting:
        kind, value, known = waiting.pop()
        if isinstance(value, list):
            waiting.extend(("", each, known) for each in value)
        elif isinstance(value, dict):
            if kind == "RangeVar" and (value.get("schemaname") or value["relname"] not in known):
                found.add(Relation(value.get("schemaname", ""), value["relname"]))
            waiting.extend(_parts(value, known))
    return frozenset(found)


def _parts(fields: Fields, known: frozenset[str]) -> Iterator[_Waiting]:
    queries = [each["CommonTableExpr"] for each in fields.get("withClause", _NOTHING).get("ctes", ())]
    if fields.get("withClause", _NOTHING).get("recursive"):
        known |= {each["ctename"] for each in queries}
    for query in queries:
        yield "", query, known
        known |= {query["ctename"]}
    yield from ((part, value, known) for part, value in fields.items() if part != "withClause")


_NOTHING: Mapping[str, Any] = {}
