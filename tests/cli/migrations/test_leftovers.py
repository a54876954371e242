"""Leftovers and blockers on the command line: named by status, mended by repair, ended when that is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.cli.terminal.progress import Progress
from console.config.profile import Target
from console.migrations.running.events import StatementProgress, StatementStarted
from tests.cli import shapes
from tests.cli.console import Console
from tests.cli.migrations.test_foreign import states
from tests.cli.test_terminal import terminal, text
from tests.databases import Databases
from tests.migrations.project import write
from tests.migrations.test_progress import SLOW, held

UNIQUE = "-- dbconsole: no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS people_name ON people (name);"


@pytest.fixture
def admin(scratch: Target, databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    with closing(databases.connect(scratch, application_name="forgetful")) as connection:
        yield connection


@pytest.fixture
def twins(console: Console, here: str, project: Path, admin: psycopg.Connection[Any]) -> Path:
    """Return a folder whose last migration wants names to be unique, and a table in which they are not."""
    assert console("up", here).code == 0
    admin.execute("INSERT INTO people VALUES (2, 'Ada, 100 %')")
    write(project, "0004_unique", UNIQUE, "DROP INDEX people_name;")
    return project


def is_valid(admin: psycopg.Connection[Any]) -> object:
    found = admin.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('people_name')").fetchone()
    return found[0] if found else None


class TestTwins:
    def test_the_whole_story(self, console: Console, here: str, twins: Path, admin: psycopg.Connection[Any]) -> None:
        failed = console("up", here)
        assert failed.code == 4
        assert "Key (name)=(Ada, 100 %) is duplicated." in failed.err
        assert "public.people_name on public.people is an invalid index" in failed.err
        assert "dbconsole repair does so now" in failed.err
        status = console("status", here)
        assert "public.people_name on public.people is an invalid index" in status.out
        assert "dbconsole repair --dry-run says what to do about it" in " ".join(status.out.split())
        assert is_valid(admin) is False

        planned = console("repair", here, "--dry-run", "--json").document
        shapes.check("repair", planned)
        [left] = planned["leftovers"]
        assert (left["kind"], left["action"], left["version"], left["outcome"]) == (
            "invalid_index",
            "drop",
            "0004",
            "planned",
        )
        assert is_valid(admin) is False, "nothing was done yet"
        done = console("repair", here)
        assert "0004_unique builds it again." in done.err
        assert "1 thing mended" in done.err
        assert is_valid(admin) is None
        admin.execute("DELETE FROM people WHERE id = 2")
        assert console("up", here).code == 0
        assert is_valid(admin) is True
        assert states(console, here) == ["applied"] * 4
        assert console("status", here, "--json").document["leftovers"] == []

    def test_without_repair(self, console: Console, here: str, twins: Path, admin: psycopg.Connection[Any]) -> None:
        assert console("up", here).code == 4
        admin.execute("DELETE FROM people WHERE id = 2")
        done = console("up", here)
        assert done.code == 0
        assert "public.people_name invalid: that is dropped first" in done.err
        assert is_valid(admin) is True

    def test_of_somebody_else(self, console: Console, here: str, twins: Path, admin: psycopg.Connection[Any]) -> None:
        with pytest.raises(psycopg.Error):
            admin.execute("CREATE UNIQUE INDEX CONCURRENTLY people_name ON people (name)")
        refused = console("up", here)
        assert refused.code == 5
        assert "it is invalid: it was never built to its end" in refused.err
        assert console("repair", here).code == 0
        admin.execute("DELETE FROM people WHERE id = 2")
        assert console("up", here).code == 0
        assert is_valid(admin) is True


def test_what_may_be_meant_so_is_proposed(
    console: Console, here: str, project: Path, admin: psycopg.Connection[Any]
) -> None:
    """Neither counts as a fault: --check is content, and repair does it only when it is asked to."""
    assert console("up", here).code == 0
    admin.execute("ALTER TABLE people ADD CONSTRAINT older CHECK (age > 0) NOT VALID")
    admin.execute("INSERT INTO people (id, name) VALUES (2, 'Ada, 100 %')")
    with pytest.raises(psycopg.Error):
        admin.execute("CREATE UNIQUE INDEX CONCURRENTLY people_name ON people (name)")
    admin.execute("DELETE FROM people WHERE id = 2")
    status = console("status", here, "--check")
    assert status.code == 0
    assert "older on public.people is NOT VALID" in status.out
    shapes.check("status", console("status", here, "--json").document)
    left = console("repair", here, "--yes")
    assert "ALTER TABLE public.people VALIDATE CONSTRAINT older;" in left.err
    assert "REINDEX INDEX CONCURRENTLY public.people_name;" in left.err
    assert "nothing to repair" in left.err
    assert is_valid(admin) is False
    done = console("repair", here, "--validate", "--reindex", "--json").document
    assert sorted(each["action"] for each in done["leftovers"]) == ["reindex", "validate"]
    assert {each["outcome"] for each in done["leftovers"]} == {"done"}
    assert is_valid(admin) is True
    assert console("status", here, "--json").document["leftovers"] == []


class TestBlockers:
    @pytest.fixture(autouse=True)
    def _held(self, console: Console, here: str, project: Path, admin: psycopg.Connection[Any]) -> None:
        assert console("up", here, "--to", "2").code == 0
        admin.execute("BEGIN; LOCK TABLE people IN ACCESS SHARE MODE")

    def test_the_sql_is_said_and_it_goes_on_once_it_is_run(
        self, here: str, admin: psycopg.Connection[Any], databases: Databases, scratch: Target
    ) -> None:
        """On a terminal, by a person in another window."""
        with terminal("up", here) as opened:
            opened.wait_for("waiting for a lock held by pid")
            opened.wait_for("to end it, elsewhere: SELECT pg_terminate_backend(")
            found = re.search(r"elsewhere: (SELECT pg_terminate_backend\(\d+\);)", text(opened))
            assert found is not None
            with databases.connect(scratch) as elsewhere:
                elsewhere.execute(found[1].encode())
            assert opened.wait() == 0
            assert text(opened).count("elsewhere:") == 1

    def test_they_are_ended_when_that_is_asked_for(self, console: Console, here: str) -> None:
        done = console("up", here, "--cancel-blockers", "0.3", "--json")
        assert done.code == 0
        shapes.check("up", done.document)
        [ended] = done.document["ended"]
        assert (ended["means"], ended["outcome"]) == ("terminate", "ended")

    def test_the_question_says_so(self, profile: Callable[..., str]) -> None:
        profile("dev", guard="confirm")
        with terminal("up", "dev", "--cancel-blockers", "1") as opened:
            opened.wait_for("on dev?")
            assert "it waits for longer than 1.00 s is cancelled or" in " ".join(text(opened).split())
            opened.keys("y", "enter")
            assert opened.wait() == 0
            assert "was disconnected; its transaction is rolled back" in " ".join(text(opened).split())

    @pytest.mark.parametrize("seconds", ["-1", "inf", "nan", "soon"])
    def test_it_takes_seconds(self, console: Console, here: str, seconds: str) -> None:
        assert console("up", here, "--cancel-blockers", seconds).code == 2

    @pytest.mark.parametrize("other", ["--dry-run", "--trial", "--sql"])
    def test_it_is_for_a_run(self, console: Console, here: str, other: str) -> None:
        assert console("up", here, "--cancel-blockers", "1", other).code == 2


def test_progress_stands_in_one_line(
    here: str, scratch: Target, databases: Databases, project: Path, admin: psycopg.Connection[Any]
) -> None:
    admin.execute(SLOW)
    write(project, "0004_slow", "-- dbconsole: no-transaction\nCREATE INDEX CONCURRENTLY big_slow ON big (slowly(id));")
    with terminal("up", here) as opened:
        with held(databases, scratch):
            opened.wait_for(" of 30 blocks · ")
            [line] = [line for line in opened.lines if "scanning table" in line]
            assert re.match(r"  1/1 \d+% building index: scanning table · \d+ of 30 blocks · ", line)
        assert opened.wait() == 0
        assert "scanning" not in text(opened)


@pytest.mark.parametrize(
    ("quiet", "said"),
    [
        (
            False,
            ["  1/2 CREATE INDEX i: 10% scanning · 1 of 10 blocks · 31.0 s", "  1/2 CREATE INDEX i: sorting · 1 m 5 s"],
        ),
        (True, []),
    ],
)
def test_without_a_terminal_it_is_told_now_and_again(
    capsys: pytest.CaptureFixture[str], quiet: bool, said: list[str]
) -> None:
    progress = Progress(quiet=quiet)
    progress.take(StatementStarted("0001_i", 1, 2, "CREATE INDEX i", 1))
    told = ((1, "scanning", 0, 10), (31, "scanning", 1, 10), (40, "sorting", 0, 0), (65, "sorting", 0, 0))
    for seconds, phase, done, total in told:
        fraction = done / total if total else None
        progress.take(StatementProgress("0001_i", 1, "CREATE INDEX i", phase, done, total, "blocks", seconds, fraction))
    assert capsys.readouterr().err.splitlines() == said
