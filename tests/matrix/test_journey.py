"""The first sample system by the command on every version: up, verified, seen, down, and up once more."""

from __future__ import annotations

import asyncio

from console.catalog import reader
from console.catalog.compare import compare
from console.catalog.model import Catalog
from console.config.profile import Target
from console.db.session import Session
from tests.catalog import dumps
from tests.cli.conftest import console, url, workplace
from tests.cli.console import Console
from tests.conftest import database
from tests.databases import Databases
from tests.systems.skintwin import CHECKS, FOLDER, MIGRATIONS

__all__ = ["console", "database", "workplace"]

SYSTEM = ("--dir", FOLDER)


def read(target: Target) -> Catalog:
    async def work() -> Catalog:
        async with await Session.open(target, what="test") as session:
            return await reader.read(session)

    return asyncio.run(work())


def states(console: Console, here: str) -> list[str]:
    return [each["state"] for each in console("status", here, *SYSTEM, "--json").document["migrations"]]


def test_there_and_back_and_there_again(console: Console, database: Target, databases: Databases, major: int) -> None:
    here = url(database)
    # The ledger stays, so that is what `down` has to come back to.
    assert console("up", here, *SYSTEM, "--to", "1").code == 0
    assert console("down", here, *SYSTEM, "--all").code == 0
    before, dump = read(database), dumps.schema(databases, database)

    for _ in range(2):
        assert states(console, here) == ["pending"] * len(MIGRATIONS)
        assert console("up", here, *SYSTEM).code == 0
        assert states(console, here) == ["applied"] * len(MIGRATIONS)
        verified = console("verify", here, *SYSTEM, "--json").document
        # The views of 14 cannot be told to use the reader's rights, and three checks say so.
        assert (verified["failed"], verified["total"]) == (3 if major == 14 else 0, sum(CHECKS.values()))
        after = read(database)

        assert console("down", here, *SYSTEM, "--all").code == 0
        assert compare(before, read(database)) == ()
        assert dumps.schema(databases, database) == dump

    assert console("up", here, *SYSTEM).code == 0
    assert compare(after, read(database)) == ()
