"""A statement that was started by a run which then fell silent: whether what it makes or drops tells how it ended.

Indexes and partitions are looked after where the statement runs; see leftovers/resuming.
"""

from __future__ import annotations

from console.db.query import Query
from console.migrations.ledgers.ledger import Reader
from console.migrations.script import Piece
from console.sql import grammar
from console.sql.queries import load

# What a statement is about, the field that names it, and whether it is there afterwards.
_SUBJECTS = {
    "CreatedbStmt": ("database", "dbname", True),
    "DropdbStmt": ("database", "dbname", False),
    "CreateTableSpaceStmt": ("tablespace", "tablespacename", True),
    "DropTableSpaceStmt": ("tablespace", "tablespacename", False),
    "CreateSubscriptionStmt": ("subscription", "subname", True),
    "DropSubscriptionStmt": ("subscription", "subname", False),
}


async def done(session: Reader, piece: Piece) -> bool:
    """Tell whether the statement has had its effect; False also where nothing tells. Raises what a session raises."""
    tree = grammar.tree(piece.text)
    if tree.kind not in _SUBJECTS:
        return False
    kind, field, wanted = _SUBJECTS[tree.kind]
    values = {"kind": kind, "name": tree.fields[field]}
    [[(there,)]] = await session.read(Query(load("ledger/shared_object"), values))
    return bool(there) is wanted
