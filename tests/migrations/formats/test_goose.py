"""goose: its annotations and variables, Go files between the others, and its ledgers of today and of old."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from console.db.session import Session
from console.migrations.files import goose as files
from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers import goose as ledgers
from console.migrations.ledgers.goose import DEFAULT, Goose
from console.migrations.ledgers.ledger import Name, Recorded
from console.migrations.script import parse
from tests.migrations.formats.bookkeeping import applied, apply, execute, fill, rows, shape, take_back, write

PEOPLE = """-- People.
-- +goose Up
CREATE TABLE people (id int);
-- +goose StatementBegin
CREATE FUNCTION one() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
    RETURN 1;
END
$$
-- +goose StatementEnd
CREATE INDEX people_id ON people (id);

-- +goose Down
DROP FUNCTION one();
DROP TABLE people;
"""
AGE = """-- +goose NO TRANSACTION
-- +goose Up
CREATE INDEX CONCURRENTLY people_again ON people (id);
-- +goose Down
DROP INDEX CONCURRENTLY people_again"""
COLUMNS = ("id", "version_id", "is_applied")


def read(path: Path, text: str, **variables: str) -> Migration:
    """Return the only migration of a folder with this file."""
    folder = files.scan(fill(path, {"00001_a.sql": text}), variables)
    assert [finding.sentence for finding in folder.findings if finding.fatal] == []
    return folder.migrations[0]


def fatal(path: Path, made: dict[str, str]) -> str:
    """Return the sentence about what makes a folder unusable."""
    [finding] = [finding for finding in files.scan(fill(path, made), {}).findings if finding.fatal]
    return finding.sentence


class TestFiles:
    def test_both_parts_of_a_file(self, tmp_path: Path) -> None:
        migration = read(tmp_path, PEOPLE)
        assert migration.label == "00001_a"
        assert migration.down is not None
        up, down = parse(migration.up), parse(migration.down)
        assert [(piece.title, piece.line) for piece in up.pieces] == [
            ("CREATE TABLE people", 3),
            ("CREATE FUNCTION one", 5),
            ("CREATE INDEX people_id ON people", 11),
        ]
        assert [(piece.title, piece.line) for piece in down.pieces] == [
            ("DROP FUNCTION one", 14),
            ("DROP TABLE people", 15),
        ]
        assert (up.transaction, down.transaction) == (True, True)

    def test_no_transaction_is_for_both_parts(self, tmp_path: Path) -> None:
        migration = read(tmp_path, AGE)
        assert migration.up.transaction is False
        assert migration.down is not None
        assert not parse(migration.down).transaction

    @pytest.mark.parametrize(
        "text",
        [
            "-- +goose Up\r\nSELECT 1;\r\n",
            "\ufeff-- +goose Up\nSELECT 1;",
            "\n\n-- +goose up\nSELECT 1",
            "-- +goose Up\n-- +goose StatementBegin\nSELECT 1\n-- +goose StatementEnd",
            "-- +goose Up\n-- see +goose Down\nSELECT 1;",
            "--+goose Up\nSELECT 1;",
        ],
    )
    def test_ways_to_write_it(self, tmp_path: Path, text: str) -> None:
        migration = read(tmp_path, text)
        assert [piece.title for piece in parse(migration.up).pieces] == ["SELECT 1"]
        assert migration.down is None

    @pytest.mark.parametrize("text", ["-- +goose Up\n", "-- +goose Up\n-- only a comment\n-- +goose Down\n"])
    def test_parts_without_a_statement(self, tmp_path: Path, text: str) -> None:
        assert parse(read(tmp_path, text).up).pieces == ()

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("SELECT 1;", "line 1, has SQL before"),
            ("-- nothing\n", "has no line “-- +goose Up”"),
            ("", "has no line “-- +goose Up”"),
            ("-- +goose Up\n-- +goose Up\n", "line 2, has a second “-- +goose Up”"),
            ("-- +goose Down\n-- +goose Up\n", "line 1, has “-- +goose Down” where"),
            ("-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n", "line 2, begins a statement that no"),
            ("-- +goose Up\n-- +goose StatementEnd\n", "line 2, ends a statement that was not begun"),
            ("-- +goose Up\n-- +goose StatementBegin\n-- +goose Down\n", "line 3, has “-- +goose Down” where"),
            ("-- +goose StatementBegin\n", "line 1, begins a statement outside"),
            ("-- +goose Up\n-- +goose Sideways\n", "line 2, says “+goose Sideways”"),
            ("-- +goose Up\n  -- +goose Down\n", "line 2, has a mark of goose that does not begin its line"),
        ],
    )
    def test_annotations_that_make_no_sense(self, tmp_path: Path, text: str, says: str) -> None:
        assert says in fatal(tmp_path, {"00001_a.sql": text})

    def test_numbers_and_time_stamps_in_one_folder_with_go_between_them(self, tmp_path: Path) -> None:
        up = "-- +goose Up\nSELECT 1;"
        made = {"2_b.go": "package x", "10_c.sql": up, "00001_a.sql": up, "20240131120000_d.sql": up, "2_b_test.go": ""}
        folder = files.scan(fill(tmp_path, made), {})
        assert [each.label for each in folder.migrations] == ["00001_a", "2_b", "10_c", "20240131120000_d"]
        assert [bool(each.unsupported) for each in folder.migrations] == [False, True, False, False]
        [finding] = folder.findings
        assert finding.sentence.startswith("2_b cannot be run here. It is written in Go")

    @pytest.mark.parametrize(
        ("made", "says"),
        [
            ({}, "There is no migration in"),
            ({"1_a.sql": "-- +goose Up", "01_b.go": ""}, "One version is there 2 times: 01_b, 1_a."),
            ({"9223372036854775808_a.sql": ""}, "is too large for the ledger"),
        ],
    )
    def test_what_makes_a_folder_unusable(self, tmp_path: Path, made: dict[str, str], says: str) -> None:
        assert says in fatal(tmp_path, made)

    def test_other_files_of_sql_are_left_alone(self, tmp_path: Path) -> None:
        made = {"1_a.sql": "-- +goose Up", "helpers.sql": "", "0_zero.sql": "", "data.sql": "", "README": ""}
        folder = files.scan(fill(tmp_path, made), {})
        assert len(folder.migrations) == 1
        assert folder.seed == tmp_path / "data.sql"
        assert [finding.sentence.partition(" ")[0] for finding in folder.findings] == ["0_zero.sql", "helpers.sql"]

    @pytest.mark.parametrize(
        ("name", "text", "recognised"),
        [
            ("00001_a.sql", "-- +goose Up\nSELECT 1;", True),
            ("20240131120000_a.sql", "\n-- +goose NO TRANSACTION\n-- +goose Up", True),
            ("00001_a.sql", "-- migrate:up\nSELECT 1;", False),
            ("00001_a.sql", "SELECT '+goose Up';", False),
            ("a.sql", "-- +goose Up", False),
            ("00001_a.go", "// -- +goose Up", False),
        ],
    )
    def test_it_is_recognised_by_its_marks(self, tmp_path: Path, name: str, text: str, *, recognised: bool) -> None:
        fill(tmp_path, {name: text})
        assert files.recognises(tmp_path, [name]) is recognised

    def test_a_template_is_refused(self, tmp_path: Path) -> None:
        assert "Line 2 is a template" in read(tmp_path, "-- +goose Up\nGRANT ALL ON t TO {{ .Role }};").unsupported


class TestVariables:
    TEXT = """-- +goose Up
