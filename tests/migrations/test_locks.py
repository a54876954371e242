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
from console.migrations import runner
from console.migrations.events import MigrationApplied, WaitingForLock
from console.migrations.work import Patience
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


async def test_readers_never_wait_longer_than_the_lock_timeout(
    project: Project, locked: psycopg.Connection[Any]
) -> None:
    """ALTER TABLE waits behind a forgotten transaction, and every reader queues behind ALTER TABLE: for how long?"""
    waits: list[float] = []

    async def read_all_the_time() -> None:
        async with await Session.open(project.session.target, what="reader") as reader:
            while True:
                began = time.perf_counter()
                async for _ in reader.stream("SELECT * FROM people"):
                    pass
                waits.append(time.perf_counter() - began)
                await asyncio.sleep(0.01)

    reading = asyncio.create_task(read_all_the_time())
    patience = Patience(LOCK_TIMEOUT, (0.2, 0.2))
    with pytest.raises(MigrationFailed):
        async for _ in runner.run(project.session, await project.planned_up(), project.consent, patience=patience):
            pass
    reading.cancel()
    await asyncio.wait({reading})
    assert len(waits) > 5
    assert LOCK_TIMEOUT / 2 < max(waits) < LOCK_TIMEOUT + 0.4
