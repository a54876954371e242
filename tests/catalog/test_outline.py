"""The outline: every name in few round trips, small in memory, hostile names whole."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from console.catalog import outline
from console.catalog.entries import Entry, Outline
from console.catalog.model import Catalog, Key, Kind
from console.catalog.system import Standing
from console.config.profile import Target
from console.db.session import Session


@pytest.fixture
async def tree(session: Session) -> Outline:
    """Return the whole outline of the torture schema."""
    return await outline.read(session)


def schema(tree: Outline, name: str) -> Entry:
    return next(entry for entry in tree.schemas if entry.name == name)


def child(tree: Outline, kind: Kind, name: str, within: str = "app") -> Entry:
    return next(entry for entry in tree.children(schema(tree, within), kind) if entry.name == name)


async def test_each_step_costs_one_round_trip(session: Session) -> None:
    first = await outline.read_relations(session)
    assert session.trips == 1
    full = await outline.complete(session, first)
    assert session.trips == 2
    assert (first.complete, full.complete) == (False, True)


async def test_the_first_step_is_enough_for_a_tree(session: Session, tree: Outline) -> None:
    first = await outline.read_relations(session)
    app = schema(first, "app")
    assert first.children(app, Kind.TABLE) == tree.children(schema(tree, "app"), Kind.TABLE)
    assert first.parts(first.children(app, Kind.TABLE)[0]) == ()
    assert dict(first.kinds(app))[Kind.TABLE] == len(first.children(app, Kind.TABLE))


def test_every_object_of_the_catalog_has_an_entry(tree: Outline, catalog: Catalog) -> None:
    entries = {tree.entry(line).key for line in range(len(tree))}
    not_in_a_tree = {Kind.DATABASE, Kind.DEFAULT_PRIVILEGES, Kind.LARGE_OBJECT, Kind.CAST, Kind.TRANSFORM}
    not_in_a_tree |= {Kind.USER_MAPPING, Kind.ACCESS_METHOD}
    missing = [
        key
        for key in catalog.objects
        if key not in entries
        and key.kind not in not_in_a_tree
        and key.schema not in ("pg_catalog", "information_schema")
    ]
    assert missing == []


def test_columns_come_in_order_with_their_types(tree: Outline) -> None:
    parts = tree.parts(child(tree, Kind.TABLE, "users"))
    columns = [(part.name, part.detail) for part in parts if part.kind is Kind.COLUMN]
    assert columns[:3] == [("id", "bigint"), ("number", "integer"), ("email", "app.email")]
    assert ('Ünïcode "col".dot 🦔', "jsonb") in columns
    assert {part.kind for part in parts} == {
        *(Kind.COLUMN, Kind.CONSTRAINT, Kind.INDEX, Kind.TRIGGER, Kind.POLICY, Kind.STATISTICS)
    }
    assert {part.schema for part in parts} == {"app"}
    assert {part.parent for part in parts} == {"users"}


@pytest.mark.parametrize(
    ("kind", "name", "detail"),
    [
        (Kind.TABLE, "events", "partitioned"),
        (Kind.TABLE, "events_2025", "partitioned partition"),
        (Kind.TABLE, "events_2024", "partition"),
        (Kind.TYPE, "mood", "enum"),
        (Kind.TYPE, "address", "composite"),
        (Kind.TYPE, "text_range", "range"),
        (Kind.DOMAIN, "email", ""),
        (Kind.FUNCTION, "float_distance", "double precision, double precision"),
        (Kind.PROCEDURE, "do_it", "integer, text"),
        (Kind.OPERATOR, "!!", "NONE, app.tiny"),
    ],
)
def test_what_stands_beside_a_name(tree: Outline, kind: Kind, name: str, detail: str) -> None:
    assert child(tree, kind, name).detail == detail


def test_hostile_names_survive(tree: Outline) -> None:
    feed = child(tree, Kind.TABLE, "line\nfeed", "public")
    assert [part.name for part in tree.parts(feed)] == ["tab\tand\nline feed", "back\\slash", "%s %(x)s"]
    evil = child(tree, Kind.TABLE, "; DROP TABLE x; --")
    assert [part.name for part in tree.parts(evil)][:2] == ["[bold]x[/]", 'a"b']
    assert len(child(tree, Kind.TABLE, "abcdefghijklmnopqrstuvwxyz" * 2 + "abcdefghijk").name) == 63


def test_what_is_in_no_schema_stands_apart(tree: Outline) -> None:
    assert [entry.name for entry in tree.children(None, Kind.SERVER)] == ["Torture Server"]
    assert "torture_some" in [entry.name for entry in tree.children(None, Kind.PUBLICATION)]
    assert Kind.ROLE in dict(tree.kinds(None))


async def test_system_schemas_are_folded_not_hidden(session: Session, tree: Outline) -> None:
    assert tree.standing("pg_catalog") is Standing.SYSTEM
    assert tree.kinds(schema(tree, "pg_catalog")) == ()
    system = await outline.read(session, system=True)
    assert "pg_class" in [entry.name for entry in system.children(schema(system, "pg_catalog"), Kind.TABLE)]
    assert len(system.parts(system.find_key(Key(Kind.TABLE, "pg_catalog", "pg_class")))) > 30


def test_finding_by_key_and_oid(tree: Outline) -> None:
    users = tree.find_key(Key(Kind.TABLE, "app", "users"))
    assert tree.find_oid(Kind.TABLE, users.oid) == users
    assert tree.find_oid(Kind.VIEW, users.oid) is None


async def test_estimates_and_sizes(make_database: Callable[..., Target]) -> None:
    target = make_database(
        "CREATE TABLE counted AS SELECT generate_series(1, 5000) AS n; CREATE TABLE never (n integer); ANALYZE counted;"
    )
    async with await Session.open(target, what="test") as session:
        tree = await outline.read_relations(session)
    counted, never = child(tree, Kind.TABLE, "counted", "public"), child(tree, Kind.TABLE, "never", "public")
    assert counted.rows == 5000
    assert counted.bytes % 8192 == 0
    assert counted.bytes > 0
    assert (never.rows, never.bytes) == (None, 0)


async def test_it_is_small(make_database: Callable[..., Target]) -> None:
    """Two hundred tables of ten columns take less than 200 kB: ten thousand less than ten megabytes."""
    target = make_database(
        """DO $$ BEGIN FOR i IN 1..200 LOOP
            EXECUTE format('CREATE TABLE table_%s (id bigint PRIMARY KEY, user_id bigint, name text, email text,
                created_at timestamptz, amount numeric, note text, flags int[], status text, seen date)', i);
        END LOOP; END $$"""
    )
    async with await Session.open(target, what="test") as session:
        tree = await outline.read(session)
    lines = tree.lines
    parts = (lines.names, lines.starts, lines.kinds, lines.parents, lines.oids, lines.details, tree.first_parts)
    assert len(tree) > 2_400
    assert sum(sys.getsizeof(part) for part in parts) < 200_000
    assert len(lines.texts) < 100
