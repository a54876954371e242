"""Other tools' projects through the runner: their transactions, their locks, their marks, and nothing of ours."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.config.profile import Profile
from console.db.session import Session
from console.errors import MigrationFailed, Refused
from console.migrations.ledgers.golang_migrate import DEFAULT, lock_key
from console.migrations.ledgers.ledger import Own
from console.migrations.running.events import (
    Event,
    MigrationApplied,
    MigrationSkipped,
    MigrationStarted,
    Notice,
    StatementStarted,
)
from tests.databases import Databases
from tests.migrations.foreign import TOOLS, Site, make
from tests.migrations.project import of_kind

CONCURRENTLY = "CREATE TABLE t (id int);\nCREATE INDEX CONCURRENTLY t_id ON t (id);\n"


@pytest.fixture
def site(tmp_path: Path, session: Session) -> Site:
    path = tmp_path / "migrations"
    path.mkdir()
    return Site(path, session)


@pytest.mark.parametrize("tool", sorted(TOOLS))
async def test_every_tool_there_and_back(site: Site, tool: str) -> None:
    found = make(site.path, tool)
    await site.up()
    assert list((await site.states()).values()) == ["applied"] * 3
    if found.downs:
        await site.down(everything=True)
        assert list((await site.states()).values()) == ["pending"] * 3
        assert await site.value("SELECT to_regclass('public.people') IS NULL")


class TestTransactions:
    async def test_concurrently_without_a_word_runs_alone(self, site: Site) -> None:
        site.lay({"000001_t.up.sql": CONCURRENTLY})
        await site.up()
        assert await site.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 'public.t_id'::regclass")
        assert await site.states() == {"000001": "applied"}

    async def test_a_format_that_can_say_so_has_to(self, site: Site) -> None:
        site.lay({"20240101000001_t.sql": f"-- migrate:up\n{CONCURRENTLY}-- migrate:down\n"})
        with pytest.raises(Refused, match="line 3") as caught:
            await site.up()
        assert "-- migrate:up transaction:false" in caught.value.hint

    async def test_one_begin_and_commit_of_its_own_runs_in_ours(self, site: Site) -> None:
        site.lay({"000001_t.up.sql": "BEGIN;\nCREATE TABLE t ();\nSELECT 1/0;\nCOMMIT;\n"})
        with pytest.raises(MigrationFailed):
            await site.up()
        assert await site.value("SELECT to_regclass('public.t') IS NULL")

    async def test_several_are_run_one_after_the_other(self, site: Site) -> None:
        site.lay(
            {
                "000001_t.up.sql": "BEGIN;\nCREATE TABLE a ();\nCOMMIT;\n"
                "BEGIN;\nCREATE TABLE b ();\nSELECT 1/0;\nCOMMIT;\nCREATE TABLE c ();\n"
            }
        )
        with pytest.raises(MigrationFailed) as caught:
            await site.up()
        assert caught.value.line == 6
        assert await site.value("SELECT to_regclass('public.a') IS NOT NULL AND to_regclass('public.b') IS NULL")
        assert await site.states() == {"000001": "failed"}
        path = site.path / "000001_t.up.sql"
        path.write_text(path.read_text().replace("1/0", "1"))
        events = await site.up()
        assert [each.line for each in of_kind(events, StatementStarted)] == [5, 6, 8]
        assert await site.states() == {"000001": "applied"}

    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ("SELECT 1;\nROLLBACK;", 2),
            ("BEGIN;\nSELECT 1;", 1),
            ("SELECT 1;\nBEGIN;\nROLLBACK;", 3),
            ("BEGIN;\nCREATE TABLE t (i int);\nCOMMIT;\nBEGIN;\nVACUUM t;\nCOMMIT;", 5),
        ],
    )
    async def test_what_cannot_be_kept_apart_is_refused(self, site: Site, text: str, line: int) -> None:
        site.lay({"000001_t.up.sql": text})
        with pytest.raises(Refused) as caught:
            await site.up()
        assert caught.value.line == line

    async def test_savepoints_are_the_files_own_matter(self, site: Site) -> None:
        site.lay({"000001_t.up.sql": "SAVEPOINT s;\nCREATE TABLE t ();\nROLLBACK TO s;\nCREATE TABLE u ();"})
        await site.up()
        assert await site.value("SELECT to_regclass('public.t') IS NULL AND to_regclass('public.u') IS NOT NULL")

    async def test_settings_do_not_reach_the_next(self, site: Site) -> None:
        """pg_dump's first lines empty the search_path for the whole session."""
        site.lay(
            {
                "000001_a.up.sql": "SELECT pg_catalog.set_config('search_path', '', false);\nSET lock_timeout = '7s';",
                "000002_b.up.sql": "CREATE TABLE b AS SELECT current_setting('lock_timeout') AS waits;",
            }
        )
        await site.up()
        assert await site.value("SELECT waits <> '7s' FROM public.b")

    async def test_a_migration_may_mention_the_ledger(self, site: Site) -> None:
        site.lay(
            {"20240101000001_a.sql": "-- migrate:up\nGRANT SELECT ON schema_migrations TO PUBLIC;\n-- migrate:down"}
        )
        await site.up()
        assert await site.states() == {"20240101000001": "applied"}


