"""What can be said about a folder without a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.errors import BadMigrations
from console.migrations.validate import validate
from tests.migrations.project import write


def said(path: Path) -> list[str]:
    return [finding.sentence for finding in validate(path).findings]


def test_a_good_folder_has_no_findings(tmp_path: Path) -> None:
    write(tmp_path, "0001_a", "CREATE TABLE a (id int);", "DROP TABLE a;", "SELECT 'a', true, ''")
    write(tmp_path, "0002_b", "-- dbconsole: no-transaction\nVACUUM;", "SELECT 1;")
    (tmp_path / "data.sql").write_text("INSERT INTO a VALUES (1);")
    found = validate(tmp_path)
    assert found.findings == ()
    assert found.summary == "2 migrations, nothing to complain about"


def test_what_is_hidden_is_passed_over(tmp_path: Path) -> None:
    """Systems and editors lay such files beside others."""
    write(tmp_path, "0001_a", "CREATE TABLE a (id int);", "DROP TABLE a;")
    for name in ("._0001_a.up.sql", ".0001_a.up.sql.swp", ".DS_Store", ".#0002_b.up.sql", ".0003_c.up.sql"):
        (tmp_path / name).write_bytes(b"\0\5\x16\7")
    (tmp_path / ".idea").mkdir()
    assert validate(tmp_path).findings == ()


@pytest.mark.parametrize(
    ("lock", "part", "said_of"),
    [
        ("migration_lock.toml", "20240101000000_one/migration.sql", "20240101000000_one/migration.sql: Line 2"),
        ("diesel.toml", "2024-01-01-000000_one/up.sql", "2024-01-01-000000_one/up.sql: Line 2"),
    ],
)
def test_files_that_are_all_called_alike_are_named_with_their_folder(
    tmp_path: Path, lock: str, part: str, said_of: str
) -> None:
    (tmp_path / lock).write_text('provider = "postgresql"\n')
    (tmp_path / part).parent.mkdir()
    (tmp_path / part).write_text("SELECT 1;\nSELEC 2;")
    [found] = [each for each in validate(tmp_path).findings if each.line == 2]
    assert found.sentence.startswith(said_of)
    assert found.as_dict()["file"] == part


UP, DOWN, VERIFY = "0001_a.up.sql", "0001_a.down.sql", "0001_a.verify.sql"
CASES = [
    ("empty", {UP: "-- nothing\n"}, "0001_a.up.sql has no statement."),
    ("empty down", {DOWN: ""}, "0001_a.down.sql has no statement."),
    ("syntax", {UP: "SELECT 1;\nSELECT 2 FROM;"}, "0001_a.up.sql: Line 2"),
    ("syntax in down", {DOWN: "DROP TABEL a;"}, "0001_a.down.sql: Line 1"),
    ("syntax in the seed", {"data.sql": "INSERT INTO;"}, "data.sql: Line 1"),
    ("seed not UTF-8", {"data.sql": "\udcff"}, "data.sql is not UTF-8"),
    ("verify that writes", {VERIFY: "SELECT 1;\nDELETE FROM a;"}, "line 2: a verify file has only SELECTs."),
    ("empty verify", {VERIFY: "-- todo"}, "0001_a.verify.sql has no statement, so it checks nothing."),
    ("undeclared", {UP: "SELECT 1;\nVACUUM;"}, "VACUUM cannot run inside a transaction block"),
    ("commit", {UP: "SELECT 1; COMMIT; SELECT 2;"}, "may not say COMMIT"),
    ("stray", {"0001-a.sql": "SELECT 1;"}, "0001-a.sql is not used"),
    ("psql", {UP: "SELECT 1;\n\\d a\n"}, "psql"),
    ("copy", {UP: "COPY a FROM stdin;\n1\n\\.\n"}, "COPY … FROM STDIN"),
]


@pytest.mark.parametrize(("files", "sentence"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_is_found_in_files(tmp_path: Path, files: dict[str, str], sentence: str) -> None:
    for name, text in ({UP: "SELECT 1;", DOWN: "SELECT 1;"} | files).items():
        (tmp_path / name).write_bytes(text.encode(errors="surrogateescape"))
    [finding] = said(tmp_path)
    assert sentence in finding


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (["0001_a", "0003_b"], "There is no 0002 between 0001_a and 0003_b."),
        (["0001_a", "0005_b"], "There is no 0002 to 0004 between 0001_a and 0005_b."),
        (["1_a", "3_b"], "There is no 2 between 1_a and 3_b."),
    ],
)
def test_gaps_in_the_numbers(tmp_path: Path, names: list[str], sentence: str) -> None:
    for name in names:
        write(tmp_path, name, "SELECT 1;", "SELECT 1;", "SELECT 1;")
    assert said(tmp_path) == [sentence]


def test_a_missing_down(tmp_path: Path) -> None:
    write(tmp_path, "0001_a", "SELECT 1;")
    assert said(tmp_path) == ["0001_a has no down file, so it cannot be rolled back."]


def test_timestamps_have_no_gaps(tmp_path: Path) -> None:
    for name in ("20260101120000_a", "20260301120000_b"):
        write(tmp_path, name, "SELECT 1;", "SELECT 1;")
    assert said(tmp_path) == []


def test_a_place_comes_with_the_finding(tmp_path: Path) -> None:
    write(tmp_path, "0001_a", "SELECT 1;\n  VACUUM;", "SELECT 1;")
    [finding] = validate(tmp_path).findings
    assert finding.as_dict() == {
        "file": "0001_a.up.sql",
        "line": 2,
        "column": 3,
        "detail": finding.sentence,
        "fatal": False,
    }


def test_everything_is_listed_at_once(tmp_path: Path) -> None:
    write(tmp_path, "0001_a", "SELECT FROM WHERE;")
    write(tmp_path, "01_b", "SELECT 1;", "SELECT 1;", "SELECT 1;")
    (tmp_path / "0002_c.up.sql").write_bytes(b"\xff")
    found = validate(tmp_path)
    assert found.fatal
    assert len(found.findings) == 4  # two of one number, not UTF-8, syntax, no down


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(BadMigrations):
        validate(tmp_path / "gone")
