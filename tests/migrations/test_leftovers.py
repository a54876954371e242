"""What interrupted statements leave behind: found, named, mended; an invalid index is never taken for a whole one."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
import pytest

from console.errors import Interrupted, MigrationFailed, Refused
from console.migrations.leftovers import leftover, subject
from console.migrations.leftovers.leftover import Kind, Leftover
from console.migrations.leftovers.subject import Does
from console.migrations.running.events import Event, Notice, StatementStarted
from tests.databases import Databases
from tests.migrations.project import Project, of_kind, value

VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('public.people_name')"
UNIQUE = "-- dbconsole: no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY {}people_name ON people (name);\n"


@pytest.fixture
async def twins(project: Project, databases: Databases) -> Project:
    """Return a project with two people of one name, and a migration that wants names to be unique."""
    await project.up(to="2")
    admin(project, databases, "INSERT INTO people VALUES (2, 'Ada, 100 %')")
    project.write("0003_age", "SELECT 1;")
    project.write("0004_unique", UNIQUE.format(""), "DROP INDEX people_name;")
    return project


def admin(project: Project, databases: Databases, *statements: str) -> None:
    with databases.connect(project.session.target) as connection:
        for each in statements:
            connection.execute(each.encode())


def breaks(project: Project, databases: Databases, statement: str) -> None:
    """Run a statement that fails and leaves something."""
    with pytest.raises(psycopg.Error):
        admin(project, databases, statement)


def said(events: list[Event]) -> str:
    return " ".join(each.text for each in of_kind(events, Notice))


async def found(project: Project) -> tuple[Leftover, ...]:
    return await leftover.read(project.session)


async def until(project: Project, sql: str, running: asyncio.Task[Any]) -> None:
    """Wait until a query says so, for as long as the run goes on."""
    async with asyncio.timeout(60), await project.session.sibling("test") as beside:
        while not await value(beside, sql):
            assert not running.done(), running.exception()
            await asyncio.sleep(0.02)


async def failed(project: Project) -> MigrationFailed:
    with pytest.raises(MigrationFailed) as caught:
        await project.up()
    return caught.value


class TestAnIndexOfOurs:
    async def test_is_dropped_and_built_once_the_data_is_mended(self, twins: Project, databases: Databases) -> None:
        error = await failed(twins)
        assert "Key (name)=(Ada, 100 %) is duplicated." in error.detail
        assert "public.people_name on public.people is an invalid index" in error.detail
        assert await twins.value(VALID) is False
        admin(twins, databases, "DELETE FROM people WHERE id = 2")
        events = await twins.up()
        assert "has left public.people_name invalid: that is dropped first" in of_kind(events, Notice)[0].text
        assert await twins.value(VALID) is True
        assert (await twins.status()).up_to_date

    async def test_if_not_exists_is_not_fooled(self, twins: Project, databases: Databases) -> None:
        twins.write("0004_unique", UNIQUE.format("IF NOT EXISTS "))
        await failed(twins)
        admin(twins, databases, "DELETE FROM people WHERE id = 2")
        await twins.up()
        assert await twins.value(VALID) is True

    async def test_one_without_a_name_does_not_stay_beside_the_next(self, twins: Project, databases: Databases) -> None:
        twins.write("0004_unique", UNIQUE.format("").replace("people_name ON", "ON"))
        await failed(twins)
        admin(twins, databases, "DELETE FROM people WHERE id = 2")
        await twins.up()
        names = "SELECT array_agg(relname::text ORDER BY 1) FROM pg_class WHERE relname ~ '^people_name'"
        assert await twins.value(names) == ["people_name_idx"]

    async def test_is_named_when_a_person_stopped_it(self, twins: Project, databases: Databases) -> None:
        admin(twins, databases, "DELETE FROM people WHERE id = 2")
        with databases.connect(twins.session.target) as reader:
            reader.execute("BEGIN; LOCK TABLE people IN ROW EXCLUSIVE MODE")
            running = asyncio.create_task(twins.up())
            await until(twins, "SELECT count(*) > 0 FROM pg_index WHERE NOT indisvalid", running)
            assert await found(twins) == (), "it is being built"
            running.cancel()
            with pytest.raises(Interrupted) as caught:
                await running
            assert "public.people_name on public.people is an invalid index" in caught.value.detail
        assert [each.name for each in await found(twins)] == ["people_name"]
        await twins.up()
        assert await twins.value(VALID) is True

    async def test_that_came_to_its_end_is_not_built_again(self, twins: Project, databases: Databases) -> None:
        """The runner died after the server was done and before it wrote that down."""
        await failed(twins)
        admin(
            twins,
            databases,
            "DELETE FROM people WHERE id = 2",
            "REINDEX INDEX people_name",
            "UPDATE dbconsole.unfinished SET doubtful = true, error = NULL",
        )
        events = await twins.up()
        assert "had gone through: the index is there, and valid" in " ".join(
            each.text for each in of_kind(events, Notice)
        )
        assert not of_kind(events, StatementStarted)
        assert (await twins.status()).up_to_date


class TestAnIndexOfSomebodyElse:
    @pytest.mark.parametrize("words", ["", "IF NOT EXISTS "])
    @pytest.mark.parametrize("concurrently", ["CONCURRENTLY ", ""])
    async def test_is_not_touched(self, twins: Project, databases: Databases, words: str, concurrently: str) -> None:
        breaks(twins, databases, "CREATE UNIQUE INDEX CONCURRENTLY people_name ON people (name)")
        text = UNIQUE.format(words).replace("CONCURRENTLY ", concurrently)
        twins.write("0004_unique", text)
        if not concurrently and not words:
            await failed(twins)  # the server says that it exists
        for _ in range(2):
            with pytest.raises((Refused, MigrationFailed)) as caught:
                await twins.up()
            assert "people_name" in caught.value.title
            if concurrently or words:
                assert "it is invalid: it was never built to its end" in caught.value.title
                assert "dbconsole repair drops it" in caught.value.hint
        assert await twins.value(VALID) is False

    async def test_a_whole_one_satisfies_if_not_exists(self, twins: Project, databases: Databases) -> None:
        admin(twins, databases, "CREATE INDEX people_name ON people (name)")
        twins.write("0004_unique", UNIQUE.format("IF NOT EXISTS "))
        await twins.up()
        assert (await twins.status()).up_to_date


async def test_a_drop_that_had_gone_through_is_not_run_again(twins: Project, databases: Databases) -> None:
    admin(twins, databases, "CREATE INDEX people_name ON people (name)")
    twins.write("0004_unique", "-- dbconsole: no-transaction\nDROP INDEX CONCURRENTLY people_name;\nVACUUM nobody;")
    await failed(twins)
    prefix = "encode(sha256(''), 'hex')"
    admin(
        twins,
        databases,
        f"UPDATE dbconsole.unfinished SET done = 0, doubtful = true, error = NULL, prefix = {prefix}",
        "CREATE TABLE nobody (id int)",
    )
    events = await twins.up()
    assert "had gone through: the index is gone" in said(events)


async def test_a_partition_half_detached_is_finished(project: Project, databases: Databases) -> None:
    await project.up()
    admin(
        project,
        databases,
        "CREATE TABLE days (d int) PARTITION BY LIST (d)",
        "CREATE TABLE day_1 PARTITION OF days FOR VALUES IN (1)",
    )
    project.write("0004_off", "-- dbconsole: no-transaction\nALTER TABLE days DETACH PARTITION day_1 CONCURRENTLY;")
    with databases.connect(project.session.target) as reader:
        reader.execute("BEGIN; SELECT * FROM days")
        running = asyncio.create_task(project.up())
        await until(project, "SELECT bool_or(inhdetachpending) FROM pg_inherits", running)
        running.cancel()
        with pytest.raises(Interrupted) as caught:
            await running
    assert "public.day_1 is half detached from public.days" in caught.value.detail
    assert [(each.kind, each.mending) for each in await found(project)] == [
        (Kind.PARTITION, "ALTER TABLE public.days DETACH PARTITION public.day_1 FINALIZE")
    ]
    await project.up()
    assert (await project.status()).up_to_date
    assert await project.value("SELECT count(*) FROM pg_inherits WHERE inhparent = 'public.days'::regclass") == 0


MAKING = """
CREATE TABLE t (a int, b int);
INSERT INTO t VALUES (1, 1), (1, 1);
CREATE TABLE "Odd" ("x y" int);
ALTER TABLE "Odd" ADD CONSTRAINT "is ""odd"" !" CHECK ("x y" > 0) NOT VALID;
CREATE TABLE u (a int);
ALTER TABLE t ADD CONSTRAINT later CHECK (a < 0) NOT VALID;
CREATE DOMAIN small AS int;
ALTER DOMAIN small ADD CONSTRAINT is_small CHECK (VALUE < 10) NOT VALID;
CREATE TABLE p (a int) PARTITION BY LIST (a);
CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
CREATE INDEX p_a ON ONLY p (a);
CREATE TABLE child () INHERITS (t);
"""


async def test_what_is_found_and_what_is_not(project: Project, databases: Databases) -> None:
    """A partitioned table's own index is invalid until its parts are attached: that is no leftover."""
    admin(project, databases, *MAKING.strip().split(";\n"))
    breaks(project, databases, "CREATE UNIQUE INDEX CONCURRENTLY t_a ON t (a)")
    breaks(project, databases, "REINDEX INDEX CONCURRENTLY t_a")
    assert [(each.kind.value, each.mending) for each in await found(project)] == [
        ("unvalidated_constraint", 'ALTER TABLE public."Odd" VALIDATE CONSTRAINT "is ""odd"" !"'),
        ("unvalidated_constraint", "ALTER DOMAIN public.small VALIDATE CONSTRAINT is_small"),
        ("unvalidated_constraint", "ALTER TABLE public.t VALIDATE CONSTRAINT later"),
        ("invalid_index", "REINDEX INDEX CONCURRENTLY public.t_a"),
        ("invalid_index", "DROP INDEX CONCURRENTLY IF EXISTS public.t_a_ccnew"),
    ]
    assert all(each.sentence.endswith(".") for each in await found(project))