_ATTEMPTS = """
    SELECT array_agg(concat_ws(' ', installed_rank, type, script, success::text) ORDER BY installed_rank)
    FROM public.flyway_schema_history
"""


class TestHalfWay:
    async def test_the_tool_sees_its_own_mark_and_up_goes_on(self, site: Site) -> None:
        site.lay({"000001_a.up.sql": "SELECT 1;", "000002_t.up.sql": CONCURRENTLY.replace("(id)", "(nothing)")})
        with pytest.raises(MigrationFailed):
            await site.up()
        assert await site.value("SELECT version || ' ' || dirty FROM public.schema_migrations") == "2 true"
        assert await site.states() == {"000001": "applied", "000002": "failed"}
        site.lay({"000002_t.up.sql": CONCURRENTLY})
        events = await site.up()
        assert [each.number for each in of_kind(events, StatementStarted)] == [2]
        assert await site.value("SELECT version || ' ' || dirty FROM public.schema_migrations") == "2 false"

    @pytest.mark.parametrize("history", [True, False])
    async def test_flyway_gets_the_row_of_a_failure(self, site: Site, history: bool) -> None:
        site = Site(site.path, site.session, Profile("p", history=history))
        site.lay({"V1__a.sql": "SELECT 1;", "V2__t.sql": CONCURRENTLY.replace("(id)", "(nothing)")})
        for _ in range(2 if history else 1):  # a second failure is no second row
            with pytest.raises(MigrationFailed):
                await site.up()
            assert await site.value(_ATTEMPTS) == ["1 SQL V1__a.sql true", "2 SQL V2__t.sql false"]
        assert await site.states() == {"1": "applied", "2": "failed"}
        if not history:
            with pytest.raises(Refused, match="marked as failed"):
                await site.up()
            return
        site.lay({"V2__t.sql": CONCURRENTLY})
        await site.up()
        assert await site.value(_ATTEMPTS) == ["1 SQL V1__a.sql true", "2 SQL V2__t.sql true"]
        assert set((await site.states()).values()) == {"applied"}

    async def test_flyway_gets_none_where_nothing_remains(self, site: Site) -> None:
        site.lay({"V1__a.sql": "CREATE TABLE t ();\nSELECT 1/0;"})
        with pytest.raises(MigrationFailed):
            await site.up()
        assert await site.value("SELECT count(*) FROM public.flyway_schema_history") == 0

    async def test_prisma_keeps_what_the_server_said(self, site: Site) -> None:
        site.lay({"20240101000001_t/migration.sql": CONCURRENTLY.replace("(id)", "(nothing)")})
        with pytest.raises(MigrationFailed):
            await site.up()
        logs = "SELECT logs FROM public._prisma_migrations WHERE finished_at IS NULL"
        assert 'column "nothing" does not exist' in await site.value(logs)
        assert await site.states() == {"20240101000001_t": "failed"}
        site.lay({"20240101000001_t/migration.sql": CONCURRENTLY})
        await site.up()
        assert await site.states() == {"20240101000001_t": "applied"}
        ended = (
            "SELECT string_agg((finished_at IS NULL)::text || (rolled_back_at IS NULL)::text, ' ' ORDER BY started_at)"
        )
        assert await site.value(f"{ended} FROM public._prisma_migrations") == "truefalse falsetrue"

    async def test_without_positions_it_begins_anew(self, site: Site) -> None:
        bare = Site(site.path, site.session, Profile("p", history=False))
        bare.lay({"000001_t.up.sql": CONCURRENTLY.replace("(id)", "(nothing)")})
        with pytest.raises(MigrationFailed) as caught:
            await bare.up()
        assert "The first statement is done and stays." in caught.value.detail
        assert await bare.states() == {"000001": "failed"}
        with pytest.raises(Refused, match="marked as failed"):
            await bare.up()


class TestNotOurs:
    """What is not SQL stands where it is: up goes as far as it, and a person says that it is done."""

    @pytest.fixture(autouse=True)
    def _files(self, site: Site) -> None:
        site.lay(
            {
                "00001_a.sql": "-- +goose Up\nCREATE TABLE a ();",
                "00002_b.go": "package migrations",
                "00003_c.sql": "-- +goose Up\nCREATE TABLE c ();",
            }
        )

    async def test_up_stops_there(self, site: Site) -> None:
        planned = await site.planned()
        assert [step.migration.version for step in planned.steps] == ["00001"]
        assert any("with 2 to come" in warning and "Go" in warning for warning in planned.warnings)
        await site.run(planned)
        assert list((await site.states()).values()) == ["applied", "unsupported", "pending"]
        with pytest.raises(Refused, match="cannot be run here") as caught:
            await site.up()
        assert "adopt --to" in caught.value.hint


_HELD = """
    SELECT EXISTS (
        SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
        WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.objid = 72707369 AND l.granted
    )
"""


