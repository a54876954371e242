"""`dbconsole lint`, and hazards in plans: before anything runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.console import Console
from tests.cli.test_terminal import terminal, text
from tests.databases import Databases
from tests.migrations.project import write


@pytest.fixture
def risky(project: Path) -> Path:
    """Return the project with a fourth migration that nobody should run unseen."""
    write(
        project,
        "0004_token",
        "ALTER TABLE people ADD token uuid DEFAULT gen_random_uuid();",
        "ALTER TABLE people DROP token;",
    )
    return project


def test_a_folder_without_a_server(console: Console, risky: Path) -> None:
    """Each file is looked at as if those before it were long applied."""
    done = console("lint")
    assert done.code == 1
    assert "0004_token\n  ! line 1  ALTER TABLE people ADD token uuid" in done.out
    assert "Rewrites people under ACCESS EXCLUSIVE" in " ".join(done.out.split())
    assert done.out.splitlines()[-1].startswith("✗ 4 migrations: 1 warning, ")
    assert console("lint", risky).out == console("lint", "--dir", risky).out == done.out


def test_a_folder_without_warnings(console: Console, project: Path) -> None:
    done = console("lint", "--json")
    assert done.code == 0
    shapes.check("lint", done.document)
    assert [each["name"] for each in done.document["migrations"]] == ["people", "ada", "age"]


def test_a_target_knows_sizes_and_what_is_pending(console: Console, risky: Path, here: str) -> None:
    """Nothing is applied, so all of it would be made by the same run; later the table is there, and small."""
    assert console("lint", here).out.splitlines()[-1].startswith("✓ 4 pending migrations: ")
    assert console("up", here, "--to", "3", "--yes").code == 0
    done = console("lint", here, "--json")
    shapes.check("lint", done.document)
    assert done.code == 0
    [token] = done.document["migrations"]
    [hazard] = [each for each in token["hazards"] if each["kind"] == "rewrite"]
    assert (hazard["severity"], hazard["relation"], hazard["lock"]) == ("info", "public.people", "ACCESS EXCLUSIVE")
    assert "1 row)" in hazard["detail"] or "public.people" in hazard["detail"]


def test_what_is_large_is_a_warning(
    console: Console, risky: Path, here: str, scratch: Target, databases: Databases
) -> None:
    assert console("up", here, "--to", "3", "--yes").code == 0
    with databases.connect(scratch) as connection:
        connection.execute("INSERT INTO people SELECT g, 'x' FROM generate_series(2, 20000) AS g")
        connection.execute("ANALYZE people")
    done = console("lint", here)
    assert done.code == 1
    assert "≈ 20,000 rows) under ACCESS EXCLUSIVE" in " ".join(done.out.split())


@pytest.mark.parametrize("words", [["a", "b"], ["a", "--dir", "b"]])
def test_more_than_one_folder(console: Console, words: list[str]) -> None:
    assert console("lint", *words).code == 2


def test_a_file_that_does_not_parse(console: Console, project: Path) -> None:
    write(project, "0004_bad", "CREATE TABEL x ();")
    done = console("lint", "--json")
    assert done.code == 1
    assert "syntax error" in done.document["migrations"][-1]["problem"]
    assert console("lint").code == 1


class TestPlans:
    def test_a_dry_run_shows_them_below_the_statements(self, console: Console, risky: Path, here: str) -> None:
        assert console("up", here, "--to", "3", "--yes").code == 0
        write(risky, "0005_gone", "DROP TABLE people;", "SELECT 1;")
        done = console("up", here, "--dry-run")
        assert done.code == 0
        assert "✗ line 1  DROP TABLE people" in done.out
        document = console("up", here, "--dry-run", "--json").document
        shapes.check("up --dry-run", document)
        assert [[each["kind"] for each in step["hazards"]] for step in document["migrations"]] == [
            ["rewrite"],
            ["loss"],
        ]

    def test_a_rollback_says_what_it_would_lose(self, console: Console, project: Path, here: str) -> None:
        """The rows are counted, since nothing has analysed the table."""
        assert console("up", here, "--yes").code == 0
        document = console("down", here, "--all", "--dry-run", "--json").document
        shapes.check("down --dry-run", document)
        details = [each["detail"] for step in document["migrations"] for each in step["hazards"]]
        assert any("Drops public.people" in each and "1 row)" in each for each in details)
        assert any(each.startswith("Drops age of public.people") for each in details)

    def test_a_person_sees_them_before_the_question(
        self, console: Console, risky: Path, profile: Callable[..., str]
    ) -> None:
        name = profile("careful", guard="confirm")
        assert console("up", name, "--to", "3", "--yes").code == 0
        write(risky, "0005_gone", "DROP TABLE people;", "SELECT 1;")
        with terminal("up", name) as opened:
            opened.wait_for("Apply 2 migrations")
            shown = " ".join(text(opened).split())
            assert "✗ line 1 DROP TABLE people" in shown
            assert "1 row): these rows are lost." in shown
            opened.keys("n", "enter")
            assert opened.wait() == 5
        assert console("status", name, "--json").document["migrations"][-1]["state"] == "pending"
