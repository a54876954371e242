"""Every extension that comes with a server, on every version: read, made anew, and known to the guard."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

import psycopg
import pytest

from console.catalog import ddl, detail, extension, outline, reader
from console.catalog.compare import compare
from console.catalog.entries import Outline
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
        views = [view for made in tree.children(None, Kind.EXTENSION) for view in tree.members_of(made.name, Kind.VIEW)]
        installed = {made.name for made in tree.children(None, Kind.EXTENSION)}
        assert {view.name for view in views} >= installed & {"pg_stat_statements", "pg_buffercache"}
        for view in views:
            found = await detail.read(session, view.oid)
            assert found is not None
            assert found.head.name == view.name


async def test_their_members_stand_below_them(everything: Target) -> None:
    """No schema has anything of its own, and each extension has in the outline what it has in the catalog."""
    async with await Session.open(everything, what="test") as session:
        tree = await outline.read(session)
        made = tree.children(None, Kind.EXTENSION)
        found = {each.name: await extension.read(session, each.oid) for each in made}
    assert {schema.name: tree.kinds(schema) for schema in tree.schemas if tree.kinds(schema)} == {}
    public = next(schema for schema in tree.schemas if schema.name == "public")
    assert set(tree.extensions_in(public)) == {each.name for each in made if tree.member_kinds(each.name)}
    for each in made:
        assert _kinds(found[each.name]) == _kinds_in(tree, each.name)


def _kinds(found: extension.ExtensionDetail | None) -> Counter[str]:
    """Count by kind what an extension has for a tree, which leaves out what is in pg_catalog."""
    assert found is not None
    in_no_tree = {Kind.CAST, Kind.ACCESS_METHOD, Kind.TRANSFORM, Kind.LANGUAGE}
    assert found.head.version == found.head.available
    shown = (each for each in found.members if each.kind not in in_no_tree)
    return Counter(each.kind for each in shown if not each.name.startswith("pg_catalog."))


def _kinds_in(tree: Outline, name: str) -> Counter[str]:
    """Count by kind what an extension has in the outline, where the server calls domains types."""
    kinds: Counter[str] = Counter()
    for kind, number in tree.member_kinds(name):
        kinds[Kind.TYPE if kind is Kind.DOMAIN else kind] += number
    return kinds


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
