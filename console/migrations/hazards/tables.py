"""What ALTER TABLE does, subcommand by subcommand, under the strongest lock that one of them takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from console.migrations.hazards import columns, constraints
from console.migrations.hazards.hazard import Hazard, Kind, Lock, Name, Severity
from console.migrations.hazards.scene import Scene, strongest
from console.sql.grammar import Fields

Rule: TypeAlias = Callable[[Scene, Name, Fields, Lock], Iterator[Hazard]]

_LIGHT = Lock.SHARE_UPDATE_EXCLUSIVE
_LOCKS: Mapping[str, Lock] = {
    **dict.fromkeys(("AT_SetStatistics", "AT_SetOptions", "AT_ResetOptions", "AT_ClusterOn", "AT_DropCluster"), _LIGHT),
    **dict.fromkeys(("AT_ValidateConstraint", "AT_AttachPartition", "AT_DetachPartitionFinalize"), _LIGHT),
    **dict.fromkeys(
        (f"AT_{way}Trig{which}" for way in ("Enable", "Disable") for which in ("", "All", "User")),
        Lock.SHARE_ROW_EXCLUSIVE,
    ),
    **dict.fromkeys(("AT_EnableAlwaysTrig", "AT_EnableReplicaTrig"), Lock.SHARE_ROW_EXCLUSIVE),
}
_HEAVY_OPTIONS = frozenset({"user_catalog_table"})
_RELOPTIONS = ("AT_SetRelOptions", "AT_ResetRelOptions", "AT_ReplaceRelOptions")
_TABLES = ("OBJECT_TABLE", "OBJECT_MATVIEW", "OBJECT_FOREIGN_TABLE")


def altered(scene: Scene, statement: Fields) -> Iterator[Hazard]:
    """Yield what an ALTER TABLE does to its table, and to those it names besides."""
    name = scene.name(statement["relation"])
    commands = [each["AlterTableCmd"] for each in statement.get("cmds", ())]
    if statement.get("missing_ok") and scene.is_missing(name):
        return
    new = scene.is_new(name)
    if not new and statement.get("objtype") in _TABLES:
        lock = strongest(lock_of(command) for command in commands)
        found = [hazard for command in commands for hazard in _does(scene, name, command, lock)]
        yield from found
        if lock.blocks_writes and not any(each.lock >= lock for each in found):
            yield scene.brief(lock, name)
    for command in commands:
        yield from _others(scene, command)


def lock_of(command: Fields) -> Lock:
    """Return the lock that a subcommand takes on its table, the same in PostgreSQL 14 to 18."""
    kind = command["subtype"]
    if kind == "AT_AddConstraint":
        return constraints.lock_of(command)
    if kind == "AT_DetachPartition":
        return _LIGHT if command["def"]["PartitionCmd"].get("concurrent") else Lock.ACCESS_EXCLUSIVE
    if kind in _RELOPTIONS:
        named = {each["DefElem"]["defname"] for each in command["def"]["List"]["items"]}
        return Lock.ACCESS_EXCLUSIVE if named & _HEAVY_OPTIONS else _LIGHT
    return _LOCKS.get(kind, Lock.ACCESS_EXCLUSIVE)


def _does(scene: Scene, name: Name, command: Fields, lock: Lock) -> Iterator[Hazard]:
    rule = _RULES.get(command["subtype"])
    return rule(scene, name, command, lock) if rule else iter(())


def _moved(scene: Scene, name: Name, command: Fields, lock: Lock) -> Iterator[Hazard]:
    same = {"AT_SetLogged": "it is logged already", "AT_SetUnLogged": "it is unlogged already"}
    may = f"not if {same.get(command['subtype'], 'it is there already')}"
    yield scene.work(Kind.REWRITE, lock, name, "rewrites", may=may)


def _detached(scene: Scene, name: Name, command: Fields, lock: Lock) -> Iterator[Hazard]:
    if lock.blocks_reads:
        advice = "DETACH PARTITION … CONCURRENTLY, outside a transaction, lets reads and writes go on."
        yield scene.brief(lock, name, advice=advice)


def _row_security(scene: Scene, name: Name, command: Fields, lock: Lock) -> Iterator[Hazard]:
    if command["subtype"] == "AT_DisableRowSecurity":
        text = f"Lets everybody with rights on {name} see and change all of its rows."
        yield Hazard(Kind.ACCESS, Severity.WARN, text, name, lock)
    elif name.placed not in scene.given_policies:
        text = f"Hides all rows of {name} from everybody but its owner, unless there are policies already."
        advice = "Create the policies in the same migration."
        yield Hazard(Kind.ACCESS, Severity.WARN, text, name, lock, advice)


def _identity(scene: Scene, name: Name, command: Fields, lock: Lock) -> Iterator[Hazard]:
    if command["subtype"] == "AT_DropIdentity":
        text = f"Inserts into {name} that leave this column out fail or write NULL from now on."
        yield scene.breaking(name, text, lock=lock)


_RULES: Mapping[str, Rule] = {
    "AT_AddColumn": columns.added,
    "AT_DropColumn": columns.dropped,
    "AT_AlterColumnType": columns.retyped,
    "AT_SetNotNull": columns.not_null,
    "AT_AddConstraint": constraints.added,
    "AT_ValidateConstraint": constraints.validated,
    **dict.fromkeys(("AT_SetLogged", "AT_SetUnLogged", "AT_SetTableSpace", "AT_SetAccessMethod"), _moved),
    "AT_DetachPartition": _detached,
    **dict.fromkeys(("AT_EnableRowSecurity", "AT_DisableRowSecurity"), _row_security),
    "AT_DropIdentity": _identity,
}


def _others(scene: Scene, command: Fields) -> Iterator[Hazard]:
    """Yield what happens to other tables: referenced ones, partitions."""
    definition = command.get("def", {})
    kind = command["subtype"]
    if kind == "AT_AddConstraint":
        yield from constraints.referenced(scene, iter((definition["Constraint"],)))
    elif kind == "AT_AddColumn":
        inner = definition["ColumnDef"].get("constraints", ())
        yield from constraints.referenced(scene, (each["Constraint"] for each in inner))
    elif kind in ("AT_AttachPartition", "AT_DetachPartition"):
        yield from _partition(scene, kind, definition["PartitionCmd"])


def _partition(scene: Scene, kind: str, command: Fields) -> Iterator[Hazard]:
    part = scene.name(command["name"])
    if scene.is_new(part):
        return
    if kind == "AT_AttachPartition":
        advice = "Give it a CHECK of the same bounds first, added as NOT VALID and validated: then nothing is read."
        may = "not if a CHECK of it proves the bounds"
        yield scene.work(Kind.SCAN, Lock.ACCESS_EXCLUSIVE, part, "reads all of", may=may, advice=advice)
    elif not command.get("concurrent"):
        yield scene.brief(Lock.ACCESS_EXCLUSIVE, part)
