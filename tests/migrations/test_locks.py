"""A migration that waits for a lock lets everybody else through, and says whom it waits for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest

from console.db.session import Session
from console.errors import MigrationFailed
from console.migrations.running import runner
from console.migrations.running.events import Event, MigrationApplied, WaitingForLock
from console.migrations.running.work import Patience
from tests.databases import Databases
from tests.migrations.project import Project, of_kind

LOCK_TIMEOUT = 0.5


@pytest.fixture
async def locked(project: Project, databases: Databases) -> AsyncIterator[psycopg.Connection[Any]]:
    """Return a foreign session that has read `people` in a transaction it forgot to end."""
    await project.up(to="2")
    with databases.connect(project.session.target, application_name="forgetful") as other:
        other.execute("BEGIN; LOCK TABLE people IN ACCESS SHARE MODE")
        yield other


async def test_it_says_who_holds_the_lock_and_gives_up_in_the_end(
    project: Project, locked: psycopg.Connection[Any]
) -> None:
    waits: list[WaitingForLock] = []
    patience = Patience(LOCK_TIMEOUT, (0.05,))
    with pytest.raises(MigrationFailed) as caught:
        async for event in runner.run(project.session, await project.planned_up(), project.consent, patience=patience):
            waits += of_kind([event], WaitingForLock)
    assert {blocker.pid for wait in waits for blocker in wait.blockers} == {locked.info.backend_pid}
    assert [(wait.attempt, wait.attempts) for wait in waits if wait.again_in] == [(1, 2)]
    assert (2, None) in [(wait.attempt, wait.again_in) for wait in waits]
    assert "forgetful, idle in transaction" in caught.value.detail
    assert "Nothing of 0003_age remains." in caught.value.detail
    assert caught.value.sqlstate == "55P03"


async def test_it_goes_through_once_the_lock_is_free(project: Project, locked: psycopg.Connection[Any]) -> None:
    applied = []
    patience = Patience(LOCK_TIMEOUT, (0.05,) * 5)
    async for event in runner.run(project.session, await project.planned_up(), project.consent, patience=patience):
        if isinstance(event, WaitingForLock) and event.again_in is not None:
            locked.execute("ROLLBACK")
        applied += of_kind([event], MigrationApplied)
    assert [event.label for event in applied] == ["0003_age"]


@pytest.mark.parametrize("head", ["", "-- dbconsole: no-transaction\n"])
async def test_readers_never_wait_longer_than_the_lock_timeout(
    project: Project, locked: psycopg.Connection[Any], head: str
) -> None:
    """ALTER TABLE waits behind a forgotten transaction, and every reader queues behind ALTER TABLE: for how long?

    Between two attempts they get through; once the forgotten transaction ends, the migration goes through as well.
    """
    project.write("0003_age", f"{head}ALTER TABLE people ADD age int;")
    reading = Readings(project)
    events: list[Event] = []
    patience = Patience(LOCK_TIMEOUT, (0.2,) * 9)
    async with reading:
        async for event in runner.run(project.session, await project.planned_up(), project.consent, patience=patience):
            events.append(event)
            if isinstance(event, WaitingForLock) and event.again_in is not None:
                reading.pause()
                if event.attempt == 2:
                    locked.execute("ROLLBACK")
    assert len(of_kind(events, MigrationApplied)) == 1
    assert LOCK_TIMEOUT / 2 < max(reading.waits) < LOCK_TIMEOUT + 0.4
    assert min(reading.between[1:]) > 0


async def test_what_an_attempt_has_locked_is_given_back_with_it(
    project: Project, locked: psycopg.Connection[Any]
) -> None:
    """A strong lock of the first statement is held while the second waits, and no longer: all of it begins anew."""
    project.write("0003_age", "ALTER TABLE first ADD age int;\nALTER TABLE people ADD age int;")
    locked.execute("COMMIT")
    locked.execute("CREATE TABLE first (id int)")
    locked.execute("BEGIN; LOCK TABLE people IN ACCESS SHARE MODE")
    reading = Readings(project, "first")
    patience = Patience(LOCK_TIMEOUT, (0.2, 0.2))
    async with reading:
        with pytest.raises(MigrationFailed):
            async for event in runner.run(
                project.session, await project.planned_up(), project.consent, patience=patience
            ):
                if isinstance(event, WaitingForLock) and event.again_in is not None:
                    reading.pause()
    assert max(reading.waits) < LOCK_TIMEOUT + 0.4
    assert min(reading.between[1:]) > 0


class Readings:
    """Somebody who reads a table all the time, and looks how long each reading took.

    `between` is how many were done from one pause of the runner to the next.
    """

    def __init__(self, project: Project, table: str = "people") -> None:
        self._target, self._query = project.session.target, f"SELECT * FROM public.{table}"
        self._reading: asyncio.Task[None] | None = None
        self.waits: list[float] = []
        self.between: list[int] = [0]

    async def __aenter__(self) -> None:
        self._reading = asyncio.create_task(self._read())
        async with asyncio.timeout(20):
            while not self.waits:
                await asyncio.sleep(0.01)

    async def __aexit__(self, *raised: object) -> None:
        assert self._reading is not None
        self._reading.cancel()
        await asyncio.wait({self._reading})

    def pause(self) -> None:
        """The runner has given up for a moment: from here on it is counted anew."""
        self.between.append(0)

    async def _read(self) -> None:
        async with await Session.open(self._target, what="reader") as reader:
            while True:
                began = time.perf_counter()
                async for _ in reader.stream(self._query):
                    pass
                self.waits.append(time.perf_counter() - began)
                self.between[-1] += 1
                await asyncio.sleep(0.01)
