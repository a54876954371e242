"""What belongs to an extension stands below it in the outline, and nowhere else; by ALTER EXTENSION, too."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest

from console.catalog import extension, outline, search
from console.catalog.entries import Entry, Outline
from console.catalog.model import Key, Kind
from console.config.profile import Target
from console.db.session import Session
from tests.databases import Databases

# Every server has PL/pgSQL; what is added to it is as much its member as what its script made.
_MADE = r"""
CREATE SCHEMA shared;
CREATE SCHEMA taken;
CREATE SCHEMA mixed;
CREATE TABLE shared."held; [b]
" (id integer PRIMARY KEY, note text CHECK (note <> ''));
CREATE INDEX held_note ON shared."held; [b]
" (note);
CREATE TABLE mixed.held (id integer);
CREATE TABLE mixed.own (id integer PRIMARY KEY, held shared."held; [b]
");
CREATE VIEW shared.seen AS SELECT 1 AS one;
CREATE MATERIALIZED VIEW shared.kept AS SELECT 1 AS one;
CREATE SEQUENCE shared.counter;
CREATE FUNCTION shared.twice(integer) RETURNS integer LANGUAGE sql AS 'SELECT 2 * $1';
CREATE FUNCTION shared.twice(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT 2 * $1';
CREATE FUNCTION mixed.leans() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE shared.act() LANGUAGE sql AS '';
CREATE AGGREGATE shared.total(integer) (SFUNC = int4pl, STYPE = integer);
CREATE TYPE shared.mood AS ENUM ('fair', 'foul');
CREATE TYPE shared.pair AS (a integer, b integer);
CREATE DOMAIN shared.small AS integer CHECK (VALUE < 10);
CREATE OPERATOR shared.<+> (FUNCTION = int4pl, LEFTARG = integer, RIGHTARG = integer);
CREATE OPERATOR FAMILY shared.kin USING btree;
CREATE COLLATION shared.plain (LOCALE = 'C');
CREATE TEXT SEARCH CONFIGURATION shared.words (COPY = simple);
CREATE FOREIGN DATA WRAPPER idle_wrapper;
CREATE SERVER idle_server FOREIGN DATA WRAPPER idle_wrapper;
ALTER EXTENSION plpgsql ADD SCHEMA taken;
ALTER EXTENSION plpgsql ADD TABLE shared."held; [b]
";
ALTER EXTENSION plpgsql ADD TABLE mixed.held;
ALTER EXTENSION plpgsql ADD VIEW shared.seen;
ALTER EXTENSION plpgsql ADD MATERIALIZED VIEW shared.kept;
ALTER EXTENSION plpgsql ADD SEQUENCE shared.counter;
ALTER EXTENSION plpgsql ADD FUNCTION shared.twice(integer);
ALTER EXTENSION plpgsql ADD FUNCTION shared.twice(bigint);
ALTER EXTENSION plpgsql ADD PROCEDURE shared.act();
ALTER EXTENSION plpgsql ADD AGGREGATE shared.total(integer);
ALTER EXTENSION plpgsql ADD TYPE shared.mood;
ALTER EXTENSION plpgsql ADD TYPE shared.pair;
ALTER EXTENSION plpgsql ADD DOMAIN shared.small;
ALTER EXTENSION plpgsql ADD OPERATOR shared.<+> (integer, integer);
ALTER EXTENSION plpgsql ADD OPERATOR FAMILY shared.kin USING btree;
ALTER EXTENSION plpgsql ADD COLLATION shared.plain;
ALTER EXTENSION plpgsql ADD TEXT SEARCH CONFIGURATION shared.words;
ALTER EXTENSION plpgsql ADD FOREIGN DATA WRAPPER idle_wrapper;
ALTER EXTENSION plpgsql ADD SERVER idle_server;
ALTER FUNCTION mixed.leans() DEPENDS ON EXTENSION plpgsql;
CREATE TABLE taken.own (id integer);
-- A number that a function has is not a table's: who belongs is told by catalog and number together.
SET allow_system_table_mods = on;
INSERT INTO pg_depend (classid, objid, objsubid, refclassid, refobjid, refobjsubid, deptype)
    SELECT 'pg_class'::regclass, 'mixed.leans'::regproc, 0, 'pg_extension'::regclass, e.oid, 0, 'e'
    FROM pg_extension e WHERE e.extname = 'plpgsql';
"""
_HELD = "held; [b]\n"


@pytest.fixture
async def opened(make_database: Callable[..., Target]) -> AsyncIterator[Session]:
    """Return a session on a database in which PL/pgSQL was given many things."""
    async with await Session.open(make_database(_MADE), what="test") as session:
        yield session


@pytest.fixture
async def full(opened: Session) -> Outline:
    """Return the outline of it."""
    return await outline.read(opened)


def place(tree: Outline, name: str) -> Entry:
    return next(entry for entry in tree.schemas if entry.name == name)


def test_a_schema_counts_and_lists_its_own(full: Outline) -> None:
    assert full.kinds(place(full, "shared")) == ()
    assert full.children(place(full, "shared"), Kind.FUNCTION) == ()
    assert dict(full.kinds(place(full, "mixed"))) == {Kind.TABLE: 1, Kind.FUNCTION: 1}
    assert [entry.name for entry in full.children(place(full, "mixed"), Kind.TABLE)] == ["own"]
    assert Kind.SERVER not in dict(full.kinds(None))
    assert Kind.EXTENSION in dict(full.kinds(None))


def test_members_stand_below_their_extension(full: Outline) -> None:
    kinds = dict(full.member_kinds("plpgsql"))
    assert kinds == {
        Kind.SCHEMA: 1,
        Kind.TABLE: 2,
        Kind.VIEW: 1,
        Kind.MATERIALIZED_VIEW: 1,
        Kind.SEQUENCE: 1,
        Kind.FUNCTION: 2,
        Kind.PROCEDURE: 1,
        Kind.AGGREGATE: 1,
        Kind.TYPE: 2,
        Kind.DOMAIN: 1,
        Kind.OPERATOR: 1,
        Kind.OPERATOR_FAMILY: 1,
        Kind.COLLATION: 1,
        Kind.TEXT_SEARCH_CONFIGURATION: 1,
        Kind.FOREIGN_DATA_WRAPPER: 1,
        Kind.SERVER: 1,
    }
    for kind, number in kinds.items():
        found = full.members_of("plpgsql", kind)
        assert len(found) == number
        assert {entry.extension for entry in found} == {"plpgsql"}
    assert [entry.detail for entry in full.members_of("plpgsql", Kind.FUNCTION)] == ["integer", "bigint"]


def test_parts_follow_their_relation(full: Outline) -> None:
    held = full.find_key(Key(Kind.TABLE, "shared", _HELD))
    parts = full.parts(held)
    assert {"id", "note", "held_note"} <= {part.name for part in parts}
    assert {part.extension for part in (held, *parts)} == {"plpgsql"}
    own = full.find_key(Key(Kind.TABLE, "mixed", "own"))
    assert {part.extension for part in (own, *full.parts(own))} == {""}


def test_everything_is_counted_once(full: Outline) -> None:
    members = [full.entry(line) for line in range(len(full)) if full.entry(line).extension]
    assert full.of_extensions == len(members)
    assert full.own + full.of_extensions == len(full)
    assert sum(number for _, number in full.member_kinds("plpgsql")) == len(full.members)


def test_what_is_in_an_extensions_schema_may_be_ones_own(full: Outline) -> None:
    taken = place(full, "taken")
    assert taken.extension == "plpgsql"
    assert [(entry.name, entry.extension) for entry in full.children(taken, Kind.TABLE)] == [("own", "")]
    assert full.extensions_in(place(full, "shared")) == full.extensions_in(taken) == ("plpgsql",)
    assert full.extensions_in(place(full, "public")) == ()


def test_what_leans_on_an_extension_does_not_belong_to_it(full: Outline) -> None:
    assert full.find_key(Key(Kind.FUNCTION, "mixed", "leans")).extension == ""


async def test_the_first_step_knows_it_too(opened: Session, full: Outline) -> None:
    first = await outline.read_relations(opened)
    for name in ("shared", "mixed", "taken"):
        assert first.children(place(first, name), Kind.TABLE) == full.children(place(full, name), Kind.TABLE)
    assert [entry.name for entry in first.members_of("plpgsql", Kind.TABLE)] == ["held", _HELD]
    assert first.own + first.of_extensions == len(first)


async def test_what_is_taken_from_an_extension_is_ones_own_again(
    make_database: Callable[..., Target], databases: Databases
) -> None:
    target = make_database(_MADE)
    with databases.connect(target) as behind:
        behind.execute("ALTER EXTENSION plpgsql DROP VIEW shared.seen")
    async with await Session.open(target, what="test") as session:
        tree = await outline.read(session)
    assert dict(tree.kinds(place(tree, "shared"))) == {Kind.VIEW: 1}


def test_members_are_found_behind_ones_own(full: Outline) -> None:
    hits = [hit.entry for hit in search.find(full, "held") if hit.entry.kind in (Kind.TABLE, Kind.COLUMN)]
    assert [(hit.name, hit.extension) for hit in hits[:3]] == [("held", ""), ("held", "plpgsql"), (_HELD, "plpgsql")]
    assert search.find(full, f"shared.{_HELD.strip()}")[0].entry.extension == "plpgsql"


async def test_an_extension_in_full(opened: Session, full: Outline) -> None:
    trips = opened.trips
    (entry,) = (each for each in full.children(None, Kind.EXTENSION) if each.name == "plpgsql")
    found = await extension.read(opened, entry.oid)
    assert opened.trips == trips + 1
    assert found is not None
    assert (found.head.name, found.head.schema, found.head.newer) == ("plpgsql", "pg_catalog", None)
    assert found.head.version == found.head.available == entry.detail
    kinds = dict(found.kinds)
    assert kinds["language"] == 1
    assert kinds["function"] == 5  # three of its own are in pg_catalog
    assert kinds["foreign data wrapper"] == 1
    assert ("table", 'shared."held; [b]\n"') in {(each.kind, each.name) for each in found.members}
    assert await extension.read(opened, 1) is None


@pytest.mark.parametrize(
    ("version", "newer"), [("0.9", "1.0"), ("0.10.0-beta", "1.0"), ("1.0", None), ("1.1", None), ("2024", None)]
)
async def test_a_newer_version_is_seen(
    make_database: Callable[..., Target], databases: Databases, version: str, newer: str | None
) -> None:
    target = make_database()
    with databases.connect(target) as behind:
        behind.execute("UPDATE pg_extension SET extversion = %s WHERE extname = 'plpgsql'", [version])
        row = behind.execute("SELECT oid FROM pg_extension WHERE extname = 'plpgsql'").fetchone()
    assert row is not None
    async with await Session.open(target, what="test") as session:
        found = await extension.read(session, row[0])
    assert found is not None
    assert found.head.newer == newer


async def test_an_extension_without_files_is_read(make_database: Callable[..., Target], databases: Databases) -> None:
    target = make_database()
    with databases.connect(target) as behind:
        behind.execute("UPDATE pg_extension SET extname = 'gone; [b]' WHERE extname = 'plpgsql'")
        row = behind.execute("SELECT oid FROM pg_extension").fetchone()
    assert row is not None
    async with await Session.open(target, what="test") as session:
        found = await extension.read(session, row[0])
    assert found is not None
    assert (found.head.name, found.head.available, found.head.newer) == ("gone; [b]", None, None)
