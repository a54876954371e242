"""Scripts outside a transaction: statement by statement, the position recorded, resumed where they stopped."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from console.db.session import Session
from console.errors import MigrationFailed, Refused
from console.migrations.ledgers.native import Native
from console.migrations.running.events import MigrationApplied, Notice, StatementStarted
from console.migrations.script import digest, parse
from tests.databases import Databases
from tests.migrations.foreign import Site
from tests.migrations.project import Project, of_kind

INDEXES = """-- dbconsole: no-transaction
CREATE INDEX CONCURRENTLY people_name ON people (name);
CREATE TABLE log (id int);
INSERT INTO log VALUES (1);
VACUUM people;
"""


async def test_what_cannot_run_in_a_transaction_does(project: Project) -> None:
    project.write(
        "0004_index", INDEXES, "-- dbconsole: no-transaction\nDROP INDEX CONCURRENTLY people_name;\nDROP TABLE log;"
    )
    events = await project.up()
    assert of_kind(events, MigrationApplied)[-1].statements == 4
    assert await project.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'public.people_name'::regclass")
    assert (await Native().read(project.session)).unfinished == ()
    await project.down()
    assert await project.value("SELECT to_regclass('public.people_name') IS NULL AND to_regclass('public.log') IS NULL")


async def test_a_failure_keeps_what_is_done_and_goes_on_there(project: Project) -> None:
    project.write("0004_half", INDEXES.replace("VACUUM people", "VACUUM nobody"))
    with pytest.raises(MigrationFailed) as caught:
        await project.up()
    assert "3 of 4 statements are done and stay." in caught.value.detail
    assert caught.value.line == 5
    [*_, standing] = (await project.status()).migrations
    assert standing.state == "failed"
    assert "3 of 4 statements are done" in standing.reason
    assert '"nobody" does not exist' in standing.reason

    project.write("0004_half", INDEXES)
    events = await project.up()
    assert [event.number for event in of_kind(events, StatementStarted)] == [4]
    assert (await project.status()).up_to_date
    assert await project.value("SELECT count(*) FROM public.log") == 1


async def test_what_has_run_must_not_be_edited(project: Project) -> None:
    project.write("0004_half", INDEXES.replace("VACUUM people", "VACUUM nobody"))
    with pytest.raises(MigrationFailed):
        await project.up()
    project.write("0004_half", INDEXES.replace("(1)", "(2)"))
    with pytest.raises(Refused, match="the part of its up file that has run was edited"):
        await project.up()


async def test_a_half_way_migration_is_finished_before_it_is_rolled_back(project: Project) -> None:
    project.write("0004_half", INDEXES.replace("VACUUM people", "VACUUM nobody"), "DROP TABLE log;")
    with pytest.raises(MigrationFailed):
        await project.up()
    with pytest.raises(Refused, match="stopped half-way"):
        await project.down()


async def test_statements_see_the_settings_before_them_and_leave_none_behind(project: Project) -> None:
    project.write(
        "0004_set",
        "-- dbconsole: no-transaction\nSET search_path = other, public;\nCREATE SCHEMA other;\n"
        "CREATE TABLE here (id int);\nCREATE INDEX CONCURRENTLY here_id ON here (id);\n",
    )
    project.write("0005_see", "CREATE TABLE seen AS SELECT current_setting('search_path') AS path;")
    await project.up()
    assert await project.value("SELECT to_regclass('other.here_id') IS NOT NULL")
    assert await project.value("SELECT path FROM public.seen") == '"$user", public'


class TestFellSilent:
    """A runner that is gone has left a statement that was started: nobody wrote down how it ended."""

    async def leave(self, project: Project, databases: Databases, last: str) -> None:
        """Leave 0004 as a runner leaves it that dies while its last statement runs."""
        project.write("0004_half", f"-- dbconsole: no-transaction\nCREATE TABLE log (id int);\n{last};\nVACUUM nobody;")
        with pytest.raises(MigrationFailed):
            await project.up()
        with databases.connect(project.session.target) as admin:
            prefix = self.prefix(project)
            admin.execute("UPDATE dbconsole.unfinished SET done = 1, doubtful = true, prefix = %s", [prefix])
        project.write("0004_half", f"-- dbconsole: no-transaction\nCREATE TABLE log (id int);\n{last};")

    def prefix(self, project: Project) -> str:
        return digest(parse(project.folder.migrations[-1].up).pieces[:1])

    async def test_what_may_run_twice_runs_again(self, project: Project, databases: Databases) -> None:
        await self.leave(project, databases, "VACUUM people")
        assert "how it ended is not known" in (await project.status()).migrations[-1].reason
        events = await project.up()
        assert "it is run again" in of_kind(events, Notice)[0].text
        assert (await project.status()).up_to_date

    async def test_what_may_not_is_left_to_a_person(self, project: Project, databases: Databases) -> None:
        with databases.connect(project.session.target) as admin:
            admin.execute("CREATE PROCEDURE pay() LANGUAGE sql AS 'SELECT 1'")
        await self.leave(project, databases, "CALL pay()")
        with pytest.raises(Refused, match="how it ended is not known") as caught:
            await project.up()
        assert "doubtful = false" in caught.value.hint

    @pytest.mark.parametrize("last", ["CREATE DATABASE", "DROP DATABASE"])
    @pytest.mark.parametrize("there", [False, True])
    async def test_what_it_makes_or_drops_tells(
        self, project: Project, databases: Databases, last: str, *, there: bool
    ) -> None:
        """Whichever way it ended, up goes on."""
        name = f"made_by_{project.session.target.database}"
        await self.leave(project, databases, f"{last} {name}")
        with databases.connect() as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {name}".encode())
            if there:
                admin.execute(f"CREATE DATABASE {name}".encode())
            events = await project.up()
            admin.execute(f"DROP DATABASE IF EXISTS {name}".encode())
        assert ("it is done" in of_kind(events, Notice)[0].text) is (there is last.startswith("CREATE"))
        assert (await project.status()).up_to_date

    async def test_what_still_runs_is_waited_for(self, project: Project, databases: Databases) -> None:
        await self.leave(project, databases, "VACUUM people")
        with databases.connect(project.session.target) as holder:
            holder.execute("BEGIN; LOCK TABLE people IN ACCESS EXCLUSIVE MODE")
            async with project.session.alone(project.consent, lock_timeout=0) as orphan:
                pid = (await orphan.execute("SELECT pg_backend_pid()")).rows[0][0]
                still = asyncio.create_task(orphan.execute("VACUUM people"))
                while not await project.value(f"SELECT count(*) FROM pg_locks WHERE pid = {pid} AND NOT granted"):
                    assert not still.done()
                with pytest.raises(Refused, match=f"still runs on the server, as pid {pid}"):
                    await project.up()
                holder.execute("ROLLBACK")
                await still
        await project.up()
        assert (await project.status()).up_to_date


async def test_its_tools_lock_is_given_back_before_the_next_migration_takes_it(
    session: Session, tmp_path: Path
) -> None:
    """Else we would wait for ourselves, and say that another run is at work."""
    head, back = "-- +goose NO TRANSACTION\n-- +goose Up\n", "\n-- +goose Down\nSELECT 1;\n"
    site = Site(tmp_path, session)
    for number in range(1, 9):
        text = "CREATE INDEX CONCURRENTLY ON a (id);" if number % 2 == 0 else "CREATE TABLE IF NOT EXISTS a (id int);"
        first = head if number % 2 == 0 else "-- +goose Up\n"
        site.lay({f"{number:05}_step.sql": f"{first}{text}{back}"})
    events = await site.up()
    assert [each.text for each in of_kind(events, Notice) if "Another run" in each.text] == []
    assert len(of_kind(events, MigrationApplied)) == 8
