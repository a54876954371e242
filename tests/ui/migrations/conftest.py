"""A folder of three migrations, and a target whose profile names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.config.profile import Target
from tests.migrations.project import write
from tests.ui.migrations.going import with_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three migrations."""
    path = tmp_path / "shop"
    path.mkdir()
    check = "SELECT 'people' AS check_name, to_regclass('people') IS NOT NULL AS ok, 'the table' AS detail;"
    write(path, "0001_people", "CREATE TABLE people (id int PRIMARY KEY);", "DROP TABLE people;", check)
    write(path, "0002_ada", "INSERT INTO people VALUES (1);\nINSERT INTO people VALUES (2);", "DELETE FROM people;")
    write(path, "0003_age", "ALTER TABLE people ADD age int;", "ALTER TABLE people DROP age;")
    return path


@pytest.fixture
def target(database: Target, folder: Path) -> Target:
    """Return an empty database whose profile names the folder."""
    return with_folder(database, folder)
