"""What follows the statements of a migration: what its COMMIT would check, and its own checks."""

from __future__ import annotations

import asyncio

from console.db.compose import SQL, Identifier
from console.db.query import Query
from console.errors import StatementFailed
from console.migrations import verify
from console.migrations.files.folder import Migration
from console.migrations.script import Program
from console.migrations.trial import foreseen
from console.migrations.trial.ground import Ground, Undone
from console.migrations.verify import Check
from console.sql.queries import load

_DEFER = SQL("SET CONSTRAINTS {} DEFERRED")


async def check_deferred(ground: Ground, program: Program, label: str) -> None:
    """Have checked now what its COMMIT would check, for the next one deferred again. Raises Undone, Failed."""
    [deferred] = await ground.writer.read(Query(load("trial/deferred")))
    if not deferred:
        return
    try:
        await ground.writer.execute(load("trial/check_deferred"), doing=f"checking what COMMIT checks of {label}")
    except StatementFailed as error:
        if foreseen.timed_out(error):
            raise ground.time_up from error
        if reason := ground.missing(error):
            raise Undone(reason) from error
        raise ground.failed(error, program, None) from error
    names = SQL(", ").join(Identifier(schema, name) for schema, name in deferred)
    await ground.writer.execute(_DEFER.format(names))


async def failed_checks(ground: Ground, migration: Migration) -> tuple[Check, ...]:
    """Run a migration's checks, and return those that failed. Raises Undone when the time is up before they end."""
    assert migration.verify is not None
    try:
        async with asyncio.timeout(ground.limit.left):
            checks = await verify.of_file(ground.writer, migration, migration.verify)
    except TimeoutError:
        raise ground.time_up from None
    failed = tuple(check for check in checks if not check.ok)
    if failed and ground.limit.over:
        raise ground.time_up
    await ground.looking.again()
    return failed
