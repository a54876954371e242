"""What stands around a run: preflight before it, a backup, ANALYZE after it; on the command line and as a document."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.console import Console
from tests.cli.test_streams import DBCONSOLE, ROOT
from tests.databases import Databases
from tests.migrations.project import write

_DUMPING = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND application_name = 'dbconsole/backup'"
_MANY = "INSERT INTO people SELECT g, md5(g::text) FROM generate_series(2, 5000) AS g;"


def _rows(databases: Databases, target: Target, sql: str) -> list[tuple[object, ...]]:
    with databases.connect(target) as connection:
        return connection.execute(sql.encode()).fetchall()


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


class TestPreflight:
    def test_a_stop_refuses_before_anything_runs(
        self, console: Console, databases: Databases, scratch: Target, here: str, project: Path
    ) -> None:
        write(project, "0004_more", "CREATE TABLE more ();\nCREATE EXTENSION no_such_thing;")
        done = console("up", here)
        assert done.code == 5
        assert "✗ 0004_more, line 2: this server (PostgreSQL 18." in done.err
        assert "does not have the extension no_such_thing." in done.err
        assert "→ Install no_such_thing where the server runs" in done.err
        assert _rows(databases, scratch, "SELECT FROM pg_namespace WHERE nspname = 'dbconsole'") == []

    def test_as_a_document(self, console: Console, here: str, project: Path) -> None:
        write(project, "0004_more", "CREATE EXTENSION no_such_thing;")
        document = console("up", here, "--json").document
        shapes.check("up", document)
        assert document["summary"] == document["error"]["title"]
        assert [each["status"] for each in document["preflight"] if each["subject"] == "extensions"] == ["stop"]
        assert document["migrations"] == []

    def test_a_dry_run_shows_it_and_goes_on(self, console: Console, here: str, project: Path) -> None:
        write(project, "0004_more", "CREATE EXTENSION no_such_thing;")
        done = console("up", here, "--dry-run")
        assert done.code == 0
        assert done.out.startswith("✗ 0004_more, line 1: ")
        assert done.out.index("✓ PostgreSQL 18.") < done.out.index("up    0001_people")
        document = console("up", here, "--dry-run", "--json").document
        shapes.check("up --dry-run", document)
        assert "stop" in [each["status"] for each in document["preflight"]]

    def test_who_is_not_asked_is_warned(
        self, console: Console, databases: Databases, scratch: Target, here: str, project: Path
    ) -> None:
        assert console("up", here, "--to", "0002").code == 0
        with databases.connect(scratch, application_name="clerk") as other:
            other.execute("BEGIN; LOCK TABLE people IN ACCESS SHARE MODE")
            pid = other.info.backend_pid
            done = console("up", here, "--dry-run")
            assert f"! Pid {pid} (postgres, clerk, idle in transaction" in done.out
            other.execute("ROLLBACK")
        assert "Pid" not in console("up", here, "--yes").err

    def test_down_is_looked_at_as_well(self, console: Console, here: str, project: Path) -> None:
        assert console("up", here).code == 0
        document = console("down", here, "--all", "--dry-run", "--json").document
        shapes.check("down --dry-run", document)
        assert [each["status"] for each in document["preflight"] if each["subject"] == "backup"] == ["warn"]
        assert "The plan drops rows, and no backup is known" in console("down", here, "--all").err

    def test_nothing_to_do_looks_at_nothing(self, console: Console, here: str, project: Path) -> None:
        assert console("up", here).code == 0
        assert "preflight" not in console("up", here, "--json").document


class TestBackup:
    def test_it_is_made_before_the_run(
        self, console: Console, here: str, project: Path, workplace: Path, scratch: Target
    ) -> None:
        done = console("up", here, "--backup")
        assert done.code == 0
        [made] = workplace.glob("*.dump")
        assert made.name.startswith(f"{scratch.database}-")
        assert done.err.index(f"✓ backup  {made.name}") < done.err.index("✓ 0001_people")

    def test_as_a_document(self, console: Console, here: str, project: Path, tmp_path: Path) -> None:
        document = console("up", here, "--backup-to", tmp_path / "mine.dump", "--json").document
        shapes.check("up", document)
        assert document["backup"]["path"] == str(tmp_path / "mine.dump")
        assert document["backup"]["bytes"] == (tmp_path / "mine.dump").stat().st_size

    def test_one_that_fails_stops_the_run(
        self, console: Console, databases: Databases, scratch: Target, here: str, project: Path, tmp_path: Path
    ) -> None:
        done = console("up", here, "--backup-to", tmp_path / "missing" / "a.dump", "--yes")
        assert done.code == 2
        assert "There is no folder" in done.err
        assert _rows(databases, scratch, "SELECT FROM pg_class WHERE relname = 'people'") == []

    def test_a_role_that_may_not_read_all(
        self, console: Console, databases: Databases, scratch: Target, project: Path, workplace: Path
    ) -> None:
        from dataclasses import replace

        from tests.cli.conftest import url

        with databases.connect(scratch) as connection:
            connection.execute("DROP ROLE IF EXISTS around_writer; CREATE ROLE around_writer LOGIN")
            connection.execute("CREATE TABLE secrets (); GRANT CREATE, USAGE ON SCHEMA public TO around_writer")
            connection.execute("CREATE SCHEMA dbconsole AUTHORIZATION around_writer")
        writer = replace(scratch, params={**scratch.params, "user": "around_writer"})
        done = console("up", url(writer), "--backup", "--json")
        assert done.code == 4
        assert "permission denied for table secrets" in done.document["error"]["detail"]
        assert done.document["migrations"] == []
        assert list(workplace.glob("*.dump*")) == []
        with databases.connect(scratch) as connection:
            connection.execute("DROP OWNED BY around_writer; DROP ROLE around_writer")

    def test_ctrl_c_ends_it_and_nothing_is_left(
        self, databases: Databases, scratch: Target, here: str, project: Path, workplace: Path
    ) -> None:
        with databases.connect(scratch) as holder, databases.connect() as beside:
            holder.execute("CREATE TABLE busy ()")
            holder.execute("BEGIN; LOCK TABLE busy")
            command = [*DBCONSOLE, "up", here, "--backup", "--yes"]
            env = {**os.environ, "PYTHONPATH": str(ROOT)}
            running = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            try:
                _until(lambda: beside.execute(_DUMPING, [scratch.database]).fetchall() != [])
                running.send_signal(signal.SIGINT)
                _, said = running.communicate(timeout=60)
            finally:
                running.kill()
            _until(lambda: beside.execute(_DUMPING, [scratch.database]).fetchall() == [])
        assert running.returncode == 130
        assert "✗ The backup was stopped. Nothing has run, and no file was left." in said.decode()
        assert list(workplace.glob("*.dump*")) == []
        assert _rows(databases, scratch, "SELECT FROM pg_class WHERE relname = 'people'") == []

    @pytest.mark.parametrize(
        "words", [["--sql", "--backup"], ["--sql", "--analyze"], ["--backup", "--trial"], ["--analyze", "--trial"]]
    )
    def test_what_does_not_go_together(self, console: Console, here: str, project: Path, words: list[str]) -> None:
        done = console("up", here, *words)
        assert done.code == 2
        assert words[0].strip("-") in done.err

    def test_a_dry_run_says_that_there_would_be_one(self, console: Console, here: str, project: Path) -> None:
        assert "A backup is made first, with pg_dump." in " ".join(
            console("up", here, "--backup", "--dry-run").out.split()
        )

    def test_one_file_is_not_for_several_targets(
        self, console: Console, profile: Callable[..., str], project: Path, tmp_path: Path
    ) -> None:
        one, other = profile("one"), profile("other")
        done = console("up", one, other, "--backup-to", tmp_path / "a.dump")
        assert done.code == 2
        assert "is one file, and there are 2 targets" in done.err


class TestAnalyze:
    def test_it_is_done(
        self, console: Console, databases: Databases, scratch: Target, here: str, project: Path
    ) -> None:
        write(project, "0004_many", _MANY)
        done = console("up", here, "--analyze")
        assert done.code == 0
        assert "✓ analyzed 1 table, " in done.err
        assert _rows(databases, scratch, "SELECT FROM pg_stats WHERE tablename = 'people'") != []

    def test_else_it_is_offered_in_one_line(self, console: Console, here: str, project: Path) -> None:
        write(project, "0004_many", _MANY)
        done = console("up", here)
        assert "up --analyze gathers them at once, else: ANALYZE public.people;\n" in done.err

    def test_a_few_rows_are_not_worth_it(self, console: Console, here: str, project: Path) -> None:
        assert "ANALYZE" not in console("up", here).err

    @pytest.mark.parametrize(("words", "outcome"), [(["--analyze"], "analyzed"), ([], "offered")])
    def test_as_a_document(self, console: Console, here: str, project: Path, words: list[str], outcome: str) -> None:
        write(project, "0004_many", _MANY)
        document = console("up", here, *words, "--json").document
        shapes.check("up", document)
        assert [(each["table"], each["outcome"]) for each in document["analyze"]] == [("public.people", outcome)]
