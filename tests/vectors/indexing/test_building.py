"""Building indexes on a real server: how far it is, what the server says, stopping it, and what a failure leaves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from console.config.profile import Guard, Target
from console.db.guard import Consent, consent
from console.db.session import Session
from console.errors import Interrupted, Refused, StatementFailed
from console.vectors.column import VectorColumn
from console.vectors.finding import find_one
from console.vectors.indexing import building
from console.vectors.indexing.building import build
from console.vectors.indexing.events import Built, Event, Noticed, Progressed, Started
from console.vectors.indexing.proposing import Proposal, proposals
from console.vectors.metric import Metric
from tests.databases import Databases
from tests.pooler import Pooler

GROUND = """
    CREATE EXTENSION vector;
    CREATE TABLE docs (id int PRIMARY KEY, e vector(64));
    INSERT INTO docs SELECT n, (SELECT array_agg(sin(n * i)) FROM generate_series(1, 64) i)::vector
        FROM generate_series(1, 2500) n;
    CREATE TABLE few (id int PRIMARY KEY, e vector(3));
    CREATE TABLE parted (id int, e vector(3)) PARTITION BY LIST (id);
    CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
    CREATE TABLE parted_2 PARTITION OF parted FOR VALUES IN (2);
    ANALYZE;
"""


@pytest.fixture
def target(make_database: Callable[..., Target]) -> Target:
    return make_database(GROUND)


@pytest.fixture
async def session(target: Target) -> AsyncIterator[Session]:
    async with await Session.open(target, what="test") as opened:
        yield opened


@pytest.fixture
def holder(databases: Databases, target: Target) -> Iterator[psycopg.Connection[Any]]:
    """Hold a lock that a build has to wait for."""
    with databases.connect(target) as opened:
        opened.execute("BEGIN; LOCK docs, parted_1 IN ROW EXCLUSIVE MODE")
        yield opened


def agreed(session: Session) -> Consent:
    return consent(session.target, action="build an index")


async def proposed(session: Session, name: str = "docs", place: int = 0) -> Proposal:
    return (await proposals(session, await find_one(session, name), metric=Metric.L2))[place]


async def run(session: Session, proposal: Proposal) -> list[Event]:
    return [event async for event in build(session, proposal, agreed(session))]


async def indexes(session: Session, name: str = "docs") -> list[tuple[str, bool]]:
    return [(index.name, index.valid) for index in (await find_one(session, name)).indexes]


async def test_a_role_that_may_not_build_is_refused(databases: Databases, target: Target) -> None:
    role = f"reader_{target.database}"
    with databases.connect(target) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN; GRANT SELECT ON docs TO {role}".encode())
    try:
        other = replace(target, params={**target.params, "user": role})
        async with await Session.open(other, what="test") as session:
            proposal = await proposed(session)
            assert "Only the owner of public.docs may build it, and this role is not its owner." in proposal.remarks
            with pytest.raises(Refused) as caught:
                await run(session, proposal)
            assert "must be owner of table docs" in caught.value.title
            assert caught.value.detail == "Nothing is left of it."
    finally:
        with databases.connect(target) as connection:
            connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


async def test_it_tells_from_the_beginning_to_the_end(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_EVERY", 0.02)
    proposal = await proposed(session)
    first, *between, last = await run(session, proposal)
    assert first == Started(proposal.statements[0], 1, 1)
    assert isinstance(last, Built)
    assert last.name == "docs_e_l2_hnsw"
    assert last.size > 500_000
    progress = [event for event in between if isinstance(event, Progressed)]
    loading = [event for event in progress if event.phase == "loading tuples"]
    assert loading
    assert all(event.unit == "blocks" and event.total > 10 for event in loading if event.total)
    done = [event.fraction or 0 for event in loading]
    assert done == sorted(done)
    assert [event.seconds for event in progress] == sorted(event.seconds for event in progress)
    assert await indexes(session) == [("docs_e_l2_hnsw", True)]


async def test_what_the_server_says_is_told(session: Session) -> None:
    little = await proposed(session, "few", 1)
    assert [event.sentence for event in await run(session, little) if isinstance(event, Noticed)] == [
        "It was built on few rows: its lists say little, and searches miss many of the nearest until it is rebuilt."
    ]
    small = replace(await proposed(session), settings=("SET maintenance_work_mem = '1MB'",))
    [said] = [event.sentence for event in await run(session, small) if isinstance(event, Noticed)]
    assert said.startswith("After ")
    assert "rows the graph did not fit into maintenance_work_mem any more" in said


async def test_two_at_once_are_built_in_turn(target: Target, session: Session, holder: psycopg.Connection[Any]) -> None:
    """Whoever is first waits for the holder, until the other has said that it waits."""
    column = await find_one(session, "docs")
    [one, other] = [(await proposals(session, column, metric=each))[0] for each in (Metric.L2, Metric.COSINE)]

    async def run_on(at: Session, proposal: Proposal) -> list[Event]:
        events = []
        async for event in build(at, proposal, agreed(at)):
            events.append(event)
            if isinstance(event, Noticed):
                holder.execute("COMMIT")
        return events

    async with await Session.open(target, what="test") as second:
        told = await asyncio.gather(run_on(session, one), run_on(second, other))
    assert [events[-1].name for events in told if isinstance(events[-1], Built)] == [one.name, other.name]
    assert await indexes(session) == [("docs_e_cosine_hnsw", True), ("docs_e_l2_hnsw", True)]
    [waiting] = [event.sentence for events in told for event in events if isinstance(event, Noticed)]
    assert waiting.startswith("Waiting: ")


async def test_a_build_of_somebody_else_is_waited_for(
    databases: Databases, target: Target, session: Session, holder: psycopg.Connection[Any]
) -> None:
    def built_by_hand() -> None:
        with databases.connect(target) as connection:
            connection.execute("CREATE INDEX CONCURRENTLY by_hand ON docs USING hnsw (e vector_ip_ops)")

    by_hand = asyncio.create_task(asyncio.to_thread(built_by_hand))
    with databases.connect(target) as watching:  # a transaction such as the holder's sees progress as it was at first
        while watching.execute("SELECT FROM pg_stat_progress_create_index").rowcount == 0:
            await asyncio.sleep(0.02)
    async for event in build(session, await proposed(session), agreed(session)):
        if isinstance(event, Noticed):
            assert event.sentence.startswith("Waiting: process ")
            holder.execute("COMMIT")
    await by_hand
    assert await indexes(session) == [("by_hand", True), ("docs_e_l2_hnsw", True)]


async def test_waiting_for_others_is_told(session: Session, holder: psycopg.Connection[Any]) -> None:
    waited = False
    async with aclosing(build(session, await proposed(session), agreed(session))) as events:
        async for event in events:
            if isinstance(event, Progressed) and event.phase == "waiting for writers before build":
                assert (event.total, event.unit) == (1, "lockers")
                if not waited:
                    holder.execute("COMMIT")
                waited = True
    assert waited
    assert await indexes(session) == [("docs_e_l2_hnsw", True)]


async def test_who_stops_it_hears_what_is_left(session: Session, holder: psycopg.Connection[Any]) -> None:
    waits = asyncio.Event()

    async def read(proposal: Proposal) -> None:
        async for event in build(session, proposal, agreed(session)):
            if isinstance(event, Progressed):
                waits.set()

    task = asyncio.create_task(read(await proposed(session)))
    await asyncio.wait_for(waits.wait(), 60)
    task.cancel()
    with pytest.raises(Interrupted) as caught:
        await task
    assert caught.value.title == "Stopped while docs_e_l2_hnsw was being built; the server was told to stop."
    assert "Left behind: public.docs_e_l2_hnsw, which is not valid: no search uses it" in caught.value.detail
    assert caught.value.hint == "DROP INDEX CONCURRENTLY public.docs_e_l2_hnsw;"
    assert await indexes(session) == [("docs_e_l2_hnsw", False)]
    holder.execute("COMMIT")
    holder.execute(caught.value.hint)
    assert await indexes(session) == []


async def test_who_stops_reading_stops_it(session: Session, holder: psycopg.Connection[Any]) -> None:
    async with aclosing(build(session, await proposed(session), agreed(session))) as events:
        async for event in events:
            if isinstance(event, Progressed):
                break
    [(running,)] = holder.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'CREATE INDEX%' AND state = 'active'"
    ).fetchall()
    assert running == 0
    holder.execute("COMMIT")


async def test_a_partitioned_table_half_way(session: Session, holder: psycopg.Connection[Any]) -> None:
    started: list[int] = []

    async def read(proposal: Proposal) -> None:
        async for event in build(session, proposal, agreed(session)):
            started.extend([event.number] if isinstance(event, Started) else [])

    task = asyncio.create_task(read(await proposed(session, "parted")))
    while not started or started[-1] < 2 or (await indexes(session, "parted_1")) == []:
        await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(Interrupted) as caught:
        await task
    assert caught.value.hint == (
        "DROP INDEX CONCURRENTLY public.parted_1_e_l2_hnsw; DROP INDEX public.parted_e_l2_hnsw;"
    )
    holder.execute("COMMIT")


@pytest.mark.parametrize(
    ("statement", "said", "left"),
    [
        (
            "CREATE INDEX CONCURRENTLY i ON docs USING hnsw (e)",
            "has no default operator class",
            "Nothing is left of it.",
        ),
        (
            "CREATE UNIQUE INDEX CONCURRENTLY broken ON docs ((1))",
            "could not create unique index",
            "Left behind: public.broken, which is not valid",
        ),
        (
            "DO $$ BEGIN RAISE 'could not resize shared memory segment \"/x\" to 9 bytes'; END $$",
            "could not resize shared memory segment",
            "Nothing is left of it.",
        ),
    ],
)
async def test_a_failure_says_what_is_left(session: Session, statement: str, said: str, left: str) -> None:
    proposal = replace(await proposed(session), statements=(statement,))
    with pytest.raises(StatementFailed) as caught:
        await run(session, proposal)
    assert said in str(caught.value)
    assert left in caught.value.detail
    assert ("max_parallel_maintenance_workers = 0" in caught.value.hint) == ("shared memory" in said)


async def test_lists_that_take_more_memory_than_there_is_are_built(session: Session) -> None:
    column: VectorColumn = await find_one(session, "docs")
    [_, proposal] = await proposals(session, column, metric=Metric.L2, options={"lists": 2400})
    assert proposal.settings
    assert isinstance((await run(session, proposal))[-1], Built)
    less = replace(proposal, settings=("SET maintenance_work_mem = '8MB'",), name="other")
    less = replace(less, statements=(less.statements[0].replace("docs_e_l2_ivfflat", "other"),))
    with pytest.raises(StatementFailed, match="memory required is"):
        await run(session, less)


async def test_nothing_is_built_without_consent(session: Session) -> None:
    other = Target(name="other", params={}, guard=Guard.OPEN, origin="a test")
    with pytest.raises(Refused):
        [event async for event in build(session, await proposed(session), consent(other, action="build"))]
    assert await indexes(session) == []


async def test_a_pooler_is_no_way_to_build(target: Target, poolers: Callable[[int], Pooler]) -> None:
    async with await Session.open(replace(poolers(2).target(target), direct=None), what="test") as session:
        with pytest.raises(Refused, match="is reached through a pooler"):
            await run(session, await proposed(session))
        assert await indexes(session) == []
