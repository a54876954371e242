"""golang-migrate: its files, and its ledger of one row."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.session import Session
from console.errors import BadMigrations
from console.migrations.files import golang_migrate as files
from console.migrations.files.folder import Folder
from console.migrations.ledgers import golang_migrate as ledgers
from console.migrations.ledgers.golang_migrate import DEFAULT, GolangMigrate, lock_key
from console.migrations.ledgers.ledger import Direction, Name, Recorded
from console.migrations.script import parse
from tests.migrations.formats.bookkeeping import applied, apply, execute, fill, noted, rows, shape, take_back, write

THREE = {
    "1_people.up.sql": "CREATE TABLE people (id int);",
    "1_people.down.sql": "DROP TABLE people;",
    "000007_age.up.sql": "ALTER TABLE people ADD age int;",
    "000007_age.down.sql": "ALTER TABLE people DROP age;",
    "1700000000_index.up.sql": "CREATE INDEX CONCURRENTLY people_age ON people (age);",
    "1700000000_index.down.sql": "DROP INDEX people_age;",
}
COLUMNS = ("version", "dirty")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return files.scan(fill(tmp_path / "migrations", THREE), {})


@pytest.fixture
def ledger(folder: Folder) -> GolangMigrate:
    return GolangMigrate(DEFAULT, folder)


class TestFiles:
    def test_numbers_of_any_width_are_ordered_as_numbers(self, folder: Folder) -> None:
        assert [each.label for each in folder.migrations] == ["1_people", "000007_age", "1700000000_index"]
        assert [each.down is not None for each in folder.migrations] == [True, True, True]
        assert folder.findings == ()

    def test_the_statements_decide_about_the_transaction(self, folder: Folder) -> None:
        assert [parse(each.up).transaction for each in folder.migrations] == [True, True, False]

    def test_a_file_with_its_own_transaction_runs_in_ours(self, tmp_path: Path) -> None:
        text = "BEGIN;\r\nCREATE TABLE t (id int);\r\nCOMMIT"
        [migration] = files.scan(fill(tmp_path, {"00001_t.up.sql": "\ufeff" + text}), {}).migrations
        program = parse(migration.up)
        assert program.transaction
        assert [piece.title for piece in program.pieces] == ["CREATE TABLE t"]

    @pytest.mark.parametrize(
        ("names", "text", "recognised"),
        [
            (["000001_a.up.sql", "000001_a.down.sql"], "", True),
            (["1_a.up.sql"], "", True),
            (["1_.up.sql"], "", True),
            (["0001_a.up.sql", "00002_b.up.sql"], "", True),
            (["0001_a.up.sql", "0002_b.up.sql"], "", False),
            (["000001_a.up.sql", "000001_a.verify.sql"], "", False),
            (["000001_a.up.sql"], "-- Why.\n-- dbconsole: no-transaction\nVACUUM;", False),
            (["000001_a.up.sql"], "SELECT 1;\n-- dbconsole: no-transaction", True),
            (["000001_a.sql", "README.md"], "", False),
            ([], "", False),
        ],
    )
    def test_what_is_its_own_and_what_is_native(
        self, tmp_path: Path, names: list[str], text: str, *, recognised: bool
    ) -> None:
        fill(tmp_path, dict.fromkeys(names, text))
        assert files.recognises(tmp_path, names) is recognised

    def test_files_are_paired_by_number_alone(self, tmp_path: Path) -> None:
        fill(tmp_path, {"7_a.up.sql": "SELECT 1;", "007_another.down.sql": "SELECT 2;", "7_a.verify.sql": "SELECT 3;"})
        [migration] = files.scan(tmp_path, {}).migrations
        assert (migration.version, migration.name) == ("7", "a")
        assert migration.down is not None
        assert migration.verify is not None

    def test_a_number_with_only_a_down_is_a_step_that_does_nothing(self, tmp_path: Path) -> None:
        folder = files.scan(fill(tmp_path, {"00003_a.down.sql": "SELECT 1;"}), {})
        [migration] = folder.migrations
        assert parse(migration.up).pieces == ()
        assert [finding.sentence for finding in folder.findings] == [
            "00003_a has no up file: golang-migrate counts it as a step that does nothing."
        ]

    @pytest.mark.parametrize(
        ("made", "says"),
        [
            ({}, "There is no migration in"),
            ({"1_a.up.sql": "", "01_b.up.sql": ""}, "Version 1 has two up files: 01_b.up.sql and 1_a.up.sql."),
            ({"9223372036854775808_a.up.sql": ""}, "is too large for the ledger"),
            ({"00001_a.up.sql": "SELECT\0 1;"}, "zero byte in line 1"),
        ],
        ids=["empty", "twice", "too large", "no text"],
    )
    def test_what_makes_a_folder_unusable(self, tmp_path: Path, made: dict[str, str], says: str) -> None:
        folder = files.scan(fill(tmp_path, made), {})
        assert [says in finding.sentence for finding in folder.findings if finding.fatal] == [True]

    def test_stray_files_and_templates_are_named(self, tmp_path: Path) -> None:
        made = {"00001_a.up.sql": "SELECT 1;\nCREATE TABLE {{ .Schema }}.t ();", "helpers.sql": "", "data.sql": ""}
        folder = files.scan(fill(tmp_path, made), {})
        assert folder.seed == tmp_path / "data.sql"
        assert "Line 2 is a template" in folder.migrations[0].unsupported
        stray, unsupported = (finding.sentence for finding in folder.findings)
        assert "00001_a cannot be run here. Line 2" in unsupported + stray
        assert "helpers.sql is not used" in unsupported + stray

    def test_no_folder(self, tmp_path: Path) -> None:
        with pytest.raises(BadMigrations, match="There is no folder"):
            files.scan(tmp_path / "gone", {})


class TestLedger:
    async def test_a_database_without_it_has_nothing_applied(self, session: Session, ledger: GolangMigrate) -> None:
        assert await ledger.read(session) == Recorded()

    async def test_the_table_is_the_tools(self, session: Session, ledger: GolangMigrate) -> None:
        await write(session, *ledger.create())
        await write(session, *ledger.create())
        columns, indexes = await shape(session, DEFAULT)
        assert columns == [("version", "bigint", True, "", ""), ("dirty", "boolean", True, "", "")]
        assert [index[:2] for index in indexes] == [("schema_migrations_pkey", True)]
        assert await ledger.read(session) == Recorded(True)

    async def test_there_is_one_row_and_it_goes_with_the_first(self, session: Session, ledger: GolangMigrate) -> None:
        await write(session, *ledger.create())
        first, second, third = ledger.folder.migrations
        await apply(session, ledger, first, second, third)
        assert await rows(session, DEFAULT, COLUMNS) == [("1700000000", "f")]
        assert await applied(session, ledger) == ["1", "000007", "1700000000"]
        await take_back(session, ledger, third)
        assert await rows(session, DEFAULT, COLUMNS) == [("7", "f")]
        await take_back(session, ledger, second, first)
        assert await rows(session, DEFAULT, COLUMNS) == []
        assert await applied(session, ledger) == []

    async def test_all_files_up_to_the_current_version_count(self, session: Session, ledger: GolangMigrate) -> None:
        await write(session, *ledger.create())
        await self.given(session, "(7, false)")
        recorded = await ledger.read(session)
        assert [(each.version, each.name) for each in recorded.applied] == [("1", "people"), ("000007", "age")]
        assert recorded.dirty == ()

    async def test_a_current_version_without_a_file_is_shown(self, session: Session, ledger: GolangMigrate) -> None:
        await write(session, *ledger.create())
        await self.given(session, "(8, false)")
        assert await applied(session, ledger) == ["1", "000007", "8"]

    @pytest.mark.parametrize(
        ("row", "standing", "marked"),
        [("(7, true)", ["1"], "000007"), ("(8, true)", ["1", "000007"], "8"), ("(-1, true)", [], "1")],
    )
    async def test_dirty_is_failed_half_way(
        self, session: Session, ledger: GolangMigrate, row: str, standing: list[str], marked: str
    ) -> None:
        await write(session, *ledger.create())
        await self.given(session, row)
        recorded = await ledger.read(session)
        assert [each.version for each in recorded.applied] == standing
        [dirty] = recorded.dirty
        assert dirty.version == marked
        assert "stopped half-way" in dirty.reason
        await write(session, *ledger.clear(dirty))
        assert await ledger.read(session) == Recorded(True, recorded.applied)

    async def test_before_a_script_the_goal_is_marked(self, session: Session, ledger: GolangMigrate) -> None:
        """The tool writes the version it will be at, dirty; going down from the first one that is -1."""
        await write(session, *ledger.create())
        first, second, _ = ledger.folder.migrations
        await write(session, *ledger.start(noted(second)))
        assert await rows(session, DEFAULT, COLUMNS) == [("7", "t")]
        await write(session, *ledger.start(noted(second, Direction.DOWN)))
        assert await rows(session, DEFAULT, COLUMNS) == [("1", "t")]
        await write(session, *ledger.start(noted(first, Direction.DOWN)))
        assert await rows(session, DEFAULT, COLUMNS) == [("-1", "t")]

    async def test_a_renamed_file_takes_the_row_along(self, session: Session, ledger: GolangMigrate) -> None:
        await write(session, *ledger.create())
        first, second, third = ledger.folder.migrations
        await apply(session, ledger, first, second)
        [_, at_seven] = (await ledger.read(session)).applied
        await write(session, *ledger.accept(at_seven, third))
        assert await rows(session, DEFAULT, COLUMNS) == [("1700000000", "f")]

    async def test_the_table_may_have_any_name(self, session: Session, folder: Folder) -> None:
        ledger = GolangMigrate(Name("public", 'of "ours"'), folder)
        await write(session, *ledger.create())
        await apply(session, ledger, folder.migrations[0])
        assert await applied(session, ledger) == ["1"]

    async def test_another_tools_table_of_that_name_is_not_read(self, session: Session, ledger: GolangMigrate) -> None:
        await execute(session, "CREATE TABLE public.schema_migrations (version varchar PRIMARY KEY)")
        assert await ledger.read(session) == Recorded()

    @pytest.mark.parametrize(
        ("columns", "recognised"),
        [
            ({"version": "bigint", "dirty": "boolean"}, True),
            ({"version": "character varying"}, False),
            ({"version": "bigint", "inserted_at": "timestamp without time zone"}, False),
        ],
    )
    def test_it_is_recognised_by_its_columns(self, columns: dict[str, str], *, recognised: bool) -> None:
        assert ledgers.recognises(columns) is recognised

    def test_the_lock_is_the_tools(self, ledger: GolangMigrate) -> None:
        """The numbers are those of the tool's own tests; its command names the database by the path of its URL."""
        assert lock_key(Name("schema_name_1", "schema_name_2"), "database_name") == 3743845847
        assert ledger.lock_keys("app") == (lock_key(DEFAULT, "/app"), lock_key(DEFAULT, "app"))

    async def given(self, session: Session, row: str) -> None:
        await execute(session, f"INSERT INTO public.schema_migrations (version, dirty) VALUES {row}")
