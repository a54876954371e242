"""`dbconsole up`, `down` and `redo`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.console import Console, Done
from tests.databases import Databases
from tests.migrations.project import write


def outcomes(done: Done) -> list[tuple[str, str]]:
    return [(each["version"], each["outcome"]) for each in done.document["migrations"]]


def applied(console: Console, here: str) -> list[str]:
    found = console("status", here, "--json").document["migrations"]
    return [each["version"] for each in found if each["state"] == "applied"]


class TestUp:
    def test_applies_what_is_pending(self, console: Console, here: str, project: Path) -> None:
        done = console("up", here)
        assert done.code == 0
        assert done.out == ""
        assert "✓ 0003_age  applied, 2 statements," in done.err
        assert done.err.splitlines()[-1] == "3 migrations applied"

    def test_again_there_is_nothing_to_do(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        again = console("up", here)
        assert (again.code, again.err) == (0, "nothing to do\n")

    def test_as_a_document(self, console: Console, here: str, project: Path) -> None:
        done = console("up", here, "--json")
        shapes.check("up", done.document)
        assert outcomes(done) == [("0001", "applied"), ("0002", "applied"), ("0003", "applied")]
        assert done.document["summary"] == "3 migrations applied"
        assert done.err == ""

    @pytest.mark.parametrize("version", ["2", "0002"])
    def test_to_is_included(self, console: Console, here: str, project: Path, version: str) -> None:
        console("up", here, "--to", version)
        assert applied(console, here) == ["0001", "0002"]

    def test_out_of_order_must_be_said(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        write(project, "0000_late", "SELECT 1;", "SELECT 1;")
        refused = console("up", here)
        assert refused.code == 5
        assert "0000_late would be applied out of order" in refused.err
        assert console("up", here, "--out-of-order").code == 0

    def test_odd_things_are_told_first(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        write(project, "0001_people", "-- edited")
        write(project, "0004_more", "SELECT 1;")
        done = console("up", here)
        assert done.err.startswith("! 0001_people: The file was edited after it was applied")
        assert done.code == 0

    def test_notices_are_passed_on(self, console: Console, here: str, project: Path) -> None:
        write(project, "0004_loud", "DO $$ BEGIN RAISE WARNING E'mind\\x1b[31m'; END $$;")
        assert "WARNING: mind␛[31m" in console("up", here).err


class TestWhatFails:
    @pytest.fixture
    def failed(self, console: Console, here: str, project: Path) -> Done:
        write(project, "0002_ada", "CREATE TABLE half ();\nINSERT INTO people\n  VALUES (1, no_such);")
        return console("up", here)

    def test_says_where_and_what_remains(self, failed: Done) -> None:
        assert failed.code == 4
        assert "✓ 0001_people  applied" in failed.err
        assert 'column "no_such" does not exist' in failed.err
        assert "Line 3, column 14" in failed.err
        assert "Nothing of 0002_ada remains. Done before it, and staying so: 0001_people." in failed.err

    def test_and_nothing_does(self, failed: Done, scratch: Target, databases: Databases) -> None:
        with databases.connect(scratch) as connection:
            assert connection.execute("SELECT to_regclass('half'), to_regclass('people')::text").fetchone() == (
                None,
                "people",
            )

    def test_as_a_document(self, console: Console, here: str, project: Path) -> None:
        write(project, "0002_ada", "INSERT INTO people VALUES (1, no_such);")
        done = console("up", here, "--json")
        assert done.code == 4
        shapes.check("up", done.document)
        assert outcomes(done) == [("0001", "applied"), ("0002", "failed")]
        error = done.document["error"]
        assert (error["sqlstate"], error["line"], error["column"]) == ("42703", 1, 31)
        assert done.document["migrations"][1]["error"] == error

    def test_a_syntax_error_stops_before_anything(self, console: Console, here: str, project: Path) -> None:
        write(project, "0003_age", "SELECT 1;\nCRAETE TABLE x ();")
        done = console("up", here, "--json")
        assert done.code == 2
        assert (done.document["error"]["line"], done.document["error"]["column"]) == (2, 1)
        assert "0003_age.up.sql" in done.document["error"]["title"]
        assert applied(console, here) == []


class TestDown:
    @pytest.fixture(autouse=True)
    def _applied(self, console: Console, here: str, project: Path) -> None:
        """0001 and 0002 in the first batch, 0003 in the second."""
        console("up", here, "--to", "2")
        console("up", here)

    CASES = (
        ((), ["0001", "0002"]),
        (("--steps", "2"), ["0001"]),
        (("--steps", "99"), []),
        (("--to", "1"), ["0001"]),
        (("--to", "0003"), ["0001", "0002", "0003"]),
        (("--to", "0"), []),
        (("--batch",), ["0001", "0002"]),
        (("--all",), []),
    )

    @pytest.mark.parametrize(("options", "left"), CASES, ids=lambda value: " ".join(value) if value else "alone")
    def test_how_far(self, console: Console, here: str, options: tuple[str, ...], left: list[str]) -> None:
        assert console("down", here, *options).code == 0
        assert applied(console, here) == left

    def test_as_a_document(self, console: Console, here: str) -> None:
        done = console("down", here, "--all", "--json")
        shapes.check("down", done.document)
        assert outcomes(done) == [("0003", "rolled_back"), ("0002", "rolled_back"), ("0001", "rolled_back")]

    def test_with_nothing_applied(self, console: Console, here: str) -> None:
        console("down", here, "--all")
        done = console("down", here)
        assert (done.code, done.err) == (0, "nothing to do\n")

    def test_a_missing_down_is_refused_before_anything(self, console: Console, here: str, project: Path) -> None:
        (project / "0002_ada.down.sql").unlink()
        done = console("down", here, "--all")
        assert done.code == 5
        assert "0002_ada cannot be rolled back: it has no down file" in done.err
        assert len(applied(console, here)) == 3

    def test_redo(self, console: Console, here: str) -> None:
        done = console("redo", here, "--json")
        shapes.check("redo", done.document)
        assert outcomes(done) == [("0003", "rolled_back"), ("0003", "applied")]


class TestDryRun:
    def test_shows_every_statement_and_runs_none(self, console: Console, here: str, project: Path) -> None:
        done = console("up", here, "--dry-run")
        assert done.code == 0
        assert done.out.splitlines()[-3:] == [
            "up    0003_age  2 statements, in one transaction",
            "          1  ALTER TABLE people ADD age int",
            "          2  SELECT 1",
        ]
        assert done.err == "3 migrations to apply\n"
        assert applied(console, here) == []

    @pytest.mark.parametrize("verb", ["up", "down", "redo"])
    def test_as_a_document(self, console: Console, here: str, project: Path, verb: str) -> None:
        if verb != "up":
            console("up", here)
        done = console(verb, here, "--dry-run", "--json")
        shapes.check(f"{verb} --dry-run", done.document)
        assert {outcome for _, outcome in outcomes(done)} == {"planned"}

    def test_says_what_is_outside_a_transaction(self, console: Console, here: str, project: Path) -> None:
        write(project, "0004_index", "-- dbconsole: no-transaction\nCREATE INDEX CONCURRENTLY i ON people (name);")
        assert "0004_index  1 statement, one by one, outside a transaction" in console("up", here, "--dry-run").out

    def test_needs_no_consent(self, console: Console, project: Path, profile: Any) -> None:
        assert console("up", profile("prod", guard="production"), "--dry-run").code == 0
