"""What a trial sees of each statement: locks, files that are written anew, rows, sequences that move on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from console.db.session import Session
from console.migrations.hazards.hazard import Lock
from tests.databases import Databases
from tests.migrations.observing import GROUND, observe
from tests.migrations.project import Project
from tests.migrations.trials import only, tried


@pytest.fixture
def ground(make_database: Callable[..., Target]) -> Target:
    """Return a database with tables of every kind."""
    return make_database(GROUND)


@pytest.fixture
def at(tmp_path: Path) -> Callable[[Session], Project]:
    """Return a maker of projects in an empty folder."""
    folder = tmp_path / "at"
    folder.mkdir()
    return lambda session: Project(folder, session)


STATEMENTS = (
    "ALTER TABLE orders ADD COLUMN total float DEFAULT random()",
    "ALTER TABLE orders ALTER COLUMN amount TYPE text",
    "ALTER TABLE orders ADD CHECK (id > 0)",
    "ALTER TABLE lines ADD CONSTRAINT other FOREIGN KEY (proven) REFERENCES orders",
    "ALTER TABLE lines VALIDATE CONSTRAINT later",
    "CREATE INDEX orders_note ON orders (note)",
    "REINDEX INDEX orders_code",
    "DROP INDEX orders_code",
    "CREATE TRIGGER again AFTER INSERT ON orders EXECUTE FUNCTION touch()",
    "TRUNCATE lines",
    "DROP TABLE drafts",
    "CLUSTER orders USING orders_pkey",
    "REFRESH MATERIALIZED VIEW summed",
    "CREATE TABLE part_0 PARTITION OF parent FOR VALUES FROM (-10) TO (0)",
    "UPDATE orders SET note = 'x' WHERE small < 10",
    "INSERT INTO measured SELECT g FROM generate_series(1, 7) AS g",
    "COMMENT ON TABLE orders IS 'orders'",
)


class TestWhatIsSeen:
    @pytest.mark.parametrize("statement", STATEMENTS)
    async def test_it_is_what_another_look_sees(
        self, statement: str, ground: Target, at: Callable[[Session], Project], databases: Databases
    ) -> None:
        """The looks of the tests of hazards go another way: through plain queries on a connection of their own."""
        with databases.connect(ground) as connection:
            expected = observe(connection, statement)
        async with await Session.open(ground, what="test") as session:
            project = at(session)
            only(project, statement)
            [migration] = (await tried(project)).migrations
        [seen] = migration.statements
        assert seen.effects is not None
        tables = {
            each.name: each.lock for each in seen.effects.locks if each.kind != "index" and "TOAST" not in each.kind
        }
        assert tables == {f"public.{name}": lock for name, lock in expected.locks.items()}
        written = {each.name for each in seen.effects.files if not each.built and each.kind != "index"}
        assert written == {f"public.{name}" for name in expected.rewritten}
        read = {each.name for each in seen.effects.rows if each.scans}
        assert read <= {f"public.{name}" for name in expected.read}

    async def test_files_with_their_sizes(self, ground: Target, at: Callable[[Session], Project]) -> None:
        async with await Session.open(ground, what="test") as session:
            project = at(session)
            only(
                project,
                "ALTER TABLE orders ADD v float DEFAULT random(); CREATE INDEX o ON orders (v); TRUNCATE lines;",
            )
            [migration] = (await tried(project)).migrations
        first, second, third = (each.effects for each in migration.statements)
        assert first
        assert second
        assert third
        assert {each.name: each.built for each in first.files} == {
            "public.orders": False,
            "public.orders_pkey": False,
            "public.orders_code": False,
            "public.orders_kept": False,
        }
        assert all(each.bytes and each.bytes >= 8192 for each in first.files)
        assert [(each.name, each.built, each.kind) for each in second.files] == [("public.o", True, "index")]
        assert "emptied: table public.lines" in [each.sentence for each in third.files]

    async def test_rows(self, ground: Target, at: Callable[[Session], Project]) -> None:
        async with await Session.open(ground, what="test") as session:
            project = at(session)
            only(
                project,
                "UPDATE lines SET mood = 'y'; DELETE FROM lines WHERE id <= 3; SELECT note FROM orders WHERE id = 1;",
            )
            # What this very session has done just before must not count.
            async with session.writing(project.consent) as writer:
                await writer.execute("UPDATE lines SET mood = 'z'")
            [migration] = (await tried(project)).migrations
        rows = [[each.sentence for each in seen.effects.rows] for seen in migration.statements if seen.effects]
        assert rows[0] == ["public.lines: 500 rows scanned, 500 updated"]
        assert rows[1][0].endswith(" 3 deleted")
        assert rows[2] == ["public.orders: 1 fetched by an index"]

    async def test_a_sequence_moves_on_and_that_is_said(self, project: Project, databases: Databases) -> None:
        with databases.connect(project.session.target) as connection:
            connection.execute("CREATE TABLE people (id serial)")
        only(project, "INSERT INTO people DEFAULT VALUES; INSERT INTO people DEFAULT VALUES;")
        [migration] = (await tried(project)).migrations
        notes = [each.effects.notes for each in migration.statements if each.effects]
        assert ["public.people_id_seq has moved on" in " ".join(each) for each in notes] == [True, False]
        assert await project.value("SELECT last_value FROM public.people_id_seq") == 2

    async def test_locks_of_an_earlier_migration_are_named(self, project: Project, databases: Databases) -> None:
        with databases.connect(project.session.target) as connection:
            connection.execute("CREATE TABLE t (id int); CREATE TYPE mood AS ENUM ('a')")
        only(project, "ALTER TABLE t ADD a int; ALTER TYPE mood ADD VALUE 'b'")
        project.write("0002_two", "ALTER TABLE t ADD b int; CREATE TYPE color AS ENUM ('x')")
        project.write("0003_three", "ALTER TYPE color ADD VALUE 'y'")
        one, two, three = (await tried(project)).migrations
        assert (one.strongest, one.held) == (Lock.ACCESS_EXCLUSIVE, ())
        assert [(each.name, each.lock) for each in two.held] == [
            ("public.t", Lock.ACCESS_EXCLUSIVE),
            ("public.mood", Lock.EXCLUSIVE),
        ]
        assert two.strongest is Lock.NONE
        assert three.strongest is Lock.NONE, "a type that the trial has made is nobody else's"
