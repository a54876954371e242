"""Which rule looks at which statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from console.migrations.hazards import indexes, objects, others, rows, tables
from console.migrations.hazards.hazard import Hazard, Lock
from console.migrations.hazards.scene import Scene
from console.sql.grammar import Fields, Tree

Rule: TypeAlias = Callable[[Scene, Fields], Iterator[Hazard]]

RULES: Mapping[str, Rule] = {
    "AlterTableStmt": tables.altered,
    "CreateStmt": objects.made,
    "CreateTableAsStmt": objects.filled,
    "SelectStmt": objects.filled,
    "ViewStmt": objects.viewed,
    "DropStmt": objects.dropped,
    "RenameStmt": objects.renamed,
    "AlterObjectSchemaStmt": objects.moved,
    "IndexStmt": indexes.created,
    "ReindexStmt": indexes.rebuilt,
    "ClusterStmt": indexes.clustered,
    "VacuumStmt": indexes.vacuumed,
    "RefreshMatViewStmt": indexes.refreshed,
    "TruncateStmt": rows.truncated,
    "LockStmt": rows.locked,
    "UpdateStmt": rows.updated,
    "DeleteStmt": rows.deleted,
    "CreateTrigStmt": objects.on_table(Lock.SHARE_ROW_EXCLUSIVE, "relation"),
    "RuleStmt": objects.on_table(Lock.ACCESS_EXCLUSIVE, "relation"),
    "CreatePolicyStmt": objects.on_table(Lock.ACCESS_EXCLUSIVE, "table"),
    "AlterPolicyStmt": objects.on_table(Lock.ACCESS_EXCLUSIVE, "table"),
    "AlterEnumStmt": others.enumerated,
    "AlterDomainStmt": others.domained,
    "CreateEnumStmt": others.typed,
    "CreateDomainStmt": others.typed,
    "CreateRangeStmt": others.typed,
    "CompositeTypeStmt": others.typed,
    "CreateFunctionStmt": others.coded,
    "VariableSetStmt": others.schema,
    "DoStmt": others.unseen,
    "CallStmt": others.unseen,
    "DropOwnedStmt": others.dropped_owned,
    "DropdbStmt": others.dropped_database,
}


def look(scene: Scene, tree: Tree) -> tuple[Hazard, ...]:
    """Return the hazards of one statement, the worst first; the scene remembers what it makes."""
    rule = RULES.get(tree.kind)
    found = rule(scene, tree.fields) if rule else iter(())
    return tuple(sorted(found, key=lambda hazard: -hazard.severity))


def foresee(scene: Scene, trees: list[Tree]) -> None:
    """Let the scene know what later statements make anew, and for which tables there will be policies."""
    for tree in trees:
        fields = tree.fields
        if tree.kind == "CreatePolicyStmt":
            scene.given_policies.add(scene.name(fields["table"]).placed)
        elif tree.kind == "ViewStmt":
            scene.remade.add(("relation", scene.name(fields["view"]).placed))
        elif tree.kind == "CreateTableAsStmt":
            scene.remade.add(("relation", scene.name(fields["into"]["rel"]).placed))
        elif tree.kind == "CreateFunctionStmt":
            scene.remade.add(("function", scene.dotted(fields["funcname"]).placed))
        elif tree.kind in ("CreateEnumStmt", "CreateDomainStmt"):
            node = fields.get("typeName") or fields.get("domainname")
            scene.remade.add(("type", scene.dotted(node).placed))
