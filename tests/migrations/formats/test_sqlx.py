"""sqlx: its files, by what the project says, and its ledger with the checksums of files as they are."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from console.db.session import Session
from console.errors import Refused
from console.migrations.files import formats
from console.migrations.files import sqlx as files
from console.migrations.files.folder import Folder
from console.migrations.ledgers.ledger import Recorded
from console.migrations.ledgers.sqlx import DEFAULT, Sqlx
from console.migrations.script import parse
from tests.migrations.formats.bookkeeping import applied, apply, execute, fill, rows, shape, take_back, write

FIRST = "-- Add up migration script here\r\nCREATE TABLE people (id int);\r\n"
THREE = {
    "20240101000000_people.up.sql": FIRST,
    "20240101000000_people.down.sql": "DROP TABLE people;",
    "20240102000000_by_id-and-more.up.sql": "-- no-transaction\nCREATE INDEX CONCURRENTLY i ON people (id);",
    "20240102000000_by_id-and-more.down.sql": "-- no-transaction\nDROP INDEX CONCURRENTLY i;",
    "20240103000000_ada.sql": "INSERT INTO people VALUES (1);",
}
COLUMNS = ("version", "description", "success", "checksum", "execution_time")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return files.scan(fill(tmp_path / "migrations", THREE), {})


@pytest.fixture
def ledger(folder: Folder) -> Sqlx:
    return Sqlx(DEFAULT, folder)


class TestFiles:
    def test_simple_and_reversible_ones_may_be_mixed(self, folder: Folder) -> None:
        assert [(each.version, each.name, each.down is not None) for each in folder.migrations] == [
            ("20240101000000", "people", True),
            ("20240102000000", "by_id-and-more", True),
            ("20240103000000", "ada", False),
        ]
        assert folder.findings == ()

    def test_the_first_line_says_that_it_runs_outside_a_transaction(self, folder: Folder, tmp_path: Path) -> None:
        assert [parse(each.up).transaction for each in folder.migrations] == [True, False, True]
        made = fill(tmp_path / "other", {"1_a.sql": "CREATE INDEX CONCURRENTLY i ON t (a);"})
        with pytest.raises(Refused, match="cannot run inside a transaction") as caught:
            parse(files.scan(made, {}).migrations[0].up)
        assert "-- no-transaction" in caught.value.hint

    @pytest.mark.parametrize(
        ("made", "sentence", "fatal"),
        [
            ({"1_a.sql": "", "1_b.up.sql": ""}, "1_a.sql and 1_b.up.sql", True),
            ({"1_a.up.sql": "", "1_b.verify.sql": ""}, "1_a.up.sql and 1_b.verify.sql", True),
            ({"1_a.sql": "", "2_b.down.sql": ""}, "no up file of that number", False),
            ({"1_a.sql": "", "init_x.sql": ""}, "sqlx stops at it", False),
            ({"1_a.sql": "", "init.sql": ""}, "init.sql is not used", False),
            ({f"{2**63}_a.sql": ""}, "too large", True),
        ],
    )
    def test_what_is_odd_is_said(self, tmp_path: Path, made: dict[str, str], sentence: str, *, fatal: bool) -> None:
        [finding, *_] = files.scan(fill(tmp_path / "migrations", made), {}).findings
        assert sentence in finding.sentence
        assert finding.fatal is fatal

    @pytest.mark.parametrize(
        ("around", "format"),
        [
            ({"Cargo.toml": '[dependencies]\nsqlx = { version = "0.8" }\n'}, "sqlx"),
            ({"Cargo.toml": "[dependencies]\nsqlx.workspace = true\n"}, "sqlx"),
            ({"Cargo.toml": '[workspace.dependencies.sqlx]\nversion = "0.8"\n'}, "sqlx"),
            ({"Cargo.toml": '[dependencies]\nsqlxx = "1"\n'}, "golang-migrate"),
            ({"Cargo.toml": "[dependencies]\nsqlx = '0.8'\n", "db/go.mod": "module m\n"}, "golang-migrate"),
            ({"go.mod": "module m\n"}, "golang-migrate"),
            ({}, "golang-migrate"),
        ],
    )
    def test_the_project_around_tells(self, tmp_path: Path, around: dict[str, str], format: str) -> None:
        fill(tmp_path, {".git/HEAD": "", **around, "db/migrations/000001_a.up.sql": "SELECT 1;"})
        assert formats.detect(tmp_path / "db" / "migrations").format == format

    @pytest.mark.parametrize(
        ("name", "format"),
        [("supabase/migrations/20240101000000_a.sql", "supabase"), ("db/1_a.verify.sql", "supabase")],
    )
    def test_what_the_project_says_does_not_hold_for_every_folder(self, tmp_path: Path, name: str, format: str) -> None:
        fill(tmp_path, {"Cargo.toml": "[dependencies]\nsqlx = '0.8'\n", name: "SELECT 1;"})
        found = formats.detect((tmp_path / name).parent).format
        assert found == format if "supabase" in name else found != "sqlx"


class TestLedger:
    async def test_a_database_without_it_has_nothing_applied(self, session: Session, ledger: Sqlx) -> None:
        assert await ledger.read(session) == Recorded()

    async def test_the_table_is_the_tools(self, session: Session, ledger: Sqlx) -> None:
        await write(session, *ledger.create())
        await write(session, *ledger.create())
        columns, indexes = await shape(session, DEFAULT)
        assert columns == [
            ("version", "bigint", True, "", ""),
            ("description", "text", True, "", ""),
            ("installed_on", "timestamp with time zone", True, "now()", ""),
            ("success", "boolean", True, "", ""),
            ("checksum", "bytea", True, "", ""),
            ("execution_time", "bigint", True, "", ""),
        ]
        assert [index[:2] for index in indexes] == [("_sqlx_migrations_pkey", True)]

    async def test_rows_are_those_of_the_tool(self, session: Session, ledger: Sqlx) -> None:
        await write(session, *ledger.create())
        first, second, third = ledger.folder.migrations
        await apply(session, ledger, first, second, third)
        sums = ["\\x" + hashlib.sha384(each.up.path.read_bytes()).hexdigest() for each in ledger.folder.migrations]
        assert await rows(session, DEFAULT, COLUMNS) == [
            ("20240101000000", "people", "t", sums[0], "7000000"),
            ("20240102000000", "by id-and-more", "t", sums[1], "7000000"),
            ("20240103000000", "ada", "t", sums[2], "7000000"),
        ]
        assert sums[0] == "\\x" + hashlib.sha384(FIRST.encode()).hexdigest()
        await take_back(session, ledger, second)
        assert await applied(session, ledger) == ["20240101000000", "20240103000000"]

    async def test_other_line_endings_are_no_edit(self, session: Session, ledger: Sqlx) -> None:
        await write(session, *ledger.create())
        other = hashlib.sha384(FIRST.replace("\r\n", "\n").encode()).hexdigest()
        sums = (other, hashlib.sha384(b"else").hexdigest())
        for version, checksum in zip((20240101000000, 20240102000000), sums, strict=True):
            await execute(
                session,
                "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)"
                f" VALUES ({version}, 'x', true, '\\x{checksum}', -1)",
            )
        found = (await ledger.read(session)).applied
        assert [
            each.checksum == migration.checksum
            for each, migration in zip(found, ledger.folder.migrations, strict=False)
        ] == [
            True,
            False,
        ]
        assert [each.duration_ms for each in found] == [None, None]

    async def test_what_did_not_come_to_its_end_is_dirty_until_it_is_cleared(
        self, session: Session, ledger: Sqlx
    ) -> None:
        await write(session, *ledger.create())
        first, *_ = ledger.folder.migrations
        await execute(
            session,
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)"
            " VALUES (20240101000000, 'people', false, '', 0)",
        )
        recorded = await ledger.read(session)
        assert (recorded.applied, [each.version for each in recorded.dirty]) == ((), ["20240101000000"])
        await apply(session, ledger, first)
        assert await applied(session, ledger) == ["20240101000000"]
        await write(session, *ledger.clear(recorded.dirty[0]))
        assert await applied(session, ledger) == ["20240101000000"]

    def test_the_lock_is_the_tools(self, ledger: Sqlx) -> None:
        assert ledger.lock_keys("123456789") == (0x3D32AD9E * 0xCBF43926,)  # the check value of CRC-32
