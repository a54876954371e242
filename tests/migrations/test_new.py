"""New files get the next number and a safe name, and never overwrite."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.errors import UsageError
from console.migrations import new
from console.migrations.files import native
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
    write(tmp_path, existing, "SELECT 1;")
    assert new.create(tmp_path, "b")[0].name == f"{number}_b.up.sql"


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
