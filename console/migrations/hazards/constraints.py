"""What ALTER TABLE does about constraints: add, with or without validation, validate, drop."""

from __future__ import annotations

from collections.abc import Iterator

from console.migrations.hazards.hazard import Hazard, Kind, Lock, Name
from console.migrations.hazards.scene import Scene
from console.sql.grammar import Fields, words

_VALIDATE_LATER = "Add it as NOT VALID, and VALIDATE CONSTRAINT in the next migration."
_USING_INDEX = "CREATE UNIQUE INDEX CONCURRENTLY in a migration before, then ADD CONSTRAINT … USING INDEX."
_INDEXED = ("CONSTR_PRIMARY", "CONSTR_UNIQUE", "CONSTR_EXCLUSION")


def lock_of(command: Fields) -> Lock:
    """Return the lock that ADD CONSTRAINT takes on its table."""
    foreign = command["def"]["Constraint"]["contype"] == "CONSTR_FOREIGN"
    return Lock.SHARE_ROW_EXCLUSIVE if foreign else Lock.ACCESS_EXCLUSIVE


def added(scene: Scene, name: Name, command: Fields, lock: Lock) -> Iterator[Hazard]:
    """Yield what ADD CONSTRAINT does."""
    constraint = command["def"]["Constraint"]
    kind = constraint["contype"]
    later = bool(constraint.get("skip_validation"))
    if kind in _INDEXED:
        yield from _with_index(scene, name, constraint, lock)
    elif kind == "CONSTR_CHECK":
        _remember(scene, name, constraint, _proves(constraint), later=later)
    elif kind == "CONSTR_NOTNULL":
        _remember(scene, name, constraint, _key(constraint), later=later)
    if kind in ("CONSTR_CHECK", "CONSTR_NOTNULL", "CONSTR_FOREIGN") and not later:
        yield scene.work(Kind.SCAN, lock, name, "reads all of", advice=_VALIDATE_LATER)


def _with_index(scene: Scene, name: Name, constraint: Fields, lock: Lock) -> Iterator[Hazard]:
    primary = constraint["contype"] == "CONSTR_PRIMARY"
    if "indexname" not in constraint:
        advice = "" if constraint["contype"] == "CONSTR_EXCLUSION" else _USING_INDEX
        yield scene.work(Kind.BUILD, lock, name, "builds an index over", advice=advice)
    elif primary:
        advice = "SET NOT NULL its columns before, proved by a validated CHECK."
        yield scene.work(
            Kind.SCAN, lock, name, "reads all of", may="only if a column of the key may be NULL now", advice=advice
        )


def _remember(scene: Scene, name: Name, constraint: Fields, column: str, *, later: bool) -> None:
    if column and not later:
        scene.proven.add((name.placed, column))
    elif column:
        scene.checks[name.placed, constraint.get("conname", "")] = column


def _key(constraint: Fields) -> str:
    keys = words(constraint.get("keys"))
    return keys[0] if len(keys) == 1 else ""


def _proves(constraint: Fields) -> str:
    """Return the column that a CHECK says is not NULL, when it says just that."""
    test = constraint.get("raw_expr", {}).get("NullTest", {})
    if test.get("nulltesttype") != "IS_NOT_NULL":
        return ""
    column = words(test.get("arg", {}).get("ColumnRef", {}).get("fields"))
    return column[0] if len(column) == 1 else ""


def validated(scene: Scene, name: Name, command: Fields, lock: Lock) -> Iterator[Hazard]:
    """Yield what VALIDATE CONSTRAINT does: beside it reads and writes go on."""
    column = scene.checks.get((name.placed, command["name"]))
    if column:
        scene.proven.add((name.placed, column))
    yield scene.work(Kind.SCAN, lock, name, "reads all of")


def referenced(scene: Scene, constraints: Iterator[Fields]) -> Iterator[Hazard]:
    """Yield the locks on tables that new foreign keys point at."""
    for constraint in constraints:
        if constraint["contype"] == "CONSTR_FOREIGN" and "pktable" in constraint:
            table = scene.name(constraint["pktable"])
            if not scene.is_new(table):
                yield scene.brief(Lock.SHARE_ROW_EXCLUSIVE, table, why="too, which the foreign key references")
