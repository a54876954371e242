"""Asks which subtransactions a transaction has: only it knows, and only before its end."""

from __future__ import annotations

from console.db.query import Query
from console.db.writer import Writer
from console.migrations.running.work import Work
from console.migrations.script import Program
from console.migrations.snapshots.touching import Written
from console.migrations.snapshots.trail import may_nest
from console.sql.queries import load


async def look(work: Work, writer: Writer, program: Program) -> None:
    """Note the subtransactions that have written to the catalog, where a script may have some. Fails for nothing."""
    if not work.trail.kept or not may_nest(program):
        return
    wanted = Query(load("snapshots/written"), {"since": work.trail.last, "mine": True, "most": None}, row=Written)
    work.trail.within({each.xid for each in await writer.tried(wanted)})
