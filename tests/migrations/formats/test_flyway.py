"""Flyway: versions, undo, repeatable and baseline migrations, placeholders; a ledger whose rows are only added."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.session import Session
from console.migrations.files import flyway as files
from console.migrations.files.folder import Folder, Migration, Order
from console.migrations.ledgers import flyway as ledgers
from console.migrations.ledgers.flyway import DEFAULT, Flyway, java_hash
from console.migrations.ledgers.ledger import Name, Recorded
from console.migrations.script import parse
from tests.migrations.formats.bookkeeping import applied, apply, execute, fill, rows, shape, take_back, write

MADE = {
    "V1__people.sql": "CREATE TABLE people (id int);\n",
    "V1_9__age.sql": "ALTER TABLE people ADD age int;",
    "U1_9__remove_age.sql": "ALTER TABLE people DROP age;",
    "more/V1.10__index_of_age.sql": "CREATE INDEX CONCURRENTLY people_age ON people (age);",
    "R__two_words.sql": "CREATE OR REPLACE VIEW v AS SELECT 1 AS one;",
    "R__another.sql": "SELECT 1;",
}
# What Java's own BufferedReader.readLine, CRC32 and String.hashCode gave for these texts.
CHECKSUMS = [
    ("", "0"),
    ("CREATE TABLE people (id int);\n", "1807802951"),
    ("SELECT 1;\r\nSELECT 2;\r\n", "-1665099012"),
    ("a\rb\r\nc\nd", "-310194927"),
    ("x\u2028y\u0085z\fw\n", "1801911050"),
    ("-- ä €\nSELECT 1", "-1978543621"),
]
LOCK = 77433833903597
COLUMNS = ("installed_rank", "version", "description", "type", "script", "checksum", "execution_time", "success")


def scan(path: Path, made: dict[str, str], **variables: str) -> Folder:
    return files.scan(fill(path, made), variables)


def only(path: Path, text: str, made: dict[str, str] | None = None, **variables: str) -> Migration:
    """Return the only migration of a folder with this file, and others that are no migrations."""
    [migration] = scan(path, {"V1__a.sql": text, **(made or {})}, **variables).migrations
    return migration


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return scan(tmp_path / "migrations", MADE)


@pytest.fixture
def ledger(folder: Folder) -> Flyway:
    return Flyway(DEFAULT, folder)


class TestFiles:
    def test_versions_with_dots_and_underscores_and_repeatable_ones_last(self, folder: Folder) -> None:
        assert [(each.version, each.name) for each in folder.migrations] == [
            ("1", "people"),
            ("1.9", "age"),
            ("1.10", "index_of_age"),
            ("R__another", ""),
            ("R__two_words", ""),
        ]
        assert [each.repeatable for each in folder.migrations] == [False, False, False, True, True]
        assert [each.down is not None for each in folder.migrations] == [False, True, False, False, False]
        assert (folder.order, folder.findings) == (Order.DOTTED, ())

    def test_a_version_may_stand_between_two_others(self, tmp_path: Path) -> None:
        made = {f"V{version}__a.sql": "" for version in ("14", "12", "13.1", "12_0_1", "9", "2024.01.31.120000")}
        ordered = [each.version for each in scan(tmp_path, made).migrations]
        assert ordered == ["9", "12", "12.0.1", "13.1", "14", "2024.01.31.120000"]

    def test_the_statements_decide_about_the_transaction(self, folder: Folder) -> None:
        assert [parse(each.up).transaction for each in folder.migrations] == [True, True, False, True, True]

    @pytest.mark.parametrize(
        ("settings", "transaction"),
        [
            ("executeInTransaction=false", False),
            ("# why\r\n  executeInTransaction = true\r\n", True),
            ("encoding=UTF-8", None),
            ("", None),
        ],
    )
    def test_settings_beside_a_script(self, tmp_path: Path, settings: str, *, transaction: bool | None) -> None:
        assert only(tmp_path, "SELECT 1;", {"V1__a.sql.conf": settings}).up.transaction is transaction

    @pytest.mark.parametrize(("text", "checksum"), CHECKSUMS)
    def test_the_checksum_is_the_tools(self, tmp_path: Path, text: str, checksum: str) -> None:
        (tmp_path / "V1__a.sql").write_bytes(text.encode("utf-8-sig"))
        [migration] = files.scan(tmp_path, {}).migrations
        assert migration.checksum == checksum

    @pytest.mark.parametrize(
        ("made", "says"),
        [
            ({"README.md": ""}, "There is no migration in"),
            ({"V1.0__a.sql": "", "V001__b.sql": ""}, "One version is there 2 times: 001_b, 1.0_a."),
            ({"R__a.sql": "", "x/R__a.sql": ""}, "One version is there 2 times: R__a, R__a."),
            ({"V1__a.sql": "", "U1__a.sql": "", "U1.0__b.sql": ""}, "U1__a.sql is not the only U of its version."),
            ({"V1__a.sql": "SELECT\0;"}, "zero byte in line 1"),
        ],
        ids=["empty", "twice", "repeatable twice", "two to undo", "no text"],
    )
    def test_what_makes_a_folder_unusable(self, tmp_path: Path, made: dict[str, str], says: str) -> None:
        folder = scan(tmp_path, made)
        assert [says in finding.sentence for finding in folder.findings if finding.fatal] == [True]

    @pytest.mark.parametrize(
        ("name", "says"),
        [
            ("V2_single_underscore.sql", "V2_single_underscore.sql is not used"),
            ("v2__small_letter.sql", "v2__small_letter.sql is not used"),
            ("helpers.sql", "helpers.sql is not used"),
            ("beforeMigrate.sql", "beforeMigrate.sql is a callback of Flyway, which does not run here."),
            ("afterEachMigrate__x.sql", "afterEachMigrate__x.sql is a callback"),
            ("U7__nothing.sql", "U7__nothing.sql is not used: there is no V of its version."),
            ("V2__moved.java", "2_moved cannot be run here. It is written in Java"),
        ],
    )
    def test_other_files_are_named(self, tmp_path: Path, name: str, says: str) -> None:
        [finding] = scan(tmp_path, {"V1__a.sql": "SELECT 1;", name: "", "data.sql": "", ".git/V3__x.sql": ""}).findings
        assert finding.sentence.startswith(says)
        assert not finding.fatal

    @pytest.mark.parametrize(
        ("names", "recognised"),
        [
            (["V1__a.sql"], True),
            (["V1_2.3__a.sql", "README.md"], True),
            (["R__views.sql"], True),
            (["B7__all.sql"], True),
            (["V1.sql"], False),
            (["Various__a.sql"], False),
            (["0001_a.up.sql"], False),
        ],
    )
    def test_it_is_recognised_by_its_names(self, tmp_path: Path, names: list[str], *, recognised: bool) -> None:
        assert files.recognises(tmp_path, names) is recognised


class TestBaseline:
    def test_it_stands_in_place_of_what_is_below(self, tmp_path: Path) -> None:
        folder = scan(tmp_path, {"B2__all.sql": "", "B1__old.sql": "", "V1_5__x.sql": "", "V3__y.sql": ""})
        assert [each.up.path.name for each in folder.migrations] == ["B2__all.sql", "V3__y.sql"]
        assert [finding.sentence for finding in folder.findings] == [
            "B1__old.sql is not used: other files lead there.",
            "V1_5__x.sql is not used: B2__all.sql stands in its place.",
        ]

    def test_where_the_files_below_lead_to_its_version_they_are_run(self, tmp_path: Path) -> None:
        folder = scan(tmp_path, {"B2__all.sql": "", "V1__x.sql": "", "V2.0__y.sql": ""})
        assert [each.up.path.name for each in folder.migrations] == ["V1__x.sql", "V2.0__y.sql"]


class TestPlaceholders:
    def test_values_come_from_the_profile(self, tmp_path: Path) -> None:
        text = "GRANT SELECT ON t TO ${reader}; -- ${flyway:filename}, ${flyway:table}"
        migration = only(tmp_path, text, reader="app")
        assert migration.up.text == "GRANT SELECT ON t TO app; -- V1__a.sql, flyway_schema_history"
        assert migration.unsupported == ""

    def test_of_a_versioned_one_the_checksum_is_that_of_the_file(self, tmp_path: Path) -> None:
        assert only(tmp_path, "SELECT '${a}';", a="1").checksum == only(tmp_path, "SELECT '${a}';", a="2").checksum

    def test_of_a_repeatable_one_it_is_that_of_what_runs(self, tmp_path: Path) -> None:
        one, two = (scan(tmp_path, {"R__a.sql": "SELECT '${a}';"}, a=value).migrations[0] for value in "12")
        assert one.checksum == files.checksum("SELECT '1';") != two.checksum

    @pytest.mark.parametrize("name", ["reader", "flyway:user"])
    def test_one_without_a_value_keeps_the_migration_from_running(self, tmp_path: Path, name: str) -> None:
        migration = only(tmp_path, f"SELECT 1;\nGRANT SELECT ON t TO ${{{name}}};")
        assert migration.unsupported.startswith(f"Line 2 has the placeholder ${{{name}}}, which has no value")

    def test_a_script_may_do_without(self, tmp_path: Path) -> None:
        text = "SELECT '${none}';"
        migration = only(tmp_path, text, {"V1__a.sql.conf": "placeholderReplacement=false"})
        assert (migration.up.text, migration.unsupported) == (text, "")

    def test_a_script_may_not_want_to_run(self, tmp_path: Path) -> None:
        migration = only(tmp_path, "SELECT 1;", {"V1__a.sql.conf": "shouldExecute=false"})
        assert migration.unsupported == "Its settings say shouldExecute=false."

    def test_an_unknown_setting_is_named(self, tmp_path: Path) -> None:
        [finding] = scan(tmp_path, {"V1__a.sql": "", "V1__a.sql.conf": "fast=true"}).findings
        assert finding.sentence == "V1__a.sql.conf sets fast, which is not taken into account here."


class TestLedger:
    async def test_a_database_without_it_has_nothing_applied(self, session: Session, ledger: Flyway) -> None:
        assert await ledger.read(session) == Recorded()

    async def test_the_table_is_the_tools(self, session: Session, ledger: Flyway) -> None:
        await write(session, *ledger.create())
        await write(session, *ledger.create())
        columns, indexes = await shape(session, DEFAULT)
        assert columns == [
            ("installed_rank", "integer", True, "", ""),
            ("version", "character varying(50)", False, "", ""),
            ("description", "character varying(200)", True, "", ""),
            ("type", "character varying(20)", True, "", ""),
            ("script", "character varying(1000)", True, "", ""),
            ("checksum", "integer", False, "", ""),
            ("installed_by", "character varying(100)", True, "", ""),
            ("installed_on", "timestamp without time zone", True, "now()", ""),
            ("execution_time", "integer", True, "", ""),
            ("success", "boolean", True, "", ""),
        ]
        assert indexes == [
            ("flyway_schema_history_pk", True, "installed_rank"),
            ("flyway_schema_history_s_idx", False, "success"),
        ]
        assert await ledger.read(session) == Recorded(True)

    async def test_rows_are_only_added(self, session: Session, ledger: Flyway) -> None:
        await write(session, *ledger.create())
        people, age, index, _, two_words = ledger.folder.migrations
        await apply(session, ledger, people, age, index, two_words)
        await take_back(session, ledger, age)
        await apply(session, ledger, age)
        sums = {each.label: each.checksum for each in ledger.folder.migrations}
        undo = files.checksum(MADE["U1_9__remove_age.sql"])
        assert await rows(session, DEFAULT, COLUMNS) == [
            ("1", "1", "people", "SQL", "V1__people.sql", "1807802951", "7", "t"),
            ("2", "1.9", "age", "SQL", "V1_9__age.sql", sums["1.9_age"], "7", "t"),
            ("3", "1.10", "index of age", "SQL", "more/V1.10__index_of_age.sql", sums["1.10_index_of_age"], "7", "t"),
            ("4", None, "two words", "SQL", "R__two_words.sql", sums["R__two_words"], "7", "t"),
            ("5", "1.9", "remove age", "UNDO_SQL", "U1_9__remove_age.sql", undo, "7", "t"),
            ("6", "1.9", "age", "SQL", "V1_9__age.sql", sums["1.9_age"], "7", "t"),
        ]
        assert await applied(session, ledger) == ["1", "1.10", "R__two_words", "1.9"]
        by = await rows(session, DEFAULT, ("installed_by",))
        assert {row[0] for row in by} == {session.target.params["user"]}

    async def test_what_is_kept_of_each(self, session: Session, ledger: Flyway) -> None:
        await write(session, *ledger.create())
        await apply(session, ledger, ledger.folder.migrations[1])
        [age] = (await ledger.read(session)).applied
        assert (age.version, age.name, age.duration_ms) == ("1.9", "age", 7)
        assert age.checksum == ledger.folder.migrations[1].checksum
        assert age.applied_at is not None
        assert age.applied_at.tzinfo is not None

    async def test_of_a_repeatable_one_the_last_run_counts(self, session: Session, ledger: Flyway) -> None:
        await write(session, *ledger.create())
        await self.given(session, "(1, NULL, 'two words', 'SQL', 'R__two_words.sql', 5, true)")
        await self.given(session, "(2, NULL, 'gone away', 'SQL', 'R__gone_away.sql', 6, true)")
        assert [(each.version, each.checksum) for each in (await ledger.read(session)).applied] == [
            ("R__two_words", "5"),
            ("R__gone_away", "6"),
        ]
        await apply(session, ledger, ledger.folder.migrations[4])
        assert [(each.version, each.checksum) for each in (await ledger.read(session)).applied] == [
            ("R__gone_away", "6"),
            ("R__two_words", ledger.folder.migrations[4].checksum),
        ]

    async def test_a_baseline_stands_for_the_files_up_to_it(self, session: Session, ledger: Flyway) -> None:
        await write(session, *ledger.create())
        await self.given(session, "(0, NULL, '<< Flyway Schema Creation >>', 'SCHEMA', '\"public\"', NULL, true)")
        await self.given(
            session, "(1, '1.9', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', NULL, true)"
        )
        recorded = await ledger.read(session)
        assert [(each.version, each.checksum, each.duration_ms) for each in recorded.applied] == [
            ("1", None, None),
            ("1.9", None, None),
        ]

    async def test_a_baseline_migration_and_the_files_it_was_made_of_stand_for_each_other(
        self, session: Session, tmp_path: Path
    ) -> None:
        """A database that began with B2 needs no V1 and V2, and one that ran these needs no B2; neither is edited."""
        made = {"B2__all.sql": "SELECT 'all';", "V3__more.sql": ""}
        squashed = Flyway(DEFAULT, scan(tmp_path / "squashed", made))
        whole = Flyway(DEFAULT, scan(tmp_path / "whole", made | {"V1__one.sql": "", "V2__two.sql": ""}))
        await write(session, *squashed.create())
        await apply(session, squashed, *squashed.folder.migrations)
        assert [(each.version, each.checksum) for each in (await squashed.read(session)).applied] == [
            ("2", files.checksum("SELECT 'all';")),
            ("3", "0"),
        ]
        assert [(each.version, each.checksum) for each in (await whole.read(session)).applied] == [
            ("1", None),
            ("2", None),
            ("3", "0"),
        ]
        await execute(session, "UPDATE public.flyway_schema_history SET type = 'SQL'")
        assert [(each.version, each.checksum) for each in (await squashed.read(session)).applied] == [
            ("2", None),
            ("3", "0"),
        ]

    async def test_what_was_deleted_from_the_record_is_not_applied(self, session: Session, ledger: Flyway) -> None:
        await write(session, *ledger.create())
        await self.given(session, "(1, '0.5', 'old', 'SQL', 'V0_5__old.sql', 1, true)")
        assert await applied(session, ledger) == ["0.5"]
        await self.given(session, "(2, '0.5', 'old', 'DELETE', 'V0_5__old.sql', 1, true)")
        assert await applied(session, ledger) == []

    @pytest.mark.parametrize(
        ("row", "version"),
        [
            ("(2, '1.9', 'age', 'SQL', 'V1_9__age.sql', 7, false)", "1.9"),
            ("(2, NULL, 'two words', 'SQL', 'R__two_words.sql', 7, false)", "R__two_words"),
            ("(2, '8', 'no file', 'SQL', 'V8__no_file.sql', 7, false)", "8"),
        ],
    )
    async def test_a_failure_is_one_until_it_is_cleared(
        self, session: Session, ledger: Flyway, row: str, version: str
    ) -> None:
        await write(session, *ledger.create())
        await apply(session, ledger, ledger.folder.migrations[0])
        await self.given(session, row)
        recorded = await ledger.read(session)
        assert [each.version for each in recorded.applied] == ["1"]
        [dirty] = recorded.dirty
        assert dirty.version == version
        assert "Flyway recorded that it failed" in dirty.reason
        await write(session, *ledger.clear(dirty))
        assert await ledger.read(session) == Recorded(True, recorded.applied)

    async def test_an_edited_file_is_accepted(self, session: Session, ledger: Flyway) -> None:
        await write(session, *ledger.create())
        people, _, index, _, two_words = ledger.folder.migrations
        await self.given(session, "(1, '1', 'folk', 'SQL', 'V1__folk.sql', 5, true)")
        await self.given(session, "(2, NULL, 'two words', 'SQL', 'R__two_words.sql', 6, true)")
        await self.given(session, "(3, '1.7', 'index', 'SQL', 'V1_7__index.sql', 7, true)")
        first, second, third = (await ledger.read(session)).applied
        for standing, migration in ((first, people), (second, two_words), (third, index)):
            await write(session, *ledger.accept(standing, migration))
        assert await rows(session, DEFAULT, COLUMNS[:6]) == [
            ("1", "1", "people", "SQL", "V1__people.sql", people.checksum),
            ("2", None, "two words", "SQL", "R__two_words.sql", two_words.checksum),
            ("3", "1.10", "index of age", "SQL", "more/V1.10__index_of_age.sql", index.checksum),
        ]

    async def test_baselines_and_java_have_types_of_their_own(self, session: Session, tmp_path: Path) -> None:
        folder = scan(tmp_path, {"B2__all.sql": "SELECT 1;", "V3__moved.java": ""})
        ledger = Flyway(DEFAULT, folder)
        await write(session, *ledger.create())
        await apply(session, ledger, *folder.migrations)
        assert await rows(session, DEFAULT, ("version", "type", "script", "checksum")) == [
            ("2", "SQL_BASELINE", "B2__all.sql", files.checksum("SELECT 1;")),
            ("3", "JDBC", "V3__moved.java", None),
        ]

    async def test_long_descriptions_are_cut(self, session: Session, tmp_path: Path) -> None:
        name = "x" * 210
        folder = scan(tmp_path, {f"V1__{name}.sql": "SELECT 1;", f"R__{name}.sql": "SELECT 1;"})
        ledger = Flyway(DEFAULT, folder)
        await write(session, *ledger.create())
        await apply(session, ledger, *folder.migrations)
        assert await rows(session, DEFAULT, ("installed_rank", "description")) == [
            ("1", "x" * 197 + "..."),
            ("2", "x" * 197 + "..."),
        ]
        assert await applied(session, ledger) == [each.version for each in folder.migrations]

    def test_it_is_recognised_by_its_columns(self) -> None:
        columns = dict.fromkeys((*COLUMNS, "installed_by", "installed_on"), "")
        assert ledgers.recognises(columns)
        assert not ledgers.recognises({"version": "", "installed_on": ""})

    def test_the_lock_is_the_tools(self, ledger: Flyway, folder: Folder) -> None:
        assert ledger.lock_keys("app") == (LOCK,)
        assert java_hash('"s\U0001f600"."t"') == 233264336
        assert Flyway(Name("a", 'b"c'), folder).lock_keys("app") == (0x466C79776179 + java_hash('"a"."b""c"'),)

    async def given(self, session: Session, row: str) -> None:
        """Add a row (rank, version, description, type, script, checksum, success) as Flyway has written it."""
        rank, rest = row.removeprefix("(").split(",", 1)
        rest, success = rest.removesuffix(")").rsplit(",", 1)
        await execute(
            session,
            "INSERT INTO public.flyway_schema_history (installed_rank, version, description, type, script, checksum,"
            f" installed_by, execution_time, success) VALUES ({rank}, {rest}, 'flyway', 12, {success})",
        )
