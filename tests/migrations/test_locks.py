"""A migration that waits for a lock lets everybody else through, and says whom it waits for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any, Self

import psycopg
import pytest

from console.db.session import Session
from console.errors import MigrationFailed
from console.migrations.running import runner
from console.migrations.running.events import MigrationApplied, WaitingForLock
from console.migrations.running.work import Patience
from tests.databases import Databases
from tests.migrations.project import Project, of_kind

LOCK_TIMEOUT = 0.5
LONG_ENOUGH_TO_LOOK = 2.0
FOR_EVER = (0.2,) * 1000


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
    patience = Patience(LONG_ENOUGH_TO_LOOK, (0.05,))
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
    applied: list[MigrationApplied] = []
    patience = Patience(LOCK_TIMEOUT, FOR_EVER)
    async with Readings(project) as reading:
        async for event in runner.run(project.session, await project.planned_up(), project.consent, patience=patience):
            applied += of_kind([event], MigrationApplied)
            if isinstance(event, WaitingForLock) and event.again_in is not None:
                await reading.one_more()
                if event.attempt == 2:
                    locked.execute("ROLLBACK")
    assert len(applied) == 1


async def test_what_an_attempt_has_locked_is_given_back_with_it(
    project: Project, locked: psycopg.Connection[Any]
) -> None:
    """A strong lock of the first statement is held while the second waits, and no longer: all of it begins anew."""
    project.write("0003_age", "ALTER TABLE first ADD age int;\nALTER TABLE people ADD age int;")
    locked.execute("COMMIT")
    locked.execute("CREATE TABLE first (id int)")
    locked.execute("BEGIN; LOCK TABLE people IN ACCESS SHARE MODE")
    patience, planned = Patience(LOCK_TIMEOUT, FOR_EVER), await project.planned_up()
    async with (
        Readings(project, "first") as reading,
        aclosing(runner.run(project.session, planned, project.consent, patience=patience)) as events,
    ):
        async for event in events:
            if isinstance(event, WaitingForLock) and event.again_in is not None:
                await reading.one_more()
                if event.attempt == 2:
                    break


class Readings:
    """Somebody who reads a table all the time."""

    def __init__(self, project: Project, table: str = "people") -> None:
        self._target, self._query = project.session.target, f"SELECT * FROM public.{table}"
        self._done: asyncio.Queue[None] = asyncio.Queue()

    async def __aenter__(self) -> Self:
        self._reading = asyncio.create_task(self._read())
        await self.one_more()
        return self

    async def __aexit__(self, *raised: object) -> None:
        self._reading.cancel()
        await asyncio.wait({self._reading})

    async def one_more(self) -> None:
        """Wait until a reading is done; it may have begun before, and waited for a lock meanwhile."""
        while not self._done.empty():
            self._done.get_nowait()
        async with asyncio.timeout(60):
            await self._done.get()

    async def _read(self) -> None:
        async with await Session.open(self._target, what="reader") as reader:
            while True:
                async for _ in reader.stream(self._query):
                    pass
                self._done.put_nowait(None)
                await asyncio.sleep(0.01)
