"""`dbconsole up --trial`: what it prints, what it asks for, and how it ends."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.console import Console
from tests.cli.test_streams import DBCONSOLE
from tests.databases import Databases
from tests.migrations.project import write

CONCURRENTLY = "-- dbconsole: no-transaction\nCREATE INDEX CONCURRENTLY people_name ON people (name);"


def untouched(console: Console, here: str) -> bool:
    """Tell whether nothing is applied, and nothing was made."""
    document = console("status", here, "--json").document
    return {each["state"] for each in document["migrations"]} == {"pending"} and "dbconsole" not in _schemas(here)


def _schemas(here: str) -> set[str]:
    with psycopg.connect(here) as connection:
        return {name for (name,) in connection.execute("SELECT nspname FROM pg_namespace")}


class TestWhatIsPrinted:
    def test_all_went(self, console: Console, here: str, project: Path) -> None:
        done = console("up", here, "--trial", "--yes")
        assert done.code == 0
        assert re.search(r"^✓ 0001_people  tried  verify ✓  [\d.]+ m?s$", done.out, re.MULTILINE)
        assert re.search(r"^       2  CREATE TABLE people +[\d.]+ m?s$", done.out, re.MULTILINE)
        assert "public.people: 1 inserted" in done.out
        assert re.search(r"^3 migrations tried; rolled back after .*, nothing remains$", done.err, re.MULTILINE)
        assert untouched(console, here)

    def test_locks_and_files_in_eighty_columns(
        self, console: Console, here: str, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "80")
        console("up", here, "--yes")
        write(
            project,
            "0004_wide",
            f"CREATE TABLE other (id int);\nALTER TABLE people ADD COLUMN {'w' * 40} float DEFAULT random();",
        )
        done = console("up", here, "--trial", "--yes")
        assert "ACCESS EXCLUSIVE on public.people: nobody reads or writes it" in done.out
        assert re.search(r"rewritten: table public\.people, \d", done.out)
        assert "locks up to ACCESS EXCLUSIVE" in done.out
        assert max(map(len, done.out.splitlines())) <= 80

    def test_as_a_document(self, console: Console, here: str, project: Path) -> None:
        done = console("up", here, "--trial", "--yes", "--json")
        shapes.check("up --trial", done.document)
        assert done.document["max_lock"] == 5.0
        assert [each["outcome"] for each in done.document["migrations"]] == ["tried"] * 3
        assert [each["verify"] for each in done.document["migrations"]] == [True, None, None]
        assert done.err == ""

    def test_nothing_to_try(self, console: Console, here: str, project: Path) -> None:
        console("up", here, "--yes")
        done = console("up", here, "--trial", "--json")
        shapes.check("up --trial", done.document)
        assert (done.code, done.document["migrations"]) == (0, [])


class TestHowItEnds:
    def test_something_is_not_tried(self, console: Console, here: str, project: Path) -> None:
        write(project, "0004_index", CONCURRENTLY)
        done = console("up", here, "--trial", "--yes")
        assert done.code == 6
        assert re.search(r"^! 0004_index  not tried$", done.out, re.MULTILINE)
        assert "CREATE INDEX CONCURRENTLY cannot run inside a transaction block." in done.out
        assert "✗ 3 of 4 migrations tried, 1 not tried; rolled back after" in done.err
        document = console("up", here, "--trial", "--yes", "--json").document
        shapes.check("up --trial", document)
        assert document["migrations"][3]["statements"][0]["outcome"] == "not_tried"
        assert untouched(console, here)

    def test_a_statement_fails(self, console: Console, here: str, project: Path) -> None:
        write(project, "0002_ada", "INSERT INTO people VALUES (1, 'Ada');\nINSERT INTO nobody VALUES (1);")
        done = console("up", here, "--trial", "--yes")
        assert done.code == 4
        assert re.search(r"^✗ 0002_ada  failed", done.out, re.MULTILINE)
        assert "Line 2, column 13:" in done.err
        assert "The trial was rolled back; nothing of it remains." in done.err
        assert done.said.count("relation “nobody”") + done.said.count('relation "nobody"') == 1
        document = console("up", here, "--trial", "--yes", "--json").document
        shapes.check("up --trial", document)
        assert document["error"]["sqlstate"] == "42P01"
        assert untouched(console, here)

    def test_a_check_fails(self, console: Console, here: str, project: Path) -> None:
        (project / "0001_people.verify.sql").write_text(
            "SELECT 'odd' AS check_name, false AS ok, 'it is odd' AS detail;"
        )
        done = console("up", here, "--trial", "--yes")
        assert done.code == 1
        assert "verify ✗" in done.out
        assert "the check odd failed: it is odd" in done.out

    @pytest.mark.parametrize(
        ("options", "said"),
        [
            (("--max-lock", "0"), "above 0"),
            (("--max-lock", "-1"), "above 0"),
            (("--max-lock", "nan"), "above 0"),
            (("--dry-run",), "--dry-run runs nothing"),
            (("--sql",), "--trial does not go with it"),
            (("--backup",), "leaves nothing behind"),
            (("--analyze",), "leaves nothing behind"),
        ],
    )
    def test_what_does_not_go_together(
        self, options: tuple[str, ...], said: str, console: Console, here: str, project: Path
    ) -> None:
        done = console("up", here, "--trial", *options)
        assert (done.code, said in done.err) == (2, True)

    def test_the_limit_is_for_trials(self, console: Console, here: str, project: Path) -> None:
        assert console("up", here, "--max-lock", "3").code == 2

    def test_the_limit(self, console: Console, here: str, project: Path) -> None:
        write(project, "0002_ada", "SELECT pg_sleep(60);")
        began = time.monotonic()
        done = console("up", here, "--trial", "--yes", "--max-lock", "0.5")
        assert (done.code, time.monotonic() - began < 50) == (6, True)
        assert "when the time of --max-lock 0.5 s was" in done.out
        assert re.search(r"^! 0003_age  not tried\n    The time of --max-lock 0.5 s was up.$", done.out, re.MULTILINE)


class TestConsent:
    def test_it_asks_as_a_run_does(self, console: Console, project: Path, profile: Callable[..., str]) -> None:
        for name, enough in (
            (profile("careful", guard="confirm"), ("--yes",)),
            (profile("prod", guard="production"), ("--confirm", "prod")),
        ):
            refused = console("up", name, "--trial")
            assert refused.code == 5
            assert "try 3 migrations with locks for at most 5 s, and roll back" in refused.err
            assert console("up", name, "--trial", *enough).code == 0

    def test_rehearsed_first(self, console: Console, here: str, project: Path) -> None:
        done = console("up", here, "--rehearse", "--trial", "--yes", "--json")
        shapes.check("up --trial", done.document)
        assert (done.code, done.document["rehearsal"]["summary"][:20]) == (0, "3 migrations proved ")
        write(project, "0003_age", "ALTER TABLE people ADD IF NOT EXISTS age int;", "SELECT 1;")
        failed = console("up", here, "--rehearse", "--trial", "--yes")
        assert (failed.code, "tried" in failed.out) == (1, False)

    def test_several_targets(self, console: Console, project: Path, profile: Callable[..., str]) -> None:
        names = (
            profile("one", tags=["all"], migrations=str(project)),
            profile("two", tags=["all"], migrations=str(project)),
        )
        done = console("up", *names, "--trial", "--yes")
        assert (done.code, done.out.count("✓ 0003_age")) == (0, 2)
        assert "2 of 2 targets" in done.err or "2 targets" in done.err


def test_a_console_that_is_killed_leaves_no_lock(
    here: str, project: Path, scratch: Target, databases: Databases, home: Path
) -> None:
    """It is stopped, not ended: its connection stays open, so only the server can end the transaction."""
    with databases.connect(scratch) as connection:
        connection.execute("CREATE TABLE t (id int)")
        for path in project.iterdir():
            path.unlink()
        write(project, "0001_slow", "ALTER TABLE t ADD a int;\nSELECT pg_sleep(60);\nALTER TABLE t ADD b int;")
        process = subprocess.Popen(
            [*DBCONSOLE, "up", here, "--trial", "--yes", "--max-lock", "3"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=project.parent,
        )
        try:
            while not _locked(connection):
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(signal.SIGSTOP)
            connection.execute("SET statement_timeout = '50s'")
            connection.execute("SELECT FROM t")
        finally:
            process.kill()
            process.wait()


def _locked(connection: psycopg.Connection) -> bool:
    found = connection.execute("SELECT FROM pg_locks WHERE relation = 't'::regclass AND mode = 'AccessExclusiveLock'")
    return bool(found.fetchall())
