"""A trial beside others: no lock is held longer than was said, and no other runner is at work meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from console.db.session import Session
from console.errors import Refused
from console.migrations.ledgers.native import Native
from console.migrations.running.events import StatementStarted
from console.migrations.running.lease import Lease
from console.migrations.trial.events import Event, StatementTried
from console.migrations.trial.trying import try_plan
from tests.databases import Databases
from tests.migrations.project import Project
from tests.migrations.trials import NO_TRANSACTION, events_of, only, outcomes, result, tried

HELD = """
DO $$ BEGIN WHILE NOT pg_try_advisory_xact_lock(7) LOOP PERFORM pg_sleep(0.01); END LOOP; END $$;
"""


class TestTheLimit:
    async def test_no_reader_waits_longer(self, project: Project, databases: Databases) -> None:
        """Whoever comes once the table is locked gets through, though the next statement would sleep for a minute."""
        only(project, "ALTER TABLE t ADD a int; SELECT pg_sleep(60); ALTER TABLE t ADD b int;")
        project.write("0002_more", "CREATE TABLE u (id int);")
        with databases.connect(project.session.target) as reader:
            reader.execute("CREATE TABLE t (id int)")
            reader.execute("SET statement_timeout = '50s'")
            events: list[Event] = []
            planned = await project.planned_up()
            async for event in try_plan(project.session, planned, project.consent, Native(), max_lock=2.0):
                if isinstance(event, StatementTried) and event.tried.number == 1:
                    await asyncio.to_thread(reader.execute, "SELECT FROM t")
                events.append(event)
        found = result(events)
        assert list(map(outcomes, found.migrations)) == ["+--", "-"]
        assert "--max-lock 2 s" in found.migrations[1].reason
        assert (found.exit_code, found.seconds < 50) == (6, True)

    async def test_checks_count_too(self, project: Project) -> None:
        """A minute of them, none of which takes long."""
        slow = "SELECT 'slow' AS check_name, pg_sleep(0.3) IS NOT NULL AS ok, '' AS detail;\n"
        only(project, "CREATE TABLE t (id int);", verify=slow * 200)
        found = await tried(project, max_lock=0.8)
        assert found.seconds < 50
        assert (found.migrations[0].verify, found.exit_code) == (None, 6)

    async def test_the_server_ends_it_when_nobody_else_does(self, project: Project, databases: Databases) -> None:
        """The client falls silent in the middle: its connection is there, and nobody asks for anything."""
        with databases.connect(project.session.target) as connection:
            connection.execute("CREATE TABLE t (id int)")
            connection.execute("SET statement_timeout = '60s'")
            only(project, "ALTER TABLE t ADD a int; SELECT 1;")
            async with aclosing(
                try_plan(project.session, await project.planned_up(), project.consent, Native(), max_lock=0.5)
            ) as events:
                async for event in events:
                    if isinstance(event, StatementTried):
                        break
                connection.execute("SELECT FROM t")  # the loop stands still meanwhile, as in a program that is stopped


class TestOthers:
    async def test_a_runner_at_work(self, project: Project) -> None:
        await project.up(to="1")
        lease = Lease()
        await lease.take(project.session, project.consent, "0002", lambda _: None)
        with pytest.raises(Refused) as caught:
            await tried(project)
        assert "Another runner is at work" in caught.value.title
        await lease.release(project.session, project.consent)
        assert (await tried(project)).exit_code == 0

    async def test_a_runner_that_comes_meanwhile_waits(self, project: Project, databases: Databases) -> None:
        await project.up()
        project.write("0004_held", HELD)
        lease, taking = Lease(), None
        with databases.connect(project.session.target) as gate:
            gate.execute("SELECT pg_advisory_lock(7)")
            async with await Session.open(project.session.target, what="other") as other:
                planned = await project.planned_up()
                async for event in try_plan(project.session, planned, project.consent, Native(), max_lock=60.0):
                    if isinstance(event, StatementStarted):
                        taking = asyncio.create_task(lease.take(other, project.consent, "0004", lambda _: None))
                        assert (await asyncio.wait({taking}, timeout=0.3))[0] == set()
                        gate.execute("SELECT pg_advisory_unlock(7)")
                assert taking is not None
                await taking
                await lease.release(other, project.consent)

    async def test_what_somebody_has_applied_meanwhile_is_skipped(self, project: Project) -> None:
        planned = await project.planned_up()
        await project.up(to="2")
        found = result(await events_of(project.session, planned))
        assert [each.outcome.value for each in found.migrations] == ["skipped", "skipped", "tried"]
        assert found.exit_code == 0

    async def test_a_migration_that_stopped_half_way_is_tried_from_there(self, project: Project) -> None:
        only(project, NO_TRANSACTION + "CREATE TABLE t (id int);\nSELECT 1 / 0;\nCREATE TABLE u (id int);")
        with pytest.raises(Exception, match="division by zero"):
            await project.up()
        text = (project.path / "0001_one.up.sql").read_text()
        (project.path / "0001_one.up.sql").write_text(text.replace("1 / 0", "1 / 1"))
        found = await tried(project)
        assert [each.number for each in found.migrations[0].statements] == [2, 3]
        assert found.exit_code == 0
