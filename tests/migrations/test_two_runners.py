"""Runners never meet: the lease, who waits for whom, and what happens when a runner falls silent."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Target
from console.db.session import Session
from console.errors import Interrupted, MigrationFailed, Refused
from console.migrations import history, plan
from console.migrations.files import native
from console.migrations.ledgers.creating import create
from console.migrations.ledgers.ledger import Recorded
from console.migrations.ledgers.native import Native
from console.migrations.running import runner
from console.migrations.running.events import Began, Event, MigrationApplied, MigrationSkipped, WaitingForRunner
from console.migrations.running.lease import Lease
from console.migrations.running.leased import leased
from console.migrations.running.record import record
from console.migrations.script import parse
from tests.migrations.project import Project, agreed, of_kind, tables
from tests.pooler import Pooler


@pytest.fixture
def pool_of_one(database: Target, poolers: Callable[[int], Pooler]) -> Target:
    """Return the database by way of PgBouncer, which shares one connection to it in transaction mode."""
    return replace(poolers(1).target(database), direct=None)


@pytest.fixture(params=["database", pytest.param("pool_of_one", marks=pytest.mark.tool)])
def meeting_place(request: pytest.FixtureRequest, database: Target, poolers: Callable[[int], Pooler]) -> Target:
    """Return the target that runners meet on."""
    return database if request.param == "database" else replace(poolers(1).target(database), direct=None)


@pytest.fixture
async def runners(meeting_place: Target) -> AsyncIterator[list[Session]]:
    """Return eight sessions on one database."""
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(await Session.open(meeting_place, what="runner")) for _ in range(8)]


async def applied_by(session: Session, path: Path) -> list[Event]:
    """Run the whole folder, as if nothing had been applied when the plan was made."""
    planned = plan.up(native.read(path), Recorded())
    return [event async for event in runner.run(session, planned, agreed(session.target))]


async def test_eight_runners_at_once_apply_each_migration_exactly_once(runners: list[Session], tmp_path: Path) -> None:
    tables(tmp_path, 5)
    everything = await asyncio.gather(*(applied_by(session, tmp_path) for session in runners))
    applied = Counter(event.version for events in everything for event in of_kind(events, MigrationApplied))
    assert applied == {f"{number:04}": 1 for number in range(1, 6)}
    skipped = sum(len(of_kind(events, MigrationSkipped)) for events in everything)
    assert skipped == 5 * (len(runners) - 1)
    entries = (await history.read(runners[0])).entries
    assert sorted(entry.version for entry in entries) == sorted(applied)
    assert (await Native().read(runners[0])).holder is None


async def test_who_is_in_a_transaction_keeps_the_lease_beyond_its_time(project: Project, meeting_place: Target) -> None:
    """A migration in flight holds the row of the lease: nobody takes it, however long the migration takes."""
    await create(project.session, project.consent, Native())
    first = Lease(seconds=0.001)
    await first.take(project.session, project.consent, "0001", lambda _: None)
    told: asyncio.Queue[WaitingForRunner] = asyncio.Queue()
    async with await Session.open(meeting_place, what="second") as session:
        async with project.session.writing(project.consent, first=first.renewal("0001")):
            waiting = asyncio.create_task(Lease().take(session, project.consent, "0001", told.put_nowait))
            async with asyncio.timeout(60):
                event = await told.get()
            done, _ = await asyncio.wait({waiting}, timeout=0.3)
            assert not done
        assert "@" in event.holder.holder
        assert await waiting == event.holder.holder


@pytest.mark.parametrize(("seconds", "doing"), [(1.0, "0001"), (11.0, "0002")])
async def test_a_long_transaction_renews_the_lease_at_its_end(project: Project, seconds: float, doing: str) -> None:
    """What it wrote at its beginning may have run out by the commit, and others would take the lease."""
    step = (await project.planned_up()).steps[0]
    order, ledger = project.folder.order, Native()
    async with leased(
        project.session, project.consent, ledger, order=order, doing="0001", tell=lambda _: None, seconds=30.0
    ) as work:
        async with work.transaction("0001", doing="recording") as (writer, _):
            record(work, writer, step, parse(step.script), seconds, "0002")
        assert await project.value("SELECT doing FROM dbconsole.lease") == doing


async def test_a_silent_runner_loses_the_lease_and_is_fenced(project: Project) -> None:
    await create(project.session, project.consent, Native())
    silent = Lease(seconds=0.001)
    await silent.take(project.session, project.consent, "0001", lambda _: None)
    events = await project.up()
    [began] = of_kind(events, Began)
    assert "@" in began.after
    with pytest.raises(MigrationFailed, match="taken the lease"):
        async with project.session.writing(project.consent, first=silent.renewal("0002")) as writer:
            silent.renewed(writer.first)


async def test_giving_back_a_lost_lease_does_not_take_it_from_its_holder(project: Project) -> None:
    await create(project.session, project.consent, Native())
    lost, held = Lease(seconds=0.001), Lease()
    await lost.take(project.session, project.consent, "0001", lambda _: None)
    assert await held.take(project.session, project.consent, "0002", lambda _: None) is not None
    await lost.release(project.session, project.consent)
    holder = (await Native().read(project.session)).holder
    assert holder is not None
    assert (holder.doing, holder.alive) == ("0002", True)


async def test_status_says_what_runs_and_who_runs_it(project: Project) -> None:
    await project.up(to="1")
    await Lease().take(project.session, project.consent, "0002", lambda _: None)
    assert await project.states() == {"0001": "applied", "0002": "running", "0003": "pending"}
    status = await project.status()
    assert status.holder is not None
    assert status.holder.holder in status.migrations[1].reason


async def test_stopping_while_waiting_leaves_everything_as_it_was(project: Project) -> None:
    await create(project.session, project.consent, Native())
    await Lease().take(project.session, project.consent, "0001", lambda _: None)
    waited = asyncio.Event()

    async def wait() -> None:
        async for event in runner.run(project.session, await project.planned_up(), project.consent):
            if isinstance(event, WaitingForRunner):
                waited.set()

    task = asyncio.create_task(wait())
    async with asyncio.timeout(60):
        await waited.wait()
    task.cancel()
    with pytest.raises(Interrupted, match="none was half-way"):
        await task
    assert (await history.read(project.session)).entries == ()


@pytest.mark.tool
async def test_around_a_pooler_everything_runs(project: Project, poolers: Callable[[int], Pooler]) -> None:
    project.write("0004_alone", "-- dbconsole: no-transaction\nVACUUM people;")
    async with await Session.open(poolers(1).target(project.session.target), what="runner") as session:
        await applied_by(session, project.path)
    assert (await project.status()).up_to_date


@pytest.mark.tool
async def test_through_a_pooler_nothing_runs_outside_a_transaction(project: Project, pool_of_one: Target) -> None:
    project.write("0004_alone", "-- dbconsole: no-transaction\nVACUUM people;")
    async with await Session.open(pool_of_one, what="runner") as session:
        with pytest.raises(Refused, match="a pooler is in between") as caught:
            await applied_by(session, project.path)
    assert "direct_url" in caught.value.hint
    assert (await project.states())["0004"] == "pending"