def ends_when_it_is_waited_for(tool: psycopg.Connection[Any], event: Event) -> None:
    """Give the tool's lock back as soon as a run tells that it waits for it; nothing has been done by then."""
    if isinstance(event, Notice) and not tool.closed:
        assert tool.execute("SELECT to_regclass('public.people')").fetchone() == (None,)
        tool.close()


class TestLocks:
    async def test_the_tools_lock_is_waited_for(self, site: Site, databases: Databases) -> None:
        make(site.path, "prisma")
        planned = await site.planned()
        with databases.connect(site.session.target) as tool:
            tool.execute("SELECT pg_advisory_lock(72707369)")
            events = await site.run(planned, hear=lambda event: ends_when_it_is_waited_for(tool, event))
        assert len(of_kind(events, MigrationApplied)) == 3
        assert "holds its lock" in of_kind(events, Notice)[0].text

    @pytest.mark.parametrize("given", ["/{}", "{}"], ids=["command", "library"])
    async def test_both_of_golang_migrates_locks_are_waited_for(
        self, site: Site, databases: Databases, given: str
    ) -> None:
        make(site.path, "golang-migrate")
        planned = await site.planned()
        key = lock_key(DEFAULT, given.format(site.session.target.database))
        with databases.connect(site.session.target) as tool:
            tool.execute("SELECT pg_advisory_lock(%s)", [key])
            events = await site.run(planned, hear=lambda event: ends_when_it_is_waited_for(tool, event))
        assert "holds its lock" in of_kind(events, Notice)[0].text

    async def test_the_tool_waits_for_us(self, site: Site, databases: Databases) -> None:
        site.lay({"20240101000001_a/migration.sql": "SELECT pg_advisory_xact_lock(7);"})
        with databases.connect(site.session.target) as gate, databases.connect(site.session.target) as tool:
            gate.execute("SELECT pg_advisory_lock(7)")
            running = asyncio.create_task(site.up())
            async with asyncio.timeout(60):
                while tool.execute(_HELD).fetchone() != (True,):
                    await asyncio.sleep(0.05)
            assert tool.execute("SELECT pg_try_advisory_lock(72707369)").fetchone() == (False,)
            gate.execute("SELECT pg_advisory_unlock(7)")
            await running
            assert tool.execute("SELECT pg_try_advisory_lock(72707369)").fetchone() == (True,)


class TestWithoutOurSchema:
    async def test_a_role_that_may_not_make_it(self, site: Site, databases: Databases) -> None:
        make(site.path, "goose")
        with databases.connect(site.session.target) as admin:
            admin.execute("CREATE ROLE frugal LOGIN; GRANT ALL ON SCHEMA public TO frugal")
        target = site.session.target
        target = replace(target, params={**target.params, "user": "frugal"})
        async with await Session.open(target, what="test") as theirs:
            modest = Site(site.path, theirs)
            recorded = await modest.recorded()
            assert recorded.own is Own.WITHOUT
            assert "may not make or use schema dbconsole" in recorded.notes[0]
            assert len(of_kind(await modest.up(), MigrationApplied)) == 3
        assert await site.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'dbconsole'") == 0
        with databases.connect(site.session.target) as admin:
            admin.execute("DROP OWNED BY frugal; DROP ROLE frugal")

    async def test_two_runners_at_once(self, site: Site) -> None:
        bare = Site(site.path, site.session, Profile("p", history=False))
        bare.lay(
            {
                f"{number:05}_t.sql": f"-- +goose Up\nCREATE TABLE t{number} ();\nSELECT pg_sleep(0.05);"
                for number in range(1, 9)
            }
        )
        planned = await bare.planned()
        async with await Session.open(site.session.target, what="test") as second:
            other = Site(site.path, second, bare.profile)
            both = await asyncio.gather(bare.run(planned), other.run(planned))
        applied = sorted(each.version for events in both for each in of_kind(events, MigrationApplied))
        assert applied == sorted(step.migration.version for step in planned.steps)
        assert sum(len(of_kind(events, MigrationSkipped)) for events in both) == 8
        rows = "SELECT count(*) FROM public.goose_db_version WHERE version_id > 0"
        assert await bare.value(rows) == 8


class TestRepeatable:
    async def test_it_runs_last_and_again_when_it_has_changed(self, site: Site) -> None:
        site.lay({"V1__t.sql": "CREATE TABLE t (id int);", "R__v.sql": "CREATE OR REPLACE VIEW v AS SELECT id FROM t;"})
        events = await site.up()
        assert [each.label for each in of_kind(events, MigrationStarted)] == ["1_t", "R__v"]
        assert (await site.planned()).steps == ()
        site.lay({"R__v.sql": "CREATE OR REPLACE VIEW v AS SELECT id, 1 AS one FROM t;", "V2__u.sql": "SELECT 1;"})
        assert list((await site.states()).values()) == ["applied", "pending", "pending"]
        events = await site.up()
        assert [each.label for each in of_kind(events, MigrationStarted)] == ["2_u", "R__v"]
        assert await site.value("SELECT count(*) FROM public.flyway_schema_history WHERE success") == 4
        assert set((await site.states()).values()) == {"applied"}
