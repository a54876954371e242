"""The native format: which files are a migration, what is in them, and what makes a folder unusable."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from console.errors import BadMigrations
from console.migrations.files import native
from tests.migrations.project import write


def test_a_migration_is_its_three_files(tmp_path: Path) -> None:
    write(tmp_path, "0001_people", "CREATE TABLE people (id int);", "DROP TABLE people;", "SELECT 1;")
    folder = native.read(tmp_path)
    [migration] = folder.migrations
    assert (migration.version, migration.name, migration.label) == ("0001", "people", "0001_people")
    assert migration.up.text == "CREATE TABLE people (id int);"
    assert migration.down is not None
    assert migration.verify is not None
    assert folder.findings == ()


def test_order_is_by_number_not_by_text(tmp_path: Path) -> None:
    for name in ("10_c", "9_b", "0001_a"):
        write(tmp_path, name, "SELECT 1;")
    assert [each.version for each in native.read(tmp_path).migrations] == ["0001", "9", "10"]


def test_a_number_is_found_however_it_is_spelt(tmp_path: Path) -> None:
    write(tmp_path, "0007_a", "SELECT 1;")
    found = native.read(tmp_path).find("7")
    assert found is not None
    assert found.version == "0007"


def test_the_seed_is_known_and_is_no_migration(tmp_path: Path) -> None:
    write(tmp_path, "0001_a", "SELECT 1;")
    (tmp_path / "data.sql").write_text("SELECT 2;")
    folder = native.read(tmp_path)
    assert folder.seed == tmp_path / "data.sql"
    assert folder.findings == ()


def test_line_endings_and_byte_order_mark_do_not_change_the_checksum(tmp_path: Path) -> None:
    (tmp_path / "0001_a.up.sql").write_bytes(b"SELECT 1;\nSELECT 2;\n")
    (tmp_path / "0002_a.up.sql").write_bytes(b"\xef\xbb\xbfSELECT 1;\r\nSELECT 2;\r\n")
    first, second = native.read(tmp_path).migrations
    assert first.checksum == second.checksum == hashlib.sha256(b"SELECT 1;\nSELECT 2;\n").hexdigest()
    assert second.up.text == "SELECT 1;\nSELECT 2;\n"


@pytest.mark.parametrize(
    ("text", "transaction"),
    [
        ("-- dbconsole: no-transaction\nVACUUM;", False),
        ("-- About vacuum.\n/* more */\n--dbconsole:no-transaction\nVACUUM;", False),
        ("VACUUM;\n-- dbconsole: no-transaction\n", True),
        ("SELECT '\n-- dbconsole: no-transaction\n';", True),
        ("SELECT 1;", True),
        ("", True),
    ],
)
def test_the_directive_counts_before_the_first_statement(tmp_path: Path, text: str, *, transaction: bool) -> None:
    write(tmp_path, "0001_a", text)
    [migration] = native.read(tmp_path).migrations
    assert migration.up.transaction is transaction


@pytest.mark.parametrize(
    "name", ["add.sql", "0001-a.up.sql", "0001_a.sql", "a_0001.up.sql", "0001_ä.up.sql", "0001_.up.sql"]
)
def test_a_stray_file_is_named(tmp_path: Path, name: str) -> None:
    write(tmp_path, "0002_b", "SELECT 1;")
    (tmp_path / name).write_text("SELECT 1;")
    [finding] = native.read(tmp_path).findings
    assert finding.sentence.startswith(f"{name} is not used")


def test_a_hostile_name_does_not_reach_the_terminal(tmp_path: Path) -> None:
    write(tmp_path, "0002_b", "SELECT 1;")
    (tmp_path / "0001_\x1b[31mred\n.up.sql").write_text("SELECT 1;")
    [finding] = native.read(tmp_path).findings
    assert "\x1b" not in finding.sentence
    assert "\n" not in finding.sentence


def make_unreadable(path: Path) -> None:
    (path / "0001_a.up.sql").symlink_to(path / "gone.sql")


def make_link_outside(path: Path) -> None:
    outside = path.parent / "outside.sql"
    outside.write_text("SELECT 1;")
    (path / "0001_a.up.sql").symlink_to(outside)


BROKEN = [
    ("empty", lambda path: None, "There is no migration in"),
    ("two of one number", lambda path: [write(path, name, "") for name in ("0001_a", "1_b")], "is there 2 times"),
    ("only a down", lambda path: (path / "0001_a.down.sql").write_text("SELECT 1;"), "0001_a has no 0001_a.up.sql"),
    ("not UTF-8", lambda path: (path / "0001_a.up.sql").write_bytes(b"--\nSELECT '\xe4';"), "0xe4 in line 2"),
    ("zero byte", lambda path: (path / "0001_a.up.sql").write_bytes(b"SELECT\0 1;"), "zero byte in line 1"),
    ("gone", make_unreadable, "0001_a.up.sql cannot be read: No such file"),
    ("link outside", make_link_outside, "leads out of its folder"),
    ("a folder", lambda path: (path / "0001_a.up.sql").mkdir(), "is not a regular file"),
    ("a pipe", lambda path: os.mkfifo(path / "0001_a.up.sql"), "is not a regular file"),
    ("unknown directive", lambda path: write(path, "0001_a", "-- dbconsole: fast\nSELECT 1;"), "“dbconsole: fast”"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "says"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_a_folder_that_cannot_be_used_says_why(tmp_path: Path, make: object, says: str) -> None:
    path = tmp_path / "migrations"
    path.mkdir()
    assert callable(make)
    make(path)
    with pytest.raises(BadMigrations) as caught:
        native.read(path)
    assert says in caught.value.title
    assert caught.value.exit_code == 2


def test_no_folder_and_no_folder_at_all(tmp_path: Path) -> None:
    with pytest.raises(BadMigrations, match="There is no folder"):
        native.read(tmp_path / "gone")
    (tmp_path / "file").write_text("")
    with pytest.raises(BadMigrations, match="is a file"):
        native.read(tmp_path / "file")


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "0001_a", "SELECT 1;")
    (tmp_path / "0002_a.up.sql").symlink_to(tmp_path / "0001_a.up.sql")
    assert len(native.read(tmp_path).migrations) == 2
