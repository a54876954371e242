"""Every sample system by the command on every version: up, verified, seen, down, and up once more."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

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
from tests.systems.every import PARAMS
from tests.systems.expected import System

__all__ = ["console", "database", "workplace"]


def read(target: Target) -> Catalog:
    async def work() -> Catalog:
        async with await Session.open(target, what="test") as session:
            return await reader.read(session)

    return asyncio.run(work())


def states(console: Console, here: str, folder: Path) -> list[str]:
    return [each["state"] for each in console("status", here, "--dir", folder, "--json").document["migrations"]]


@pytest.mark.parametrize("system", PARAMS)
def test_there_and_back_and_there_again(
    console: Console, database: Target, databases: Databases, major: int, system: System
) -> None:
    here, folder = url(database), ("--dir", system.folder)
    # The ledger stays, so that is what `down` has to come back to.
    assert console("up", here, *folder, "--to", "1").code == 0
    assert console("down", here, *folder, "--all").code == 0
    before, dump = read(database), dumps.schema(databases, database)

    for _ in range(2):
        assert states(console, here, system.folder) == ["pending"] * len(system.migrations)
        assert console("up", here, *folder).code == 0
        assert states(console, here, system.folder) == ["applied"] * len(system.migrations)
        verified = console("verify", here, *folder, "--json").document
        assert verified["total"] == sum(system.checks.values())
        assert bool(verified["failed"]) == (major < system.since)
        after = read(database)

        assert console("down", here, *folder, "--all").code == 0
        assert compare(before, read(database)) == ()
        assert dumps.schema(databases, database) == dump

    assert console("up", here, *folder).code == 0
    assert compare(after, read(database)) == ()
