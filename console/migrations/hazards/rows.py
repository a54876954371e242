"""What statements about rows do to others: TRUNCATE, LOCK, and writing all rows at once."""

from __future__ import annotations

from collections.abc import Iterator

from console.migrations.hazards.hazard import Hazard, Kind, Lock, Name, Severity
from console.migrations.hazards.scene import Scene
from console.sql.grammar import Fields

_BATCHES = "Write in batches of some thousand rows, each in a transaction of its own."


def truncated(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what TRUNCATE does."""
    for each in statement["relations"]:
        name = scene.name(each["RangeVar"])
        if scene.is_new(name):
            continue
        found = scene.relation(name)
        rows = found.rows if found is not None else None
        text = f"Empties {scene.shown(name)} under ACCESS EXCLUSIVE{': all rows are lost' if rows != 0 else ''}."
        yield scene.loss(name, text, rows=rows, lock=Lock.ACCESS_EXCLUSIVE)
        if statement.get("behavior") == "DROP_CASCADE":
            yield Hazard(
                Kind.CASCADE,
                Severity.WARN,
                f"Empties every table that references {name}, too, and those that reference them.",
                name,
                Lock.ACCESS_EXCLUSIVE,
                "Name the tables instead.",
            )


def locked(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what LOCK TABLE does."""
    lock = Lock(statement["mode"])
    if not lock.blocks_writes:
        return
    for each in statement["relations"]:
        name = scene.name(each["RangeVar"])
        if not scene.is_new(name):
            blocked = "reads and writes" if lock.blocks_reads else "writes"
            text = f"Takes {lock.word} on {name}, which blocks {blocked} until the transaction ends."
            yield Hazard(Kind.LOCK, Severity.WARN, text, name, lock)


def updated(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what an UPDATE without WHERE does: every row is written anew and locked until the end."""
    name = scene.name(statement["relation"])
    if "whereClause" in statement or "fromClause" in statement or scene.is_new(name):
        return
    text = f"Writes all rows of {scene.shown(name)} anew and keeps them locked until the transaction ends."
    yield Hazard(Kind.BULK, _of_bulk(scene, name), text, name, Lock.ROW_EXCLUSIVE, _BATCHES)


def deleted(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what a DELETE without WHERE does."""
    name = scene.name(statement["relation"])
    if "whereClause" in statement or "usingClause" in statement or scene.is_new(name):
        return
    found = scene.relation(name)
    rows = found.rows if found is not None else None
    yield scene.loss(name, f"Deletes all rows of {scene.shown(name)}.", rows=rows, lock=Lock.ROW_EXCLUSIVE)


def _of_bulk(scene: Scene, name: Name) -> Severity:
    found = scene.relation(name)
    return Severity.INFO if found is not None and found.small else Severity.WARN
