"""Who holds the lock that a run waits for is named, and can be ended: the very session, and nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db import blockers, signalling
from console.db.blockers import Blocker
from console.db.guard import Consent
from console.db.session import Session
from console.db.signalling import Means, Outcome
from console.errors import MigrationFailed, Refused
from console.migrations.running import runner
from console.migrations.running.events import BlockerEnded, Event, MigrationApplied
from console.migrations.running.work import Patience
from tests.databases import Databases
from tests.migrations.project import Project, agreed, of_kind

HOLDING = "BEGIN; LOCK TABLE people IN ACCESS SHARE MODE"


@contextmanager
def holding(databases: Databases, target: Target, **options: Any) -> Iterator[psycopg.Connection[Any]]:
    with closing(databases.connect(target, application_name="forgetful", **options)) as other:
        other.execute(HOLDING)
        yield other


async def waiting(session: Session) -> tuple[Blocker, ...]:
    """Return who is in the way of a statement that waits for a lock on `people`."""
    async with await session.sibling("waiter") as waiter, waiter.checking() as writer:
        pid = int((await writer.execute("SELECT pg_backend_pid()")).rows[0][0] or 0)
        task = asyncio.create_task(writer.execute("LOCK TABLE people IN ACCESS EXCLUSIVE MODE"))
        while not (found := await blockers.of(session, pid)):
            assert not task.done()
        task.cancel()
        await asyncio.wait({task})
    return found


@pytest.fixture
async def people(project: Project) -> Project:
    await project.up(to="2")
    return project


@pytest.fixture
async def blocker(people: Project, databases: Databases) -> AsyncIterator[tuple[Blocker, psycopg.Connection[Any]]]:
    """Return a session that is idle in a transaction, as it is seen by who waits for it."""
    with holding(databases, people.session.target) as other:
        [found] = await waiting(people.session)
        yield found, other


class TestEnding:
    async def test_one_idle_in_a_transaction_is_disconnected(
        self, people: Project, blocker: tuple[Blocker, psycopg.Connection[Any]]
    ) -> None:
        found, other = blocker
        assert (found.pid, found.kind, signalling.means(found)) == (
            other.info.backend_pid,
            "client backend",
            Means.TERMINATE,
        )
        result = await signalling.end(people.session, found, people.consent)
        assert (result.outcome, result.freed) == (Outcome.ENDED, True)
        with pytest.raises(psycopg.OperationalError):
            other.execute("SELECT 1")
        again = await signalling.end(people.session, found, people.consent)
        assert again.outcome is Outcome.GONE

    async def test_one_that_works_is_cancelled_and_lives_on(self, people: Project, databases: Databases) -> None:
        with holding(databases, people.session.target) as other:
            loop = asyncio.get_running_loop()
            running = loop.run_in_executor(None, lambda: other.execute("SELECT pg_sleep(60)"))
            while not await people.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"):
                await asyncio.sleep(0.02)
            [found] = await waiting(people.session)
            assert signalling.means(found) is Means.CANCEL
            result = await signalling.end(people.session, found, people.consent)
            assert result.outcome is Outcome.ENDED
            with pytest.raises(psycopg.errors.QueryCanceled):
                await running
            other.execute("ROLLBACK")
            assert other.execute("SELECT 1").fetchone() == (1,)

    async def test_another_session_of_the_same_pid_is_not_touched(
        self, people: Project, blocker: tuple[Blocker, psycopg.Connection[Any]]
    ) -> None:
        found, other = blocker
        assert found.started is not None
        earlier = replace(found, started=found.started - timedelta(microseconds=1))
        assert (await signalling.end(people.session, earlier, people.consent)).outcome is Outcome.GONE
        assert other.execute("SELECT 1").fetchone() == (1,)

    async def test_never_ourselves(self, people: Project) -> None:
        await people.session.read()
        rows = await people.value("SELECT row(pid, backend_start) FROM pg_stat_activity WHERE pid = pg_backend_pid()")
        ours = Blocker(int(rows[0]), None, None, "idle in transaction", 1.0, None, rows[1], "client backend")
        assert (await signalling.end(people.session, ours, people.consent)).outcome is Outcome.GONE
        refused = await signalling.end(people.session, ours, people.consent, ours={ours.pid})
        assert refused.outcome is Outcome.REFUSED
        assert "of this console" in refused.sentence

    async def test_a_role_that_may_not(
        self, people: Project, blocker: tuple[Blocker, psycopg.Connection[Any]], databases: Databases
    ) -> None:
        found, other = blocker
        role = f"weak_{people.session.target.database}"
        with databases.connect() as admin:
            admin.execute(f"CREATE ROLE {role} LOGIN IN ROLE pg_read_all_stats".encode())
        weak = replace(people.session.target, params={**people.session.target.params, "user": role})
        try:
            async with await Session.open(weak, what="weak") as session:
                result = await signalling.end(session, found, agreed(weak))
                seen = await signalling.end(session, replace(found, started=None), agreed(weak))
        finally:
            with databases.connect() as admin:
                admin.execute(f"DROP ROLE {role}".encode())
        assert result.outcome is Outcome.FORBIDDEN
        assert "pg_signal_backend" in result.sentence
        assert f"SELECT pg_terminate_backend({found.pid});" in result.sentence
        assert seen.outcome is Outcome.REFUSED
        assert "pg_read_all_stats" in seen.sentence
        assert other.execute("SELECT 1").fetchone() == (1,)

    async def test_consent_for_another_target_is_none(
        self, people: Project, blocker: tuple[Blocker, psycopg.Connection[Any]]
    ) -> None:
        with pytest.raises(Refused):
            await signalling.end(people.session, blocker[0], Consent("another"))


@pytest.mark.parametrize(
    ("blocker", "sql", "why"),
    [
        (Blocker(0, None, None, None, None, None), "pg_prepared_xacts", "prepared transaction"),
        (Blocker(7, "a", "", "active", 1.0, "", kind="walsender"), "pg_cancel_backend(7)", "pg_read_all_stats"),
        (Blocker(7, "a", "", "idle in transaction (aborted)", 1.0, ""), "pg_terminate_backend(7)", "pg_read_all_stats"),
        (Blocker(7, None, "", None, 1.0, "", kind="autovacuum worker"), "pg_cancel_backend(7)", "pg_read_all_stats"),
    ],
)
def test_what_a_person_could_run(blocker: Blocker, sql: str, why: str) -> None:
    assert sql in signalling.statement(blocker)
    assert why in signalling.why_not(blocker)
    assert signalling.consequence(blocker).endswith(".")


class TestCancelBlockers:
    async def up(self, people: Project, after: float | None, *, attempts: int = 100) -> list[Event]:
        patience = Patience(0.5, (0.1,) * (attempts - 1), end_blockers_after=after)
        planned = await people.planned_up()
        return [event async for event in runner.run(people.session, planned, people.consent, patience=patience)]

    async def test_who_is_in_the_way_too_long_is_ended(self, people: Project, databases: Databases) -> None:
        with holding(databases, people.session.target) as other:
            events = await self.up(people, 0.7)
            [ended] = of_kind(events, BlockerEnded)
            assert (ended.result.pid, ended.result.outcome) == (other.info.backend_pid, Outcome.ENDED)
        assert [each.label for each in of_kind(events, MigrationApplied)] == ["0003_age"]

    async def test_nobody_is_without_being_asked_for(self, people: Project, databases: Databases) -> None:
        with holding(databases, people.session.target) as other:
            with pytest.raises(MigrationFailed):
                await self.up(people, None, attempts=3)
            assert other.execute("SELECT 1").fetchone() == (1,)

    async def test_behind_a_pooler(self, people: Project, pooled: Target, databases: Databases) -> None:
        with holding(databases, people.session.target):
            async with await Session.open(pooled, what="test") as session:
                events = await self.up(Project(people.path, session), 0.2)
        assert [each.result.outcome for each in of_kind(events, BlockerEnded)] == [Outcome.ENDED]
        assert of_kind(events, MigrationApplied)
