"""Connections that die, people who interrupt: whatever happens, the state is known and said."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import psycopg
import pytest

from console.errors import ConnectionLost, ConsoleError, Interrupted
from console.migrations import history
from console.migrations.running import runner
from console.migrations.running.events import Began, Event, Failed, StatementFinished, StatementStarted
from console.migrations.snapshots import keeping
from tests.databases import Databases
from tests.migrations.project import QUICK, Project

SLOW = "CREATE TABLE before_it (id int);\nSELECT pg_sleep(60);\nCREATE TABLE after_it (id int);"


@contextlib.asynccontextmanager
async def running(project: Project) -> AsyncIterator[AsyncIterator[Event]]:
    planned = await project.planned_up()
    async with contextlib.aclosing(runner.run(project.session, planned, project.consent, patience=QUICK)) as events:
        yield events


async def until(events: AsyncIterator[Event], title: str) -> None:
    async for event in events:
        if isinstance(event, StatementStarted) and event.title.startswith(title):
            return


def sleeping(admin: psycopg.Connection[Any]) -> list[int]:
    """Return the pids of those that run the slow statement right now."""
    rows = admin.execute(
        "SELECT pid FROM pg_stat_activity"
        " WHERE query LIKE 'SELECT pg_sleep%' AND state = 'active' AND datname = current_database()"
    )
    return [pid for (pid,) in rows]


async def settled(admin: psycopg.Connection[Any]) -> None:
    """Wait until the statement is really running on the server."""
    async with asyncio.timeout(60):
        while not sleeping(admin):
            await asyncio.sleep(0.01)


class TestKilledConnection:
    async def test_in_the_middle_of_a_migration(self, project: Project, databases: Databases) -> None:
        project.write("0004_slow", SLOW)
        with databases.connect(project.session.target) as admin, pytest.raises(ConnectionLost) as caught:
            async with running(project) as events:
                await until(events, "SELECT pg_sleep")
                await settled(admin)
                [pid] = sleeping(admin)
                admin.execute("SELECT pg_terminate_backend(%s)", [pid])
                async for _ in events:
                    pass
        assert "Nothing of 0004_slow remains." in caught.value.detail
        assert list((await project.states()).values()) == ["applied", "applied", "applied", "pending"]
        assert await project.value("SELECT to_regclass('public.before_it') IS NULL")
        assert (await history.read(project.session)).entries[0].outcome == "failed"
        assert (await project.status()).holder is None

    async def test_the_next_run_finishes(self, project: Project, databases: Databases) -> None:
        await self.test_in_the_middle_of_a_migration(project, databases)
        project.write("0004_slow", SLOW.replace("60", "0"))
        await project.up()
        assert (await project.status()).summary == "4 applied"


class TestInterrupted:
    async def test_the_server_is_told_and_the_state_is_said(self, project: Project, databases: Databases) -> None:
        project.write("0004_slow", SLOW)
        reached = asyncio.Event()

        async def work() -> None:
            async with running(project) as events:
                await until(events, "SELECT pg_sleep")
                reached.set()
                async for _ in events:
                    pass

        task = asyncio.create_task(work())
        async with asyncio.timeout(60):
            await reached.wait()
        with databases.connect(project.session.target) as admin:
            await settled(admin)
            task.cancel()
            with pytest.raises(Interrupted) as caught:
                await task
            assert sleeping(admin) == []
        assert caught.value.exit_code == 130
        assert "Nothing of 0004_slow remains." in caught.value.detail
        assert "0003_age" in caught.value.detail
        assert list((await project.states()).values()) == ["applied", "applied", "applied", "pending"]
        assert (await history.read(project.session)).entries[0].outcome == "interrupted"
        assert (await project.status()).holder is None

    async def test_who_stops_listening_stops_the_run(self, project: Project, databases: Databases) -> None:
        project.write("0004_slow", SLOW)
        with databases.connect(project.session.target) as admin:
            async with running(project) as events:
                await until(events, "SELECT pg_sleep")
                await settled(admin)
        assert list((await project.states()).values()) == ["applied", "applied", "applied", "pending"]
        assert (await project.status()).holder is None


async def test_stopping_while_the_schema_is_kept_gives_the_lease_back(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else others would wait for half a minute."""
    keep, reached = keeping.end, asyncio.Event()

    async def end(*args: Any) -> None:
        reached.set()
        await asyncio.sleep(0)
        await keep(*args)

    monkeypatch.setattr(keeping, "end", end)
    task = asyncio.create_task(project.up())
    async with asyncio.timeout(60):
        await reached.wait()
    task.cancel()
    with pytest.raises(Interrupted):
        await task
    assert (await project.status()).holder is None


@pytest.mark.parametrize("kind", [Began, StatementStarted, StatementFinished])
async def test_stopping_at_any_event_leaves_a_known_state(project: Project, kind: type[Event]) -> None:
    with contextlib.suppress(ConsoleError):
        async with running(project) as events:
            async for event in events:
                if isinstance(event, kind | Failed):
                    break
    states = list((await project.states()).values())
    assert set(states) <= {"applied", "pending"}
    assert states == sorted(states)
    await project.up()
    assert (await project.status()).summary == "3 applied"
