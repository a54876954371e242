"""An enum's new value used in the transaction that adds it: lint says so where the server refuses it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.migrations.files import formats
from console.migrations.hazards import looking
from console.migrations.hazards.hazard import Kind, Severity
from console.migrations.script import parse
from tests.databases import Databases

GROUND = """
CREATE TYPE mood AS ENUM ('calm');
CREATE TABLE people (id int, mood mood, note text);
"""
ADD = "ALTER TYPE mood ADD VALUE 'glad';\n"
SCRIPTS = [
    (ADD + "UPDATE people SET mood = 'glad';", True),
    (ADD + "ALTER TABLE people ALTER mood SET DEFAULT 'glad';", True),
    (ADD + "CREATE INDEX ON people (id) WHERE mood = 'glad';", True),
    (ADD + "CREATE VIEW glad AS SELECT id FROM people WHERE mood IN ('calm', 'glad');", True),
    (ADD + "BEGIN;\nUPDATE people SET note = 'x';\nCOMMIT;\nBEGIN;\nUPDATE people SET mood = 'glad';\nCOMMIT;", False),
    (f"BEGIN;\n{ADD}COMMIT;\nUPDATE people SET mood = 'glad';\nBEGIN;\nCOMMIT;", False),
    (ADD + "COMMENT ON TABLE people IS 'glad';", False),
    (ADD + "ALTER TYPE mood ADD VALUE 'merry' AFTER 'glad';", False),
    (ADD + "CREATE FUNCTION f() RETURNS mood LANGUAGE plpgsql AS $$ BEGIN RETURN 'glad'; END $$;", False),
    ("CREATE TYPE hue AS ENUM ('red');\nALTER TYPE hue ADD VALUE 'glad';\nSELECT 'glad'::hue;", False),
    ("ALTER TYPE mood RENAME VALUE 'calm' TO 'glad';\nUPDATE people SET mood = 'glad';", False),
    ("UPDATE people SET note = 'glad';\n" + ADD, False),
]


@pytest.mark.parametrize(("script", "fails"), SCRIPTS)
def test_lint_and_the_server_agree(tmp_path: Path, databases: Databases, script: str, *, fails: bool) -> None:
    (tmp_path / "000001_a.up.sql").write_text(script)
    [looked] = looking.apart(formats.read(tmp_path).migrations)
    found = [each for each in looked.hazards if each.kind is Kind.FAIL]
    assert [each.severity for each in found] == ([Severity.WARN] if fails else [])
    if fails:
        assert ("'glad'" in found[0].sentence, found[0].line) == (True, 2)
    with databases.connect(databases.loaded(GROUND)) as connection:
        assert refused(connection, script) is fails


def refused(connection: psycopg.Connection[Any], script: str) -> bool:
    """Send a script as a tool does, all at once, and tell whether a new value was used too soon."""
    try:
        connection.execute(script.encode())
    except psycopg.errors.UnsafeNewEnumValueUsage:
        return True
    return False


def test_a_comment_takes_it_away(tmp_path: Path) -> None:
    (tmp_path / "000001_a.up.sql").write_text(ADD + "-- dbconsole-ignore fail\nUPDATE people SET note = 'glad';")
    [looked] = looking.apart(formats.read(tmp_path).migrations)
    assert Kind.FAIL not in {each.kind for each in looked.hazards}


@pytest.mark.parametrize(
    ("script", "transaction"),
    [
        ("DO $$ BEGIN COMMIT; END $$;", False),
        ("-- in batches\nCALL fill();", False),
        ("DO $$ BEGIN PERFORM 1; END $$;", True),
        ("CREATE TABLE t (id int);\nCALL fill();", True),
    ],
)
def test_a_call_that_is_all_of_a_file_may_end_transactions(tmp_path: Path, script: str, *, transaction: bool) -> None:
    """golang-migrate, Prisma and others send it as it is; only alone it can commit there."""
    (tmp_path / "000001_a.up.sql").write_text(script)
    assert parse(formats.read(tmp_path).migrations[0].up).transaction is transaction
