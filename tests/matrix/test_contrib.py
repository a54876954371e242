"""Every extension that comes with a server, on every version: read, made anew, and known to the guard."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import psycopg
import pytest

from console.catalog import ddl, detail, outline, reader
from console.catalog.compare import compare
from console.catalog.model import Catalog, Extension, Kind
from console.config.profile import Target
from console.db.session import Session
from console.sql import builtins
from tests.databases import Databases

# Those of PL/Perl and its like want programs that are not here.
AVAILABLE = """
SELECT name FROM pg_available_extensions WHERE name !~ '(perl|python|tcl|jsonb_pl)' AND name <> 'plpgsql' ORDER BY name
"""


@pytest.fixture(scope="module")
def everything(databases: Databases) -> Iterator[Target]:
    """Make a database with every extension that the server can make."""
    target = databases.make()
    with databases.connect(target) as connection:
        connection.execute("CREATE SCHEMA ext")
        for (name,) in connection.execute(AVAILABLE).fetchall():
            connection.execute(f'CREATE EXTENSION IF NOT EXISTS "{name}" CASCADE'.encode())
    yield target
    databases.drop(target)


async def read(target: Target) -> Catalog:
    async with await Session.open(target, what="test") as session:
        return await reader.read(session)


def test_statements_make_them_again(everything: Target, databases: Databases) -> None:
    catalog, again = asyncio.run(read(everything)), databases.make()
    with databases.connect(again) as connection:
        for text in ddl.statements(catalog):
            connection.execute(text.encode())
    assert compare(catalog, asyncio.run(read(again))) == ()
    databases.drop(again)


def test_their_members_are_theirs(everything: Target) -> None:
    """What belongs to an extension is not seen as an object of the database's own."""
    catalog = asyncio.run(read(everything))
    assert {key.kind for key in catalog.objects} <= {Kind.DATABASE, Kind.SCHEMA, Kind.EXTENSION}
    assert "plpgsql" in {extension.key.name for extension in catalog.of(Extension)}


async def test_their_views_can_be_looked_at(everything: Target) -> None:
    async with await Session.open(everything, what="test") as session:
        tree = await outline.read(session)
        for schema in tree.schemas:
            for view in tree.children(schema, Kind.VIEW):
                found = await detail.read(session, view.oid)
                assert found is not None
                assert found.head.name == view.name


@pytest.mark.since(18)
def test_the_guard_knows_functions_that_are_there(everything: Target, databases: Databases) -> None:
    """A name on the list that the newest version does not have is a slip of the pen."""
    with databases.connect(everything) as connection:
        there = connection.execute(
            "SELECT e.extname, p.proname FROM pg_proc p"
            " JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'"
            " JOIN pg_extension e ON e.oid = d.refobjid"
        ).fetchall()
    installed = {extension for extension, _ in there}
    known = {pair for pair in builtins.extensions() if pair[0] in installed}
    assert known - set(there) == set()
