"""Which statements cannot run inside a transaction block, and which want care in one."""

from __future__ import annotations

from console.sql import grammar
from console.sql.grammar import OFF, Fields, options
from console.sql.statements import Statement
from console.text import sanitize


def reason(statement: Statement) -> str:
    """Return why a statement cannot run inside a transaction block, as a sentence; empty when it can.

    By the calls of PreventInTransactionBlock in PostgreSQL 14 to 18. What depends on the catalog cannot be seen here:
    REINDEX and CLUSTER of a partitioned table, DROP SUBSCRIPTION of one without a slot.
    """
    tree = grammar.tree(statement.text)
    command = _outside(tree.kind, tree.fields)
    return f"{command} cannot run inside a transaction block." if command else ""


_ALWAYS_OUTSIDE = {
    "CreatedbStmt": "CREATE DATABASE",
    "DropdbStmt": "DROP DATABASE",
    "CreateTableSpaceStmt": "CREATE TABLESPACE",
    "DropTableSpaceStmt": "DROP TABLESPACE",
    "AlterSystemStmt": "ALTER SYSTEM",
    "DropSubscriptionStmt": "DROP SUBSCRIPTION",
}


def _outside(kind: str, fields: Fields) -> str:
    if kind in _ALWAYS_OUTSIDE:
        return _ALWAYS_OUTSIDE[kind]
    check = _OUTSIDE.get(kind)
    return check(fields) if check else ""


def _index(fields: Fields) -> str:
    return "CREATE INDEX CONCURRENTLY" if fields.get("concurrent") else ""


def _drop(fields: Fields) -> str:
    return "DROP INDEX CONCURRENTLY" if fields.get("concurrent") else ""


def _reindex(fields: Fields) -> str:
    if options(fields, "params").get("concurrently", "off") not in OFF:
        return "REINDEX CONCURRENTLY"
    whole = fields.get("kind", "").removeprefix("REINDEX_OBJECT_")
    return f"REINDEX {whole}" if whole in ("SCHEMA", "SYSTEM", "DATABASE") else ""


def _vacuum(fields: Fields) -> str:
    return "VACUUM" if fields.get("is_vacuumcmd") else ""


def _cluster(fields: Fields) -> str:
    return "" if "relation" in fields else "CLUSTER of all tables"


def _alter_table(fields: Fields) -> str:
    for command in fields.get("cmds", ()):
        partition = command["AlterTableCmd"].get("def", {}).get("PartitionCmd", {})
        if partition.get("concurrent"):
            return "DETACH PARTITION CONCURRENTLY"
    return ""


def _alter_database(fields: Fields) -> str:
    return "ALTER DATABASE SET TABLESPACE" if "tablespace" in options(fields) else ""


def _discard(fields: Fields) -> str:
    return "DISCARD ALL" if fields.get("target", "DISCARD_ALL") == "DISCARD_ALL" else ""


def _transaction(fields: Fields) -> str:
    kinds = {"TRANS_STMT_COMMIT_PREPARED": "COMMIT PREPARED", "TRANS_STMT_ROLLBACK_PREPARED": "ROLLBACK PREPARED"}
    return kinds.get(fields.get("kind", ""), "")


def _create_subscription(fields: Fields) -> str:
    given = options(fields)
    makes_slot = given.get("create_slot", given.get("connect", "true")) not in OFF
    return "CREATE SUBSCRIPTION with a slot to create" if makes_slot else ""


def _alter_subscription(fields: Fields) -> str:
    kind = fields.get("kind", "").removeprefix("ALTER_SUBSCRIPTION_")
    if kind == "REFRESH":
        return "ALTER SUBSCRIPTION … REFRESH PUBLICATION"
    refreshes = options(fields).get("refresh", "true") not in OFF
    changes = kind in ("SET_PUBLICATION", "ADD_PUBLICATION", "DROP_PUBLICATION")
    return "ALTER SUBSCRIPTION with refresh" if changes and refreshes else ""


_OUTSIDE = {
    "IndexStmt": _index,
    "DropStmt": _drop,
    "ReindexStmt": _reindex,
    "VacuumStmt": _vacuum,
    "ClusterStmt": _cluster,
    "AlterTableStmt": _alter_table,
    "AlterDatabaseStmt": _alter_database,
    "DiscardStmt": _discard,
    "TransactionStmt": _transaction,
    "CreateSubscriptionStmt": _create_subscription,
    "AlterSubscriptionStmt": _alter_subscription,
}


def caution(statement: Statement) -> str:
    """Return what to mind when a statement runs in one transaction with others, as a sentence; else empty."""
    if statement.kind != "AlterEnumStmt":
        return ""
    fields = grammar.tree(statement.text).fields
    if "newVal" not in fields or "oldVal" in fields:
        return ""
    return f"The new value {sanitize(fields['newVal'])!r} cannot be used before this transaction is committed."
