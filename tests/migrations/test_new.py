"""New files get the next number and a safe name, and never overwrite."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from console.errors import UsageError
from console.migrations import new
from console.migrations.files import formats, native
from tests.migrations.foreign import make
from tests.migrations.project import write


def test_the_first_files_of_a_new_folder(tmp_path: Path) -> None:
    made = new.create(tmp_path / "db" / "migrations", "Add people")
    assert [path.name for path in made] == [
        "0001_add_people.up.sql",
        "0001_add_people.down.sql",
        "0001_add_people.verify.sql",
    ]
    assert native.read(tmp_path / "db" / "migrations").migrations[0].name == "add_people"


@pytest.mark.parametrize(
    ("existing", "number"),
    [("0009_a", "0010"), ("9_a", "0010"), ("00099_a", "00100"), ("20260101120000_a", "20260101120001")],
)
def test_the_next_number_keeps_the_width(tmp_path: Path, existing: str, number: str) -> None:
    write(tmp_path, existing, "SELECT 1;", verify="SELECT 1;")
    assert new.create(tmp_path, "b")[0].name == f"{number}_b.up.sql"


@pytest.mark.parametrize(
    ("tool", "made"),
    [
        ("dbmate", ["20261121120000_b.sql"]),
        ("supabase", ["20261121120000_b.sql"]),
        ("goose", ["00004_b.sql"]),
        ("golang-migrate", ["000011_b.up.sql", "000011_b.down.sql"]),
        ("flyway", ["V2__b.sql"]),
        ("diesel", ["2026-11-21-120000_b/up.sql", "2026-11-21-120000_b/down.sql"]),
        ("prisma", ["20261121120000_b/migration.sql"]),
        ("sqlx", ["20261121120000_b.up.sql", "20261121120000_b.down.sql"]),
        ("node-pg-migrate", ["1795262400000_b.sql"]),
    ],
)
def test_new_files_have_the_format_of_the_folder_and_come_last(tmp_path: Path, tool: str, made: list[str]) -> None:
    make(tmp_path, tool)
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    assert [str(path.relative_to(tmp_path)) for path in new.create(tmp_path, "b", now=noon)] == made
    folder = formats.read(tmp_path)
    assert folder.format == tool
    assert [each.label for each in folder.migrations][-1].endswith("b")
    assert len(folder.migrations) == 4


def test_a_version_comes_last_even_when_the_newest_lies_ahead_of_the_clock(tmp_path: Path) -> None:
    make(tmp_path, "dbmate")
    past = datetime(2020, 1, 1, tzinfo=UTC)
    assert new.create(tmp_path, "b", now=past)[0].name == "20240101000004_b.sql"


def test_drizzle_writes_its_journal_itself(tmp_path: Path) -> None:
    make(tmp_path, "drizzle")
    with pytest.raises(UsageError, match="journal") as caught:
        new.create(tmp_path, "b")
    assert "drizzle-kit generate --custom" in caught.value.hint


@pytest.mark.parametrize("tool", ["supabase", "prisma"])
def test_an_empty_folder_of_a_tool_gets_its_format(tmp_path: Path, tool: str) -> None:
    new.create(tmp_path / tool / "migrations", "first")
    assert formats.read(tmp_path / tool / "migrations").format == tool


@pytest.mark.parametrize(
    ("name", "slug"),
    [("add_orders", "add_orders"), ("../../etc/passwd", "etc_passwd"), ("a\x1b[31m", "a_31m"), ("x" * 300, "x" * 80)],
)
def test_a_name_is_made_safe(name: str, slug: str) -> None:
    assert new.slug(name) == slug


@pytest.mark.parametrize("name", ["", "///", "…", "Ελλάδα"])
def test_a_name_without_letters_is_wrong_usage(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="gives no file name"):
        new.create(tmp_path, name)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    write(tmp_path, "0001_a", "SELECT 'mine';")
    new.create(tmp_path, "a")
    assert (tmp_path / "0001_a.up.sql").read_text() == "SELECT 'mine';"
