"""Diesel: a folder for each migration, and its ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.session import Session
from console.errors import Refused
from console.migrations.files import diesel as files
from console.migrations.files.folder import Folder
from console.migrations.ledgers import diesel as ledgers
from console.migrations.ledgers.diesel import DEFAULT, Diesel
from console.migrations.ledgers.ledger import Recorded
from console.migrations.script import parse
from tests.migrations.formats.bookkeeping import applied, apply, execute, fill, rows, shape, take_back, write

THREE = {
    "00000000000000_diesel_initial_setup/up.sql": "CREATE FUNCTION one() RETURNS int LANGUAGE sql RETURN 1;",
    "00000000000000_diesel_initial_setup/down.sql": "DROP FUNCTION one();",
    "2019-02-26-002946_create_user/up.sql": "CREATE TABLE people (id int);",
    "2019-02-26-002946_create_user/down.sql": "DROP TABLE people;",
    "20200101000000_index/up.sql": "CREATE INDEX CONCURRENTLY people_id ON people (id);",
    "20200101000000_index/metadata.toml": "run_in_transaction = false\n",
}
COLUMNS = ("version",)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return files.scan(fill(tmp_path / "migrations", THREE), {})


@pytest.fixture
def ledger(folder: Folder) -> Diesel:
    return Diesel(DEFAULT, folder)


class TestFiles:
    def test_a_migration_is_a_folder(self, folder: Folder) -> None:
        assert [(each.version, each.name) for each in folder.migrations] == [
            ("00000000000000", "diesel_initial_setup"),
            ("20190226002946", "create_user"),
            ("20200101000000", "index"),
        ]
        assert [each.down is not None for each in folder.migrations] == [True, True, False]
        assert folder.findings == ()

    @pytest.mark.parametrize(
        ("metadata", "transaction"),
        [
            (None, True),
            ("run_in_transaction = false", False),
            ("run_in_transaction = true", True),
            ("\ufeff# why\r\nrun_in_transaction = false\r\n", False),
            ("", False),  # Diesel takes a file that does not say so for a no
            ("run_in_transaction =", True),
        ],
    )
    def test_the_metadata_says_whether_in_a_transaction(
        self, tmp_path: Path, metadata: str | None, *, transaction: bool
    ) -> None:
        made = {"1_a/up.sql": "SELECT 1;"} | ({} if metadata is None else {"1_a/metadata.toml": metadata})
        [migration] = files.scan(fill(tmp_path, made), {}).migrations
        assert migration.up.transaction is transaction

    def test_metadata_that_does_not_parse_is_named(self, tmp_path: Path) -> None:
        made = {"1_a/up.sql": "SELECT 1;", "1_a/metadata.toml": "run_in_transaction ="}
        [finding] = files.scan(fill(tmp_path, made), {}).findings
        assert finding.sentence.startswith("1_a/metadata.toml is not taken into account")
        assert not finding.fatal

    def test_what_cannot_run_in_a_transaction_must_say_so(self, tmp_path: Path) -> None:
        [migration] = files.scan(fill(tmp_path, {"1_a/up.sql": "SELECT 1;\nVACUUM;"}), {}).migrations
        with pytest.raises(Refused, match="line 2"):
            parse(migration.up)

    def test_order_is_by_text(self, tmp_path: Path) -> None:
        made = {f"{version}_a/up.sql": "" for version in ("9", "10", "2019-01-01-000000")}
        folder = files.scan(fill(tmp_path, made), {})
        assert [each.version for each in folder.migrations] == ["10", "20190101000000", "9"]

    @pytest.mark.parametrize(
        ("made", "says"),
        [
            ({"README.md": ""}, "There is no migration in"),
            (
                {"2019-01-01_a/up.sql": "", "20190101_b/up.sql": ""},
                "One version is there 2 times: 20190101_a, 20190101_b.",
            ),
            ({"1_a/up.sql": "SELECT\0;"}, "zero byte in line 1"),
        ],
        ids=["empty", "twice", "no text"],
    )
    def test_what_makes_a_folder_unusable(self, tmp_path: Path, made: dict[str, str], says: str) -> None:
        folder = files.scan(fill(tmp_path, made), {})
        assert [says in finding.sentence for finding in folder.findings if finding.fatal] == [True]

    def test_other_things_in_the_folder(self, tmp_path: Path) -> None:
        made = {"1_a/up.sql": "SELECT 1;", ".keep": "", ".git/x": "", "2_b/down.sql": "", "data.sql": "SELECT 2;"}
        folder = files.scan(fill(tmp_path, made), {})
        assert [each.label for each in folder.migrations] == ["1_a"]
        assert folder.seed == tmp_path / "data.sql"
        assert [finding.sentence for finding in folder.findings] == [
            "2_b/ is not used: a migration's folder has an up.sql."
        ]

    @pytest.mark.parametrize(
        ("name", "recognised"), [("1_a/up.sql", True), ("1_a/migration.sql", False), ("1_a.up.sql", False)]
    )
    def test_it_is_recognised_by_its_folders(self, tmp_path: Path, name: str, *, recognised: bool) -> None:
        fill(tmp_path, {name: ""})
        assert files.recognises(tmp_path, [entry.name for entry in tmp_path.iterdir()]) is recognised


class TestLedger:
    async def test_a_database_without_it_has_nothing_applied(self, session: Session, ledger: Diesel) -> None:
        assert await ledger.read(session) == Recorded()

    async def test_the_table_is_the_tools(self, session: Session, ledger: Diesel) -> None:
        await write(session, *ledger.create())
        await write(session, *ledger.create())
        columns, indexes = await shape(session, DEFAULT)
        assert columns == [
            ("version", "character varying(50)", True, "", ""),
            ("run_on", "timestamp without time zone", True, "CURRENT_TIMESTAMP", ""),
        ]
        assert [index[:2] for index in indexes] == [("__diesel_schema_migrations_pkey", True)]
        assert await ledger.read(session) == Recorded(True)

    async def test_rows_come_and_go(self, session: Session, ledger: Diesel) -> None:
        await write(session, *ledger.create())
        first, second, third = ledger.folder.migrations
        await apply(session, ledger, first, third, second)
        assert await rows(session, DEFAULT, COLUMNS) == [("00000000000000",), ("20190226002946",), ("20200101000000",)]
        recorded = await ledger.read(session)
        assert [(each.version, each.name) for each in recorded.applied] == [
            ("00000000000000", "diesel_initial_setup"),
            ("20200101000000", "index"),
            ("20190226002946", "create_user"),
        ]
        assert all(each.applied_at is not None and each.applied_at.tzinfo for each in recorded.applied)
        await take_back(session, ledger, third)
        assert await applied(session, ledger) == ["00000000000000", "20190226002946"]

    async def test_a_version_without_a_folder_is_shown(self, session: Session, ledger: Diesel) -> None:
        await write(session, *ledger.create())
        await execute(session, "INSERT INTO public.__diesel_schema_migrations (version) VALUES ('20180101')")
        assert await applied(session, ledger) == ["20180101"]

    async def test_a_renamed_folder_takes_its_row_along(self, session: Session, ledger: Diesel) -> None:
        await write(session, *ledger.create())
        first, second, _ = ledger.folder.migrations
        await apply(session, ledger, first)
        [standing] = (await ledger.read(session)).applied
        await write(session, *ledger.accept(standing, second))
        assert await applied(session, ledger) == ["20190226002946"]

    def test_it_is_recognised_by_its_columns(self) -> None:
        assert ledgers.recognises({"version": "character varying(50)", "run_on": "timestamp without time zone"})
        assert not ledgers.recognises({"version": "character varying"})

    def test_it_takes_no_lock(self, ledger: Diesel) -> None:
        assert ledger.lock_keys("app") == ()