@pytest.mark.since(18)
async def test_what_is_not_enforced_is_no_leftover(project: Project, databases: Databases) -> None:
    admin(project, databases, "CREATE TABLE t (a int, CONSTRAINT said CHECK (a > 0) NOT ENFORCED)")
    assert await found(project) == ()


@pytest.mark.parametrize(
    ("text", "does", "fits", "not_"),
    [
        ("CREATE INDEX CONCURRENTLY i ON t (a)", Does.BUILD, ("s", "t", "i"), ("s", "u", "i")),
        ("CREATE INDEX CONCURRENTLY i ON s.t (a)", Does.BUILD, ("s", "t", "i"), ("r", "t", "i")),
        ("CREATE INDEX CONCURRENTLY ON t (a, b)", Does.BUILD, ("s", "t", "t_a_b_idx3"), ("s", "t", "t_a_idx")),
        ('CREATE INDEX CONCURRENTLY "I i" ON t (a)', Does.BUILD, ("s", "t", "I i"), ("s", "t", "i")),
        ("DROP INDEX CONCURRENTLY s.i", Does.DROP, ("s", "t", "i"), ("r", "t", "i")),
        ("REINDEX INDEX CONCURRENTLY i", Does.REINDEX, ("s", "t", "i_ccnew1"), ("s", "t", "i")),
        ("REINDEX (CONCURRENTLY) TABLE t", Does.REINDEX, ("s", "t", "any_ccold"), ("s", "u", "any_ccold")),
    ],
)
def test_what_a_statement_may_have_left(
    text: str, does: Does, fits: tuple[str, str, str], not_: tuple[str, str, str]
) -> None:
    about = subject.of(text)
    assert about is not None
    assert about.does is does
    assert about.has_left(Leftover(Kind.INDEX, *fits))
    assert not about.has_left(Leftover(Kind.INDEX, *not_))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1",
        "DROP INDEX i",
        "REINDEX TABLE t",
        "REINDEX SCHEMA CONCURRENTLY s",
        'ALTER TABLE t ADD "concurrently" int',
        "ALTER TABLE p DETACH PARTITION p1 FINALIZE",
        "-- an index\nCREATE TABLE t (a int)",
    ],
)
def test_statements_that_leave_nothing(text: str) -> None:
    assert subject.of(text) is None


def test_an_expression_without_a_name_is_not_guessed() -> None:
    about = subject.of("CREATE INDEX CONCURRENTLY ON t (lower(a))")
    assert about is not None
    assert not about.named("t_lower_idx")
