"""Why a search was answered by an index, or was not: read from the plans that the server makes of it.

Two plans tell "could not" from "too dear". The second is made with everything switched off but what gives the order by
itself: where that uses the index, it can be used, and the planner found another way cheaper; where it does not either,
something of the index or of the search is in the way, and the catalog says what.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.db.compose import SQL, Composable
from console.db.query import Query
from console.sql import queries
from console.text import plural, sanitize
from console.vectors import plan_lines
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.metric import Kind, Metric
from console.vectors.search.hit import Plan

_EXPLAIN = SQL("EXPLAIN (FORMAT JSON, SETTINGS) {}")
_OPERATORS = tuple(metric.operator for metric in Metric)

Document = Mapping[str, Any]
Node = Mapping[str, Any]


def asked(statement: Query) -> tuple[Query, ...]:
    """Return what to send behind a search, in its transaction: its plan, and the plan it has when it must.

    They change settings for the rest of the transaction.
    """
    sql = statement.sql if isinstance(statement.sql, Composable) else SQL(statement.sql)
    explained = Query(_EXPLAIN.format(sql), statement.params, as_text=True)
    return explained, Query(queries.load("vectors/forced"), as_text=True), explained


def plan(
    answers: Sequence[Sequence[Sequence[Any]]], column: VectorColumn, metric: Metric, *, exact: bool = False
) -> Plan:
    """Return what the answers to `asked` say of a search by a metric; `exact` tells that no index was wanted."""
    chosen, forced = (_document(answer) for answer in (answers[0], answers[-1]))
    text = plan_lines.lines(chosen)
    if names := used(chosen):
        return Plan(index=_name(names, column, metric, _read_whole(chosen)), text=text)
    return Plan(because=_why(chosen, forced, column, metric, exact=exact), text=text)


def of_text(answers: Sequence[Sequence[Sequence[Any]]], *, indexed: bool) -> Plan:
    """Return what they say of a full text search, whose words are `indexed` or are not."""
    chosen = _document(answers[0])
    text = plan_lines.lines(chosen)
    names = [node["Index Name"] for node in _nodes(chosen["Plan"]) if "@@" in node.get("Index Cond", "")]
    if names:
        return Plan(index=sanitize(names[0]), text=text)
    return Plan(because="the planner finds that cheaper" if indexed else "no index has the words", text=text)


def used(document: Document) -> list[str]:
    """Return the names of the indexes of vectors that a plan takes its order from, each once."""
    return sorted({node["Index Name"] for node in _ordered(document)})


def _document(answer: Sequence[Sequence[Any]]) -> Document:
    [[value]] = answer
    document: Sequence[Document] = json.loads(value) if isinstance(value, str) else value
    return document[0]


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for below in node.get("Plans", ()):
        if not _is_aside(below):
            yield from _nodes(below)


def _is_aside(node: Node) -> bool:
    """Tell whether a node computes a value of its own: the vector of the row that is searched by."""
    return node.get("Parent Relationship") == "InitPlan" and not node.get("Subplan Name", "").startswith("CTE ")


def _ordered(document: Document) -> list[Node]:
    """Return the scans that take their order from an index of vectors."""
    return [node for node in _nodes(document["Plan"]) if _is_ordered(node)]


def _is_ordered(node: Node) -> bool:
    return any(sign in node.get("Order By", "") for sign in _OPERATORS)


def _read_whole(document: Document) -> int:
    """Return how many partitions are read from end to end, beside those that an index gives in order."""
    return sum(
        node["Node Type"] == "Seq Scan"
        for above in _nodes(document["Plan"])
        if above["Node Type"] == "Merge Append" and any(map(_is_ordered, _nodes(above)))
        for node in _nodes(above)
    )


def _name(names: Sequence[str], column: VectorColumn, metric: Metric, others: int) -> str:
    """Return the name of the index; the indexes of partitions are called by that of their table."""
    if column.relation_kind != "p":
        return sanitize(names[0])
    whole = [index for index in column.indexes if index.metric is metric]
    name = whole[0].label if len(whole) == 1 else sanitize(names[0])
    if others:
        return f"{name} ({plural(len(names), 'partition')}; {others:,} {'is' if others == 1 else 'are'} read whole)"
    return f"{name} ({plural(len(names), 'partition')})" if len(names) > 1 else name


def _why(chosen: Document, forced: Document, column: VectorColumn, metric: Metric, *, exact: bool) -> str:
    if exact:
        return "all rows were to be compared"
    if _is_never_true(chosen):
        return "the condition is true for no row"
    if chosen.get("Settings", {}).get("enable_indexscan") == "off":
        return "enable_indexscan is off"
    return _cheaper(chosen, column) if _ordered(forced) else _impossible(column, metric)


def _is_never_true(document: Document) -> bool:
    return any(node.get("One-Time Filter") == "false" for node in _nodes(document["Plan"]))


def _cheaper(chosen: Document, column: VectorColumn) -> str:
    """Say why the planner did not take an index that it could have taken."""
    nodes = list(_nodes(chosen["Plan"]))
    if not any(node["Node Type"] == "Limit" for node in nodes):
        return "there is no LIMIT: all rows are wanted, and sorting them is cheaper"
    others = [node for node in nodes if "Index Name" in node and "Index Cond" in node]
    rows = max((node["Plan Rows"] for node in nodes if node["Node Type"] == "Sort"), default=0)
    if others:
        return (
            f"the planner finds it cheaper to sort the {_about(rows)} that index "
            f"{sanitize(others[0]['Index Name'])} finds for the condition"
        )
    if column.rows < 0 and column.relation_kind in "rmp":
        return "the planner finds reading all rows cheaper, but the table was never analysed (ANALYZE helps)"
    return f"the planner finds reading {plural(column.rows, 'row') if column.rows > 0 else 'all rows'} cheaper"


def _about(rows: int) -> str:
    return f"about {plural(rows, 'row')}"


def _impossible(column: VectorColumn, metric: Metric) -> str:
    """Say what is in the way of every index."""
    if not column.indexes:
        return _without(column)
    fitting = [index for index in column.indexes if index.metric is metric]
    if not fitting:
        return f"{_indexes(column.indexes)}, and {metric.said} was asked for"
    return _obstacle(min(fitting, key=lambda index: (not index.valid, bool(index.predicate), bool(index.expression))))


def _without(column: VectorColumn) -> str:
    if column.relation_kind == "v":
        return "a view has no index, and the server finds no way to one of its tables"
    return "a foreign table has no index here" if column.relation_kind == "f" else "the column has no index of vectors"


def _indexes(indexes: Sequence[VectorIndex]) -> str:
    """Say what each is for: `index a_e is for cosine`, those for the same together."""
    by_use: dict[str, list[str]] = {}
    for each in indexes:
        # The bits of a vector are another thing than the vector.
        use = f"{each.metric.said}{' of its bits' if each.kind is Kind.BIT and each.expression else ''}"
        by_use.setdefault(use, []).append(each.label)
    one, many = "index {} is for {}", "indexes {} are for {}"
    said = [(many if len(names) > 1 else one).format(" and ".join(names), use) for use, names in by_use.items()]
    return ", ".join(said)


def _obstacle(index: VectorIndex) -> str:
    if index.building is not None:
        return f"index {index.label} is still being built"
    if not index.valid:
        return f"index {index.label} is not valid: its build did not come to its end"
    if index.predicate:
        return f"index {index.label} holds only rows with {sanitize(index.predicate)}, which the search does not say"
    if index.expression:
        return f"index {index.label} is of {sanitize(index.expression)}, which the search does not order by"
    return f"the server finds no way to use index {index.label} for this search"
