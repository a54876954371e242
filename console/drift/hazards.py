"""What the statements of a plan may do to a database in use: locks, rewrites, scans, builds, losses, with its sizes.

The rules are those for migrations; what they ask a server for is in the catalog.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from console.catalog.model import (
    Catalog,
    Column,
    Constraint,
    ForeignTable,
    Index,
    Key,
    MaterializedView,
    Routine,
    Table,
)
from console.drift.failing import Failing
from console.drift.ground import Side
from console.drift.ordering.refilling import drops_nothing
from console.drift.ordering.writing import Statement
from console.drift.planning import guards
from console.drift.vectors import Indexes, of_vectors, rebuilt
from console.errors import BadSql
from console.migrations.hazards import known, rules, types
from console.migrations.hazards.hazard import Hazard, Kind, Lock, Name, Severity
from console.migrations.hazards.known import Known, Relation, Type
from console.migrations.hazards.scene import Scene
from console.sql import grammar, statements
from console.sql.grammar import Tree
from console.sql.title import title
from console.text import sanitize


def of_statements(a: Catalog, b: Catalog, plan: Sequence[Statement]) -> tuple[tuple[Hazard, ...], ...]:
    """Return the hazards of each statement that turns `a`, with the sizes that it has, into `b`."""
    trees = [_tree(each.text) for each in plan]
    scene = Scene(_known(a, {each.key for each in plan}))
    failing, indexes = Failing(a, b, scene), of_vectors(b)
    rules.foresee(scene, [tree for tree in trees if tree is not None])
    taken: dict[Name, Lock] = {}
    found = []
    for statement, tree in zip(plan, trees, strict=True):
        said = _of_statement(a, b, scene, failing, indexes, statement, tree)
        told = tuple(each for each in said if not _is_held(taken, each))
        if statement.alone:
            taken.clear()
        else:
            taken |= {each.relation.placed: max(each.lock, taken.get(each.relation.placed, Lock.NONE))
                      for each in told if each.relation is not None}  # fmt: skip
        found.append(told)
    return tuple(found)


def worst(found: Sequence[Sequence[Hazard]]) -> Severity:
    """Return the worst severity among all."""
    return max((each.severity for each in chain.from_iterable(found)), default=Severity.INFO)


def _is_held(taken: Mapping[Name, Lock], hazard: Hazard) -> bool:
    """Tell whether nothing is said but that a lock is taken which the transaction has."""
    if hazard.kind is not Kind.LOCK or hazard.advice or hazard.relation is None:
        return False
    return taken.get(hazard.relation.placed, Lock.NONE) >= hazard.lock


def _of_statement(
    a: Catalog,
    b: Catalog,
    scene: Scene,
    failing: Failing,
    indexes: Indexes,
    statement: Statement,
    tree: Tree | None,
) -> Iterator[Hazard]:
    said = [*dict.fromkeys(rules.look(scene, tree))] if tree is not None else []
    if tree is None:
        said.append(Hazard(Kind.UNSEEN, Severity.INFO, "Nothing is known of what this statement locks."))
    if drops_nothing(statement):
        said = [each for each in said if each.kind is not Kind.LOSS]
    said += rebuilt(a, b, indexes, statement)
    said += failing.found(statement)
    if guards.switches_off(statement):
        what = f"The event trigger {sanitize(statement.key.name)} refuses nothing until the last statement."
        advice = "If the SQL stops between two of its transactions, switch it on by hand."
        said.append(Hazard(Kind.ACCESS, Severity.WARN, what, advice=advice))
    if statement.loses and not any(each.kind in (Kind.LOSS, Kind.FAIL) for each in said):
        name = Name(statement.key.schema, statement.key.parent or statement.key.name)
        said.append(Hazard(Kind.LOSS, Severity.WARN, f"Loses {sanitize(statement.loses)}.", name))
    short = _title(statement.text)
    yield from (replace(each, statement=short) for each in sorted(said, key=lambda each: -each.severity))


@lru_cache(maxsize=2_000)
def _tree(text: str) -> Tree | None:
    try:
        return grammar.parse(text)[0]
    except BadSql:
        return None


def _title(text: str) -> str:
    try:
        return title(statements.one(text))
    except BadSql:  # of a snapshot that somebody has written by hand; the proof tells
        return text.partition("\n")[0]


def _known(catalog: Catalog, keys: set[Key]) -> Known:
    """Return what the catalog knows in place of a server; columns only of the tables that are spoken of."""
    side = Side(catalog)
    spoken = {(key.schema, key.parent or key.name) for key in keys}
    relations = {}
    for key, made in catalog.objects.items():
        if isinstance(made, Table | MaterializedView | ForeignTable):
            columns = dict(_columns(side, key, made)) if (key.schema, key.name) in spoken else {}
            relations[Name(key.schema, key.name)] = _relation(side, key, made, columns)
    for index in catalog.of(Index):
        table = relations.get(Name(index.table.schema, index.table.name))
        if table is not None:
            name = Name(index.key.schema, index.key.name)
            relations[name] = replace(table, name=name, kind="i", children=0, table=table.name, columns={})
    functions = {each.key.name: each.volatility == "v" for each in catalog.of(Routine)}
    return Known(catalog.version // 10_000, asked=True, relations=relations, functions=functions)


def _relation(
    side: Side, key: Key, made: Table | MaterializedView | ForeignTable, columns: Mapping[str, known.Column]
) -> Relation:
    below = [each for each in side.below(key) if each in side.catalog.measures]
    measures = [side.catalog.measures[each] for each in below]
    partitioned = isinstance(made, Table) and made.partition_key is not None
    counted = [each.rows for each, at in zip(measures, below, strict=True) if not (partitioned and at == key)]
    rows = sum(each or 0 for each in counted) if counted and None not in counted else None
    kind = "p" if partitioned else "m" if isinstance(made, MaterializedView) else "r"
    kind = "f" if isinstance(made, ForeignTable) else kind
    children = sum(1 for _ in side.below(key)) - 1
    size = sum(each.bytes for each in measures) if measures else None
    return Relation(Name(key.schema, key.name), kind, rows, size, children, columns=columns)


def _columns(side: Side, key: Key, made: Table | MaterializedView | ForeignTable) -> Iterator[tuple[str, known.Column]]:
    checked = {
        name
        for part in side.parts.get(key, ())
        if isinstance(check := side.catalog.objects[part], Constraint) and check.type == "c"
        for name in check.columns
    }
    for each in made.columns:
        yield each.name, known.Column(_type(each.type), _is_proven(each), each.name in checked)


def _is_proven(column: Column) -> bool:
    return column.not_null is not None and column.not_null.validated


@lru_cache(maxsize=2_000)
def _type(text: str) -> Type:
    """Return a type by its text, read as a statement would name it."""
    tree = _tree(f"ALTER TABLE t ADD c {text}")
    node = tree.fields["cmds"][0]["AlterTableCmd"]["def"]["ColumnDef"]["typeName"] if tree is not None else {}
    found = types.written(node)
    return replace(found, mods=(*found.mods, 0)) if found.name == "numeric" and len(found.mods) == 1 else found
