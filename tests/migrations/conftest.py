"""A project with three migrations, and its session."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.db.session import Session
from tests.migrations.project import Project


@pytest.fixture
def project(tmp_path: Path, session: Session) -> Project:
    """Return a project whose migrations make, fill and change a table."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    made = Project(folder, session)
    made.write(
        "0001_people",
        "-- People.\nCREATE TABLE people (id int PRIMARY KEY, name text NOT NULL);\n",
        "DROP TABLE people;",
        "SELECT 'people' AS check_name, to_regclass('people') IS NOT NULL AS ok, 'the table' AS detail;",
    )
    made.write("0002_ada", "INSERT INTO people VALUES (1, 'Ada, 100 %');", "DELETE FROM people WHERE id = 1;")
    made.write("0003_age", "ALTER TABLE people ADD age int;", "ALTER TABLE people DROP age;")
    return made
