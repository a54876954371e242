"""What drift does not look at is said with its number, and is in the verdict where something could hide behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from console.catalog import snapshot
from console.config.profile import Target
from console.drift.sources import live
from console.drift.sources.kinds import Saved
from tests.databases import Databases
from tests.drift import comparing
from tests.drift.comparing import compared, here, script

PAIR = "CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (a int REFERENCES a, c int REFERENCES a);"
OFF = "ALTER TABLE b DISABLE TRIGGER ALL;"


@pytest.fixture
def sides(databases: Databases) -> Iterator[list[Target]]:
    """Return two databases with the same tables."""
    targets = [databases.loaded(PAIR) for _ in range(2)]
    yield targets
    for target in targets:
        databases.drop(target)


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("", "", []),
        (OFF, OFF, []),
        ("", OFF, ["public.b.b_a_fkey", "public.b.b_c_fkey"]),
        (OFF, "", ["public.b.b_a_fkey", "public.b.b_c_fkey"]),
        (OFF, "ALTER TABLE a DISABLE TRIGGER ALL;", ["public.b.b_a_fkey", "public.b.b_c_fkey"]),
    ],
)
async def test_constraints_that_only_one_side_checks(
    databases: Databases, sides: list[Target], first: str, second: str, names: list[str]
) -> None:
    for target, text in zip(sides, (first, second), strict=True):
        with databases.connect(target) as connection:
            connection.execute(f"{text} SELECT 1".encode())
    async with comparing.live(*sides) as [one, two]:
        found = await compared(one, two)
    assert (found.changes, [str(each.key) for each in found.unhandled]) == ((), names)
    assert found.exit_code == (6 if names else 0)
    assert any("pg_trigger: of constraints, disabled" in note for note in found.notes) is bool(first or second)


async def test_what_is_of_the_server_or_data_is_said_and_no_more(databases: Databases, sides: list[Target]) -> None:
    with databases.connect(sides[1]) as connection:
        connection.execute("DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$")
        connection.execute("SELECT lo_create(0)")
    async with comparing.live(*sides) as [one, two]:
        found = await compared(one, two)
    assert (found.exit_code, found.summary) == (0, "no drift")
    [servers, data] = found.notes
    assert servers.startswith("not compared, as it belongs to the server: pg_auth")
    assert data.startswith("not compared: pg_largeobject_metadata (0 and 1): large objects are data")
    assert found.as_dict()["coverage"]["not_compared"][-1]["to"] == 1  # type: ignore[index]


async def test_what_a_file_makes_is_counted_and_not_its_server(databases: Databases, sides: list[Target]) -> None:
    with databases.connect() as connection:
        connection.execute("DO $$ BEGIN CREATE ROLE drift_a; EXCEPTION WHEN duplicate_object THEN END $$")
    async with comparing.live(sides[0]) as [one]:
        found = await compared(one, script(f"{PAIR} {OFF}"), wish=here(databases))
    assert (found.changes, found.exit_code) == ((), 6)
    [servers] = [each for each in found.coverage.not_compared if each.name == "pg_authid"]
    assert servers.b is None
    assert {str(each.key) for each in found.unhandled} == {"public.b.b_a_fkey", "public.b.b_c_fkey"}


async def test_a_snapshot_does_not_say(databases: Databases, sides: list[Target]) -> None:
    async with comparing.live(sides[0]) as [one]:
        then = Saved("snapshot:then.json", snapshot.load(snapshot.dump((await live.read(one)).catalog)))
        before = await compared(then, one)
        with databases.connect(sides[0]) as connection:
            connection.execute(OFF.encode())
        after = await compared(then, one)
    assert (before.exit_code, after.exit_code) == (0, 6)


async def test_a_count_that_is_refused_is_incomplete(databases: Databases, sides: list[Target]) -> None:
    """The right is taken for a table that is counted and not read besides."""
    with databases.connect(sides[0]) as connection:
        connection.execute("DO $$ BEGIN CREATE ROLE drift_looker LOGIN; EXCEPTION WHEN duplicate_object THEN END $$")
        connection.execute("REVOKE SELECT ON pg_catalog.pg_replication_origin FROM PUBLIC")
    asked = [replace(each, params={**each.params, "user": "drift_looker"}) for each in sides]
    async with comparing.live(*asked) as [one, two]:
        found = await compared(one, two)
    assert (found.changes, found.exit_code) == ((), 6)
    assert found.summary == "no drift in what could be compared; what there is was not counted"
    assert any("permission denied" in note for note in found.notes)
