"""Constraints, indexes, triggers, rules, policies, statistics that stay: what is said without making them anew."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.compare import Change
from console.catalog.ddl.naming import described
from console.catalog.model import Constraint, Index, Key, Kind, Policy, Rule, Statistics, Trigger
from console.drift.altering import above
from console.drift.altering.options import reset_and_set
from console.drift.ground import Ground
from console.drift.ordering.pieces import Piece
from console.sql.quoting import dotted, ident, listed

_FIRING = {"O": "ENABLE", "D": "DISABLE", "R": "ENABLE REPLICA", "A": "ENABLE ALWAYS"}


def constraint(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a constraint is validated, or made to wait; None when it says something else."""
    before, after = change.before, change.after
    assert isinstance(before, Constraint)
    assert isinstance(after, Constraint)
    names = {each.attribute for each in change.differences}
    table = f"ALTER {_sort(after)} {dotted(after.table.schema, after.table.name)}"
    if names <= {"local", "inherited", "parent"}:
        return None if "local" in names and above.needs_anew(ground, before, after) else ()
    if names <= {"definition", "validated"} and after.validated and _bare(before) == _bare(after):
        return (Piece("validated", (f"{table} VALIDATE CONSTRAINT {ident(after.key.name)}",)),)
    if names <= {"definition", "deferrable", "deferred"} and _same_but_waiting(before, after):
        return (Piece("deferred", (f"{table} ALTER CONSTRAINT {ident(after.key.name)} {_waiting(after)}",)),)
    return None


def _bare(made: Constraint) -> str:
    return (made.definition or "").removesuffix(" NOT VALID")


def _same_but_waiting(before: Constraint, after: Constraint) -> bool:
    """Tell whether foreign keys differ in nothing but when they are looked at; a partition's follows the whole's."""
    said = ((each.definition or "").partition(" DEFERRABLE")[0] for each in (before, after))
    return after.type == "f" and after.parent is None and len(set(said)) == 1


def _waiting(made: Constraint) -> str:
    if not made.deferrable:
        return "NOT DEFERRABLE"
    return f"DEFERRABLE INITIALLY {'DEFERRED' if made.deferred else 'IMMEDIATE'}"