CREATE TABLE a ($not int);
-- +goose ENVSUB ON
-- $UNSET in a comment
CREATE ROLE ${ROLE} LOGIN;
CREATE ROLE $ROLE_2;
CREATE ROLE ${THIRD:-third};
CREATE ROLE ${FOURTH-fourth};
-- +goose ENVSUB OFF
DO $$ BEGIN NULL; END $$;
-- +goose Down
DROP ROLE $ROLE;
"""

    def test_they_come_from_the_profile_and_then_from_the_environment(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in (("ROLE", "from_environment"), ("ROLE_2", "second"), ("THIRD", ""), ("FOURTH", "")):
            monkeypatch.setenv(name, value)
        migration = read(tmp_path, self.TEXT, ROLE="app")
        assert migration.unsupported == ""
        assert migration.up.text.split("\n")[1:10] == [
            "CREATE TABLE a ($not int);",
            "",
            "-- $UNSET in a comment",
            "CREATE ROLE app LOGIN;",
            "CREATE ROLE second;",
            "CREATE ROLE third;",
            "CREATE ROLE ;",
            "",
            "DO $$ BEGIN NULL; END $$;",
        ]
        assert migration.down is not None
        assert migration.down.text.split("\n")[11] == "DROP ROLE $ROLE;"

    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ("SELECT $UNSET_1;", "Line 3 needs the environment variable UNSET_1, which is not set."),
            ("SELECT ${UNSET_1};", "Line 3 needs the environment variable UNSET_1, which is not set."),
            ("SELECT ${UNSET_1?say it};", "Line 3 needs the environment variable UNSET_1, which is not set."),
            ("SELECT $1;", "Line 3 has “$1;”, which ENVSUB cannot read."),
            ("SELECT ${A:1:2};", "Line 3 has “${A:1:2};”, which ENVSUB cannot read."),
        ],
    )
    def test_one_without_a_value_keeps_the_migration_from_running(self, tmp_path: Path, line: str, says: str) -> None:
        migration = read(tmp_path, f"-- +goose Up\n-- +goose ENVSUB ON\n{line}")
        assert migration.unsupported.startswith(says)

    def test_the_checksum_is_that_of_the_file_and_not_of_its_values(self, tmp_path: Path) -> None:
        text = "-- +goose Up\n-- +goose ENVSUB ON\nSELECT '${WHAT}';\n-- +goose Down\n"
        one, two = read(tmp_path, text, WHAT="a"), read(tmp_path, text, WHAT="b")
        assert one.up.text != two.up.text
        assert one.checksum == two.checksum == read(tmp_path, text + "SELECT 2;", WHAT="a").checksum
        assert one.checksum != read(tmp_path, text.replace("WHAT", "WHO"), WHO="a").checksum


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = {"00001_people.sql": PEOPLE, "00002_moved.go": "", "00010_age.sql": AGE}
    return files.scan(fill(tmp_path / "migrations", made), {})


@pytest.fixture
def ledger(folder: Folder) -> Goose:
    return Goose(DEFAULT, folder)


class TestLedger:
    async def test_a_database_without_it_has_nothing_applied(self, session: Session, ledger: Goose) -> None:
        assert await ledger.read(session) == Recorded()

    async def test_the_table_is_the_tools(self, session: Session, ledger: Goose) -> None:
        await write(session, *ledger.create())
        await write(session, *ledger.create())
        columns, indexes = await shape(session, DEFAULT)
        assert columns == [
            ("id", "integer", True, "", "d"),
            ("version_id", "bigint", True, "", ""),
            ("is_applied", "boolean", True, "", ""),
            ("tstamp", "timestamp without time zone", True, "now()", ""),
        ]
        assert [index[:2] for index in indexes] == [("goose_db_version_pkey", True)]
        assert await rows(session, DEFAULT, COLUMNS) == [("1", "0", "t")]
        assert await ledger.read(session) == Recorded(True)

    async def test_rows_come_and_go(self, session: Session, ledger: Goose) -> None:
        await write(session, *ledger.create())
        await apply(session, ledger, *ledger.folder.migrations)
        assert await rows(session, DEFAULT, COLUMNS) == [
            ("1", "0", "t"),
            ("2", "1", "t"),
            ("3", "2", "t"),
            ("4", "10", "t"),
        ]
        recorded = await ledger.read(session)
        assert [(each.version, each.name) for each in recorded.applied] == [
            ("00001", "people"),
            ("00002", "moved"),
            ("00010", "age"),
        ]
        assert all(each.applied_at is not None and each.applied_at.tzinfo for each in recorded.applied)
        await take_back(session, ledger, ledger.folder.migrations[1])
        assert await rows(session, DEFAULT, COLUMNS) == [("1", "0", "t"), ("2", "1", "t"), ("4", "10", "t")]
        assert await applied(session, ledger) == ["00001", "00010"]

    async def test_in_a_ledger_of_old_the_newest_row_counts(self, session: Session, ledger: Goose) -> None:
        await execute(
            session,
            "CREATE TABLE public.goose_db_version (id serial PRIMARY KEY, version_id bigint NOT NULL,"
            " is_applied boolean NOT NULL, tstamp timestamp NULL DEFAULT now())",
        )
        await execute(
            session,
            "INSERT INTO public.goose_db_version (version_id, is_applied, tstamp) VALUES (0, true, NULL),"
            " (1, true, NULL), (10, true, NULL), (10, false, NULL), (1, false, NULL), (1, true, NULL), (2, true, NULL)",
        )
        assert await applied(session, ledger) == ["00001", "00002"]

    async def test_a_version_without_a_file_is_shown(self, session: Session, ledger: Goose) -> None:
        await write(session, *ledger.create())
        await execute(session, "INSERT INTO public.goose_db_version (version_id, is_applied) VALUES (7, true)")
        assert await applied(session, ledger) == ["7"]

    async def test_a_renamed_file_takes_its_row_along(self, session: Session, ledger: Goose) -> None:
        await write(session, *ledger.create())
        first, _, last = ledger.folder.migrations
        await apply(session, ledger, first)
        [standing] = (await ledger.read(session)).applied
        await write(session, *ledger.accept(standing, last))
        assert await applied(session, ledger) == ["00010"]

    async def test_the_table_may_have_any_name(self, session: Session, folder: Folder) -> None:
        ledger = Goose(Name("public", "versions"), folder)
        await write(session, *ledger.create())
        await apply(session, ledger, folder.migrations[0])
        assert await applied(session, ledger) == ["00001"]

    @pytest.mark.parametrize(
        ("columns", "recognised"),
        [
            (("id", "version_id", "is_applied", "tstamp"), True),
            (("id", "version", "is_applied", "tstamp"), False),
            (("version", "dirty"), False),
        ],
    )
    def test_it_is_recognised_by_its_columns(self, columns: tuple[str, ...], *, recognised: bool) -> None:
        assert ledgers.recognises(dict.fromkeys(columns, "")) is recognised

    def test_the_lock_is_the_tools(self, ledger: Goose) -> None:
        assert ledger.lock_keys("app") == (zlib.crc32(b"goose"),)
