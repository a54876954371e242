"""Every file of kimbleai may be run again, in order or alone: neither an object nor a row is different afterwards."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest

from console.catalog import reader
from console.catalog.compare import compare
from console.catalog.model import Catalog
from console.config.profile import Target
from console.db.session import Session
from tests import servers
from tests.catalog import dumps
from tests.databases import Databases
from tests.systems import kimbleai

pytestmark = pytest.mark.vector
SYSTEM = kimbleai.SYSTEM
UPS = [SYSTEM.folder / f"{migration}.up.sql" for migration in SYSTEM.migrations]


class State(NamedTuple):
    """What a database holds: its catalog as the console reads it, pg_dump's text, and a digest of its rows."""

    catalog: Catalog
    schema: list[str]
    rows: dict[str, tuple[Any, ...]]


@pytest.fixture(scope="module")
def filled(databases: Databases) -> Iterator[Target]:
    """Return a database with kimbleai and its data; that the tests share it is the point of them."""
    target = databases.make(SYSTEM.name)
    yield target
    databases.drop(target)


@pytest.fixture(scope="module")
def before(databases: Databases, filled: Target) -> State:
    """Return what it held first."""
    return state(databases, filled)


def psql(databases: Databases, target: Target, *files: Path) -> str:
    """Run files as a person would, each in a transaction of its own; return what the server had to say."""
    program = servers.client(databases.server.installation, "psql")
    said = ""
    for file in files:
        command = [str(program), "--no-psqlrc", "--quiet", "-1", "--set=ON_ERROR_STOP=1", f"--file={file}"]
        done = subprocess.run(command, env=dumps.environment(databases, target), capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        said += done.stderr
    return said


def state(databases: Databases, target: Target) -> State:
    """Return all that a second run could change."""
    with databases.connect(target) as connection:
        rows = {table: _digest(connection, table) for table in SYSTEM.rows}
    return State(asyncio.run(_read(target)), dumps.schema(databases, target), rows)


def test_all_files_twice(databases: Databases, filled: Target, before: State) -> None:
    psql(databases, filled, *UPS)
    psql(databases, filled, *UPS)
    assert_same(before, state(databases, filled))


@pytest.mark.parametrize("up", UPS, ids=[path.name.partition(".")[0] for path in UPS])
def test_each_file_alone_at_the_end(databases: Databases, filled: Target, before: State, up: Path) -> None:
    psql(databases, filled, up)
    assert_same(before, state(databases, filled))


def test_a_database_by_psql_is_that_of_the_runner(databases: Databases, database: Target, filled: Target) -> None:
    psql(databases, database, *UPS)
    psql(databases, database, *UPS)
    assert dumps.schema(databases, database) == dumps.schema(databases, filled)


@pytest.mark.parametrize("number", range(1, len(UPS)))
def test_files_so_far_may_be_run_again_before_the_next(databases: Databases, database: Target, number: int) -> None:
    """Also halfway nothing is lost, as when a later file is still to come."""
    psql(databases, database, *UPS[:number])
    before = dumps.schema(databases, database)
    psql(databases, database, *UPS[:number])
    assert dumps.schema(databases, database) == before


def test_what_people_changed_is_not_taken_back(databases: Databases, make_database: Callable[..., Target]) -> None:
    own = make_database(SYSTEM.name)
    with databases.connect(own) as connection:
        connection.execute("UPDATE public.content_categories SET keywords = '{mine}', name = 'Mine' WHERE id = 'dnd'")
        connection.execute("DELETE FROM public.content_categories WHERE id = 'military'")
        connection.execute("UPDATE public.knowledge_base SET category_id = 'general'")
        before = _digest(connection, "public.knowledge_base")
        psql(databases, own, *UPS)
        after = _digest(connection, "public.knowledge_base")
        kept = connection.execute("SELECT name, keywords FROM public.content_categories WHERE id = 'dnd'").fetchall()
    assert (after, kept) == (before, [("Mine", ["mine"])])


def assert_same(before: State, after: State) -> None:
    """Compare in three ways, the most telling first."""
    assert compare(before.catalog, after.catalog) == ()
    assert after.schema == before.schema
    assert after.rows == before.rows


async def _read(target: Target) -> Catalog:
    async with await Session.open(target, what="test") as session:
        return await reader.read(session)


def _digest(connection: psycopg.Connection[Any], table: str) -> tuple[Any, ...]:
    query = f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {table} t"
    found: tuple[Any, ...] = connection.execute(query.encode()).fetchall()[0]
    return found
