"""While a long statement runs, the server's own words say how far it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from console.config.profile import Target
from console.db import progress
from console.db.progress import Progress
from console.db.session import Session
from console.migrations.running.events import Event, StatementProgress
from tests.databases import Databases
from tests.migrations.project import Project, of_kind

ROWS = 30
SLOW = f"""
CREATE TABLE big (id int, filler text);
ALTER TABLE big ALTER filler SET STORAGE PLAIN;
INSERT INTO big SELECT g, repeat('x', 5000) FROM generate_series(1, {ROWS}) AS g;
CREATE FUNCTION slowly(id int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS $$
BEGIN
    WHILE NOT pg_try_advisory_xact_lock_shared(id) LOOP PERFORM pg_sleep(0.01); END LOOP;
    RETURN id;
END $$;
"""
"""A table with one row in each block, and a function that makes an index over it take its time: see `held`."""
HELD = (10, 20)


@pytest.fixture
def slow(project: Project, databases: Databases) -> Project:
    """Return a project with a table whose index takes as long to build as `held` says."""
    with databases.connect(project.session.target) as connection:
        connection.execute(SLOW)
    return project


@contextmanager
def held(databases: Databases, target: Target) -> Iterator[Callable[[], None]]:
    """Keep an index of `SLOW` from being built further than ten blocks, and twenty; give what lets it go on."""
    with databases.connect(target) as gate:
        for key in HELD:
            gate.execute("SELECT pg_advisory_lock(%s)", [key])
        keys = list(HELD)

        def go_on() -> None:
            if keys:
                gate.execute("SELECT pg_advisory_unlock(%s)", [keys.pop(0)])

        yield go_on


async def seen(project: Project, databases: Databases) -> list[Event]:
    """Run what is pending; each progress of a scan that is told lets it go on."""
    with held(databases, project.session.target) as go_on:
        return await project.run(
            await project.planned_up(), hear=lambda event: go_on() if _is_of_the_scan(event) else None
        )


def _is_of_the_scan(event: Event) -> bool:
    return isinstance(event, StatementProgress) and event.phase == "building index: scanning table"


@pytest.mark.parametrize("concurrently", ["", "CONCURRENTLY"])
async def test_an_index_build_is_seen(slow: Project, databases: Databases, concurrently: str) -> None:
    head = "-- dbconsole: no-transaction\n" if concurrently else ""
    slow.write("0004_slow", f"{head}CREATE INDEX {concurrently} big_slow ON big (slowly(id));")
    found = of_kind(await seen(slow, databases), StatementProgress)
    scanning = list(filter(_is_of_the_scan, found))
    assert len(scanning) >= 2
    assert {(each.label, each.number, each.total, each.unit) for each in scanning} == {("0004_slow", 1, ROWS, "blocks")}
    done = [each.done for each in scanning]
    assert done == sorted(set(done)), "it never goes backwards"
    assert all(each.fraction == each.done / ROWS for each in scanning)
    assert [each.seconds for each in found] == sorted(each.seconds for each in found)
    assert all("big_slow" in each.title for each in found)


async def test_through_a_pooler(slow: Project, pooled: Target, databases: Databases) -> None:
    """What runs in a transaction is watched through the pooler as well, since its pool has a second place."""
    async with await Session.open(pooled, what="test") as session:
        project = Project(slow.path, session)
        project.write("0004_slow", "CREATE INDEX big_slow ON big (slowly(id));")
        assert of_kind(await seen(project, databases), StatementProgress)


async def test_short_statements_are_not_asked_about(project: Project) -> None:
    assert not of_kind(await project.up(), StatementProgress)


def row(phase: str, **counts: int) -> Progress:
    names = ("blocks", "tuples", "lockers", "partitions")
    zeros = {f"{name}_{end}": 0 for name in names for end in ("done", "total")}
    return progress.of_row(command="CREATE INDEX", phase=phase, **{**zeros, **counts})


@pytest.mark.parametrize(
    ("found", "done", "total", "unit"),
    [
        (row("waiting for writers before build", lockers_total=3, lockers_done=1, blocks_total=9), 1, 3, "lockers"),
        (row("building index: scanning table", blocks_total=9, blocks_done=4), 4, 9, "blocks"),
        (row("building index: sorting live tuples", blocks_total=9, blocks_done=9), 0, 0, ""),
        (row("building index: loading tuples in tree", blocks_total=9, tuples_total=7, tuples_done=2), 2, 7, "tuples"),
        (row("initializing"), 0, 0, ""),
    ],
)
def test_what_counts_in_a_phase(found: Progress, done: int, total: int, unit: str) -> None:
    assert (found.done, found.total, found.unit) == (done, total, unit)
    assert found.fraction == (done / total if total else None)


def test_partitions_are_counted_from_one() -> None:
    found = row("building index: scanning table", partitions_total=3, partitions_done=1, blocks_total=1)
    assert (found.partition, found.partitions) == (2, 3)
