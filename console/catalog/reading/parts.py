"""Builds what belongs to one relation: constraints, indexes, triggers, rules, policies, extended statistics."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from console.catalog.model import Constraint, Index, Key, Kind, Measure, Policy, Rule, Statistics, Trigger
from console.catalog.reading import classes
from console.catalog.reading.ground import Ground, options

_PAGE = 8192


def build(ground: Ground) -> None:
    """Add the parts of all relations that are on the ground; routines have to be there too."""
    _name_indexes(ground)
    _constraints(ground)
    _indexes(ground)
    _triggers(ground)
    _rules(ground)
    _policies(ground)
    _statistics(ground)


def _part(kind: Kind, table: Key, name: str) -> Key:
    return Key(kind, table.schema, name, table.name)


def _name_indexes(ground: Ground) -> None:
    for row in ground.rows["indexes"]:
        if ground.relation(row[1]) is not None and row[2] in ground.schemas:
            ground.keys[classes.CLASS, row[0]] = Key(Kind.INDEX, ground.schemas[row[2]], row[3])


def _constraints(ground: Ground) -> None:
    rows = [row for row in ground.rows["constraints"] if ground.relation(row[1]) is not None]
    newer = {oid: (period, enforced) for oid, period, enforced in ground.rows["constraints_18"]}
    for row in rows:
        key = _part(Kind.CONSTRAINT, ground.keys[classes.CLASS, row[1]], row[3])
        ground.keys[classes.CONSTRAINT, row[0]] = key
    for row in rows:
        constraint = _constraint(ground, row, newer.get(row[0], (False, True)))
        ground.objects[constraint.key] = constraint
        if constraint.definition is None:
            ground.hide(constraint.key, row[1], row[13])


def _constraint(ground: Ground, row: tuple[Any, ...], newer: tuple[bool, bool]) -> Constraint:
    oid, table, _, _, letter, numbers, deferrable, deferred, validated, no_inherit, local, inherited, *rest = row
    index, references, parent, definition = rest
    return Constraint(
        key=ground.keys[classes.CONSTRAINT, oid],
        oid=oid,
        comment=ground.comments.get((classes.CONSTRAINT, oid, 0)),
        table=ground.keys[classes.CLASS, table],
        type=letter,
        definition=definition,
        columns=ground.column_names(table, numbers),
        deferrable=deferrable,
        deferred=deferred,
        validated=validated,
        enforced=newer[1],
        no_inherit=no_inherit and letter == "c",  # of the others it tells how the row was made, and nothing else
        local=local,
        inherited=inherited,
        period=newer[0],
        index=ground.relation(index) if index else None,
        references=ground.relation(references) if references else None,
        parent=ground.keys.get((classes.CONSTRAINT, parent)) if parent else None,
    )


def _indexes(ground: Ground) -> None:
    parents = {child: parent for child, parent, _ in ground.rows["inheritance"]}
    loose = {row[0] for row in ground.rows["indexes_15"]}
    statistics: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for oid, number, target in ground.rows["index_statistics"]:
        statistics[oid].append((number, target))
    for row in ground.rows["indexes"]:
        if (classes.CLASS, row[0]) not in ground.keys:
            continue
        parent = ground.relation(parents[row[0]]) if row[0] in parents else None
        index = _index(ground, row, parent, tuple(statistics.get(row[0], ())), nulls_not_distinct=row[0] in loose)
        ground.objects[index.key] = index
        ground.measures[index.key] = Measure(int(row[14]) if row[14] >= 0 else None, row[15] * _PAGE)
        if index.definition is None:
            ground.hide(index.key, row[0], row[1])


def _index(
    ground: Ground,
    row: tuple[Any, ...],
    parent: Key | None,
    statistics: tuple[tuple[int, int], ...],
    *,
    nulls_not_distinct: bool,
) -> Index:
    oid, table, _, _, method, numbers, unique, primary, valid, ready, identity, clustered, entries, *rest = row
    tablespace, _, _, definition, constraint = rest
    names = ground.columns.get(table, {})
    return Index(
        key=ground.keys[classes.CLASS, oid],
        oid=oid,
        comment=ground.comments.get((classes.CLASS, oid, 0)),
        table=ground.keys[classes.CLASS, table],
        definition=definition,
        method=method,
        columns=tuple(names.get(number) for number in numbers),
        unique=unique,
        primary=primary,
        valid=valid,
        ready=ready,
        replica_identity=identity,
        clustered=clustered,
        nulls_not_distinct=nulls_not_distinct,
        options=options(entries),
        tablespace=tablespace or "",
        statistics=statistics,
        constraint=ground.keys.get((classes.CONSTRAINT, constraint)) if constraint else None,
        parent=parent,
    )


def _triggers(ground: Ground) -> None:
    rows = [row for row in ground.rows["triggers"] if ground.relation(row[1]) is not None]
    for row in rows:
        key = _part(Kind.TRIGGER, ground.keys[classes.CLASS, row[1]], row[2])
        ground.keys[classes.TRIGGER, row[0]] = key
    for oid, table, _, enabled, function, constraint, parent, definition in rows:
        trigger = Trigger(
            key=ground.keys[classes.TRIGGER, oid],
            table=ground.keys[classes.CLASS, table],
            definition=definition,
            enabled=enabled,
            function=ground.keys.get((classes.PROC, function)),
            constraint=constraint,
            parent=ground.keys.get((classes.TRIGGER, parent)) if parent else None,
            **ground.note(classes.TRIGGER, oid),
        )
        ground.objects[trigger.key] = trigger
        if definition is None:
            ground.hide(trigger.key, table)


def _rules(ground: Ground) -> None:
    for oid, relation, name, enabled, definition in ground.rows["rules"]:
        table = ground.relation(relation)
        if table is None:
            continue
        if name == "_RETURN":
            ground.keys[classes.REWRITE, oid] = table
            continue
        key = _part(Kind.RULE, table, name)
        note = ground.note(classes.REWRITE, oid)
        ground.add(classes.REWRITE, Rule(key=key, table=table, definition=definition, enabled=enabled, **note))
        if definition is None:
            ground.hide(key, relation)


def _policies(ground: Ground) -> None:
    tables = {row[0]: row for row in ground.rows["relations"]}
    for oid, relation, name, command, permissive, roles, using, check, locked in ground.rows["policies"]:
        row = tables.get(relation)
        if row is None or row[1] not in ground.schemas:
            continue
        # Policies belong to whoever made them, on an extension's table too.
        table = Key(Kind.TABLE, ground.schemas[row[1]], row[2])
        policy = Policy(
            key=_part(Kind.POLICY, table, name),
            table=table,
            command=command,
            permissive=permissive,
            roles=tuple(sorted(ground.role(role) for role in roles)),
            using=using,
            check=check,
            locked=locked,
            **ground.note(classes.POLICY, oid),
        )
        ground.add(classes.POLICY, policy)
        if locked:
            ground.hide(policy.key, relation)


def _statistics(ground: Ground) -> None:
    for oid, schema, name, owner, relation, target, definition in ground.rows["statistics"]:
        table = ground.relation(relation)
        if table is None or schema not in ground.schemas:
            continue
        statistics = Statistics(
            key=Key(Kind.STATISTICS, ground.schemas[schema], name),
            table=table,
            definition=definition,
            target=target,
            **ground.owned(classes.STATISTIC_EXT, oid, owner),
        )
        ground.add(classes.STATISTIC_EXT, statistics)
        if definition is None:
            ground.hide(statistics.key, relation)