def index(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how the options of an index are changed; None when it is another."""
    before, after = change.before, change.after
    assert isinstance(before, Index)
    assert isinstance(after, Index)
    names = {each.attribute for each in change.differences}
    if "options" in names and before.constraint is None and not _only_options(before, after):
        return None
    if "options" in names and getattr(ground.b.catalog.objects.get(after.table), "partition_key", None):
        return None  # for partitioned indexes the server has no statement
    if names - {"options", "definition", "replica_identity", "clustered", "statistics", "tablespace", "parent"}:
        return None
    if "definition" in names and "options" not in names:
        return None
    return tuple(_index(ground, before, after, names))


def _only_options(before: Index, after: Index) -> bool:
    return _without(before) == _without(after) and before.method == after.method == "btree"


def _without(made: Index) -> str:
    """Return the definition without WITH (…), which stands before TABLESPACE and WHERE."""
    text = made.definition or ""
    head, word, tail = text.partition(" WITH (")
    return head + tail.partition(")")[2] if word else text


def _index(ground: Ground, before: Index, after: Index, names: set[str]) -> Iterator[Piece]:
    head = f"ALTER INDEX {dotted(after.key.schema, after.key.name)}"
    texts = list(reset_and_set(head, before.options, after.options))
    if "tablespace" in names:
        texts.append(f"{head} SET TABLESPACE {ident(after.tablespace or 'pg_default')}")
    was, now = dict(before.statistics), dict(after.statistics)
    texts += [f"{head} ALTER COLUMN {place} SET STATISTICS {now.get(place, -1)}" for place in sorted(was | now)
              if was.get(place) != now.get(place)]  # fmt: skip
    sort = "MATERIALIZED VIEW" if after.table.kind is Kind.MATERIALIZED_VIEW else "TABLE"
    table = f"ALTER {sort} {dotted(after.table.schema, after.table.name)}"
    if "clustered" in names:
        clustering = f"CLUSTER ON {ident(after.key.name)}" if after.clustered else "SET WITHOUT CLUSTER"
        texts += [f"{table} {clustering}"] if after.clustered or not _clustered(ground, after) else []
    if "replica_identity" in names and after.replica_identity:
        texts.append(f"{table} REPLICA IDENTITY USING INDEX {ident(after.key.name)}")
    if texts:
        yield Piece("rest", tuple(texts))
    if "parent" in names and after.parent is not None and before.parent is None:
        yield from _attached(ground, after, head)


def _clustered(ground: Ground, made: Index) -> bool:
    """Tell whether the table is clustered on another index afterwards."""
    return any(each.clustered and each.table == made.table for each in ground.b.of(Index))


def _attached(ground: Ground, made: Index, head: str) -> Iterator[Piece]:
    """An index is taken up when its table is attached, else by itself."""
    before, after = ground.a.catalog.objects.get(made.table), ground.b.catalog.objects.get(made.table)
    assert made.parent is not None
    if getattr(before, "partition_of", None) == getattr(after, "partition_of", None):
        text = f"ALTER INDEX {dotted(made.parent.schema, made.parent.name)} ATTACH PARTITION "
        yield Piece("together", (text + dotted(made.key.schema, made.key.name),), lets_go=False)


def taken_up(ground: Ground, made: Constraint) -> Iterator[tuple[Key, str]]:
    """Yield the indexes of primary keys of partitions that a new UNIQUE takes up, and how: ATTACH of these does not."""
    if made.type not in "pu" or made.index is None:
        return
    whole = dotted(made.index.schema, made.index.name)
    children = ground.b.children.get(made.table, ())
    for each in (ground.b.catalog.objects[key] for child in children for key in ground.b.parts.get(child, ())):
        if not isinstance(each, Constraint) or each.parent != made.key or each.index is None:
            continue
        if each.type != made.type:
            name = dotted(each.index.schema, each.index.name)
            yield each.index, f"ALTER INDEX {whole} ATTACH PARTITION {name}"


def trigger(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return when a trigger fires; None when it is another."""
    return _firing(change, "TRIGGER")


def rule(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return when a rule holds; None when it is another."""
    return _firing(change, "RULE")


def _firing(change: Change, word: str) -> tuple[Piece, ...] | None:
    after = change.after
    assert isinstance(after, Trigger | Rule)
    if {each.attribute for each in change.differences} != {"enabled"}:
        return None
    only = "ONLY " if isinstance(after, Trigger) and after.parent is None and after.table.kind is Kind.TABLE else ""
    table = f"ALTER TABLE {only}{dotted(after.table.schema, after.table.name)}"
    return (Piece("rest", (f"{table} {_FIRING[after.enabled]} {word} {ident(after.key.name)}",)),)


def policy(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return how a policy's roles and conditions are changed; a condition cannot be taken away, nor its command."""
    before, after = change.before, change.after
    assert isinstance(before, Policy)
    assert isinstance(after, Policy)
    names = {each.attribute for each in change.differences}
    if names & {"command", "permissive"} or (before.using and not after.using) or (before.check and not after.check):
        return None
    said = [f"TO {listed(after.roles) if after.roles else 'PUBLIC'}"] if "roles" in names else []
    said += [f"USING ({after.using})"] if "using" in names else []
    said += [f"WITH CHECK ({after.check})"] if "check" in names else []
    return (Piece("rest", (f"ALTER {described(after)} {' '.join(said)}",)),)


def statistics(ground: Ground, change: Change) -> tuple[Piece, ...] | None:
    """Return another target; None when other columns are counted."""
    after = change.after
    assert isinstance(after, Statistics)
    if {each.attribute for each in change.differences} != {"target"}:
        return None
    target = -1 if after.target is None else after.target
    return (Piece("rest", (f"ALTER {described(after)} SET STATISTICS {target}",)),)


def _sort(made: Constraint) -> str:
    return "FOREIGN TABLE" if made.table.kind is Kind.FOREIGN_TABLE else "TABLE"
