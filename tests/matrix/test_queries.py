"""Every statement of the cellar is understood by every version to which it is sent."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.session import Session
from console.migrations.ledgers.creating import create
from console.migrations.ledgers.native import Native
from console.sql import queries, statements
from tests.dashboards.shipped import SYSTEMS
from tests.databases import Databases
from tests.migrations.project import agreed

_CELLAR = queries.folder("queries")
# Traffic is for the sample systems' tables and tried on them, stand-ins and Supabase's surroundings are scripts and
# tried in rehearsals. Dashboards are read in test_shipped.py and, each statement by its version, test_monitoring.py.
_OTHERS = (
    *("demo/traffic/", "rehearsal/standins/", "rehearsal/supabase"),
    *(f"dashboards/{each}/" for each in ("monitoring", *SYSTEMS)),
)
# Statements on other tools' ledgers have a hole for the table's name: test_foreign.py runs them.
_WITH_HOLES = re.compile(r"ledger/\w+/")
_NAMES = sorted(
    name
    for path in _CELLAR.rglob("*.sql")
    if not (name := str(path.relative_to(_CELLAR).with_suffix(""))).startswith(_OTHERS) and not _WITH_HOLES.match(name)
)
_PREPARABLE = {"SelectStmt", "InsertStmt", "UpdateStmt", "DeleteStmt"}


def text(name: str) -> str:
    """Return a statement with parameters as the server writes them, who then guesses their types."""
    numbers: dict[str, int] = {}
    return re.sub(
        r"%\((\w+)\)s|%%",
        lambda hole: f"${numbers.setdefault(hole[1], len(numbers) + 1)}" if hole[1] else "%",
        queries.load(name),
    )


def kind(name: str) -> str:
    """Return what sort of statement it is."""
    (statement,) = statements.split(text(name))
    return statement.kind


_PREPARED = [name for name in _NAMES if kind(name) in _PREPARABLE]


def since(name: str) -> int:
    """Return the version for which a statement is written, such as 18 for `catalog/not_nulls_18`."""
    ending = name.rpartition("_")[2]
    return int(ending) if ending.isdigit() else 14


async def make_ledger(target: Target) -> None:
    async with await Session.open(target, what="test") as session:
        await create(session, agreed(target), Native())


@pytest.fixture(scope="module")
def connection(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection to a database with the ledger, which finds names as the console's sessions do."""
    target = databases.make()
    asyncio.run(make_ledger(target))
    with databases.connect(target) as opened:
        opened.execute("SET search_path = ''")
        yield opened
    databases.drop(target)


@pytest.mark.parametrize("name", [pytest.param(name, marks=pytest.mark.since(since(name))) for name in _PREPARED])
def test_the_server_understands(connection: psycopg.Connection[Any], name: str) -> None:
    connection.execute(f"PREPARE statement AS {text(name)}".encode())
    connection.execute("DEALLOCATE statement")


def test_what_cannot_be_prepared_is_run_by_other_tests() -> None:
    others = set(_NAMES) - set(_PREPARED)
    assert {name.partition("/")[0] for name in others} <= {"ledger", "demo", "rehearsal", "trial"}
