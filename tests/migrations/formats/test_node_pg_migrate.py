"""node-pg-migrate: files of SQL with both ways in them, programs between them, and its ledger."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.session import Session
from console.migrations.files import formats
from console.migrations.files import node_pg_migrate as files
from console.migrations.files.folder import Folder
from console.migrations.ledgers.ledger import Recorded
from console.migrations.ledgers.node_pg_migrate import DEFAULT, NodePgMigrate
from console.migrations.script import parse
from tests.migrations.formats.bookkeeping import applied, apply, fill, rows, shape, take_back, write

THREE = {
    "1700000000000_people.sql": "-- Up Migration\nCREATE TABLE people ();\n\n-- Down Migration\nDROP TABLE people;",
    "20231201000000000_ada.js": "exports.up = (pgm) => pgm.sql('SELECT 1');",
    "1800000000000_age.sql": "ALTER TABLE people ADD age int;",
}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return files.scan(fill(tmp_path / "migrations", THREE), {})


class TestFiles:
    def test_the_number_gives_the_order_and_may_be_a_moment(self, folder: Folder) -> None:
        assert [(each.version, each.down is not None, bool(each.unsupported)) for each in folder.migrations] == [
            ("1700000000000_people", True, False),
            ("20231201000000000_ada", False, True),
            ("1800000000000_age", False, False),
        ]
        assert [each.sentence for each in folder.findings] == [
            "20231201000000000_ada cannot be run here. It is a program: run it with the project's own node-pg-migrate,"
            " or record it here with adopt."
        ]

    @pytest.mark.parametrize(
        ("text", "up", "down"),
        [
            ("-- Up Migration\nSELECT 1;\n-- Down Migration\nSELECT 2;", ["SELECT 1", 2], ["SELECT 2", 4]),
            ("---- up migration\nSELECT 1;\n-- - DOWN  migration\nSELECT 2;", ["SELECT 1", 2], ["SELECT 2", 4]),
            ("-- Down Migration\nSELECT 2;\n-- Up Migration\nSELECT 1;", ["SELECT 1", 4], ["SELECT 2", 2]),
            ("SELECT 1;", ["SELECT 1", 1], None),
            ("SELECT 0;\n-- Up Migration\nSELECT 1;", ["SELECT 1", 3], None),
        ],
    )
    def test_each_way_keeps_its_lines(
        self, tmp_path: Path, text: str, up: list[object], down: list[object] | None
    ) -> None:
        [migration] = files.scan(fill(tmp_path / "migrations", {"1_a.sql": text}), {}).migrations

        def read(script: object) -> list[object] | None:
            if script is None:
                return None
            [piece] = parse(script).pieces  # type: ignore[arg-type]
            return [piece.text[piece.at - piece.start :], piece.line]

        assert (read(migration.up), read(migration.down)) == (up, down)

    def test_a_file_that_leads_back_alone_is_no_migration_forward(self, tmp_path: Path) -> None:
        made = fill(tmp_path / "migrations", {"1_a.up.sql": "SELECT 1;", "1_a.down.sql": "SELECT 2;"})
        assert any(each.fatal for each in formats.scan(made, "node-pg-migrate").findings)
        assert formats.detect(made).format == "golang-migrate"

    def test_the_project_around_tells(self, tmp_path: Path) -> None:
        fill(tmp_path, {"package.json": '{"devDependencies": {"node-pg-migrate": "^9"}}', "m/1_a.sql": "SELECT 1;"})
        assert formats.detect(tmp_path / "m").format == "node-pg-migrate"
        fill(tmp_path, {"goose/1_a.sql": "-- +goose Up\nSELECT 1;"})
        assert formats.detect(tmp_path / "goose").format == "goose"
        fill(tmp_path, {"supabase/migrations/1_a.sql": "-- Up Migration\nSELECT 1;"})
        assert formats.detect(tmp_path / "supabase" / "migrations").format == "supabase"


class TestLedger:
    async def test_the_table_is_the_tools(self, session: Session, folder: Folder) -> None:
        ledger = NodePgMigrate(DEFAULT, folder)
        assert await ledger.read(session) == Recorded()
        await write(session, *ledger.create())
        columns, indexes = await shape(session, DEFAULT)
        assert columns == [
            ("id", "integer", True, "nextval('public.pgmigrations_id_seq'::regclass)", ""),
            ("name", "character varying(255)", True, "", ""),
            ("run_on", "timestamp without time zone", True, "", ""),
        ]
        assert [index[:2] for index in indexes] == [("pgmigrations_pkey", True)]

    async def test_rows_come_and_go(self, session: Session, folder: Folder) -> None:
        ledger = NodePgMigrate(DEFAULT, folder)
        await write(session, *ledger.create())
        first, _, third = folder.migrations
        await apply(session, ledger, first, third)
        assert await rows(session, DEFAULT, ("id", "name")) == [
            ("1", "1700000000000_people"),
            ("2", "1800000000000_age"),
        ]
        await take_back(session, ledger, third)
        assert await applied(session, ledger) == ["1700000000000_people"]
