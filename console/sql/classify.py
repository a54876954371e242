"""What a statement does: read, write, define, control a transaction; and whether it can be inside one."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from console.sql import grammar, outside
from console.sql.grammar import Fields, Tree
from console.sql.statements import Statement


class Effect(StrEnum):
    """What a statement does to the database, as far as its own words tell; functions may do more."""

    READ = "read"
    WRITE = "write"
    DDL = "ddl"
    TRANSACTION = "transaction"
    SESSION = "session"
    MAINTENANCE = "maintenance"


_EFFECTS: Mapping[str, Effect] = {
    **dict.fromkeys(("InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt", "TruncateStmt"), Effect.WRITE),
    **dict.fromkeys(("CallStmt", "DoStmt", "ExecuteStmt", "NotifyStmt"), Effect.WRITE),
    "TransactionStmt": Effect.TRANSACTION,
    **dict.fromkeys(("VariableShowStmt", "FetchStmt", "ClosePortalStmt"), Effect.READ),
    **dict.fromkeys(("VariableSetStmt", "DiscardStmt", "PrepareStmt", "DeallocateStmt"), Effect.SESSION),
    **dict.fromkeys(("ListenStmt", "UnlistenStmt", "LoadStmt", "LockStmt", "ConstraintsSetStmt"), Effect.SESSION),
    **dict.fromkeys(("VacuumStmt", "ClusterStmt", "ReindexStmt", "CheckPointStmt"), Effect.MAINTENANCE),
}
_WRITING = frozenset({"InsertStmt", "UpdateStmt", "DeleteStmt", "MergeStmt"})


def effect(statement: Statement) -> Effect:
    """Say what a statement does. A SELECT with a writing WITH, or FOR UPDATE, writes; SELECT INTO defines."""
    return _effect(grammar.parse(statement.text)[0])


def _effect(tree: Tree) -> Effect:
    fields = tree.fields
    if tree.kind == "SelectStmt":
        return _of_select(tree)
    if tree.kind in ("ExplainStmt", "DeclareCursorStmt"):
        runs = tree.kind == "DeclareCursorStmt" or _analyzes(fields)
        return _inner(fields["query"]) if runs else Effect.READ
    if tree.kind == "CopyStmt":
        if fields.get("is_from") or fields.get("filename"):
            return Effect.WRITE
        return _inner(fields["query"]) if "query" in fields else Effect.READ
    return _EFFECTS.get(tree.kind, Effect.DDL)


def _of_select(tree: Tree) -> Effect:
    found = list(grammar.nodes(tree))
    if any("intoClause" in node.fields for node in found):
        return Effect.DDL
    writes = any(node.kind in _WRITING or "lockingClause" in node.fields for node in found)
    return Effect.WRITE if writes else Effect.READ


def _inner(query: Mapping[str, Any]) -> Effect:
    kind, fields = next(iter(query.items()))
    return _effect(Tree(kind, fields))


def _analyzes(explain: Fields) -> bool:
    return grammar.options(explain).get("analyze", "off") not in grammar.OFF


def transactional(statement: Statement) -> bool:
    """Say whether a statement can run inside a transaction block; `outside.reason` says why not."""
    return not outside.reason(statement)
