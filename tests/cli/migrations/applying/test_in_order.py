"""`dbconsole up` on several targets: all are planned and agreed to, then one after the other is changed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console, Done
from tests.cli.migrations.several import NOWHERE, Add, applied, check, each
from tests.cli.test_streams import DBCONSOLE, ROOT
from tests.cli.test_terminal import terminal, text
from tests.databases import Databases
from tests.migrations.project import write
from tests.pooler import Pooler


class TestUp:
    def test_one_after_the_other(self, console: Console, add: Add) -> None:
        add("dev"), add("test")
        console("up", "test", "--to", "2")
        done = console("up", "dev", "test")
        assert (done.code, done.out) == (0, "")
        lines = done.err.splitlines()
        assert lines[:3] == ["dev: 3 migrations to apply", "test: 1 migration to apply", "dev:"]
        assert lines[6] == "test:"
        assert lines[-3:] == ["✓ dev   3 migrations applied", "✓ test  1 migration applied", "2 of 2 targets done"]
        again = console("up", "dev", "test")
        assert again.err.splitlines()[-3:] == ["✓ dev   nothing to do", "✓ test  nothing to do", "2 of 2 targets done"]

    def test_as_a_document(self, console: Console, add: Add) -> None:
        add("dev"), add("test")
        done = console("up", "dev", "test", "--json")
        check("up", done)
        assert done.err == ""
        assert each(done) == [(name, True, True, "3 migrations applied") for name in ("dev", "test")]

    def test_a_dry_run_plans_for_all(self, console: Console, add: Add) -> None:
        add("dev"), add("prod", guard="production")
        done = console("up", "dev", "prod", "--dry-run")
        assert done.code == 0
        assert re.findall(r"^(?:\w+:|up    \w+)", done.out, re.MULTILINE) == [
            *("dev:", "up    0001_people", "up    0002_ada", "up    0003_age"),
            *("prod:", "up    0001_people", "up    0002_ada", "up    0003_age"),
        ]
        assert done.err.endswith("2 of 2 targets planned\n")
        assert applied(console, "dev") == []

    def test_a_missing_consent_stops_before_anything(self, console: Console, add: Add) -> None:
        add("dev"), add("prod", guard="production")
        done = console("up", "dev", "prod", "--yes")
        assert done.code == 5
        assert "prod is production: to apply 3 migrations, its name must be typed, and it is missing" in done.err
        assert "0 of 2 targets done, 1 failed, 1 not reached; nothing was changed\n" in done.err
        assert applied(console, "dev") == []

    @pytest.mark.parametrize(
        ("names", "code"), [((), 5), (("us",), 5), (("eu", "dev"), 5), (("eu", "us"), 0), (("us", "eu"), 0)]
    )
    def test_each_production_wants_its_name(
        self, console: Console, add: Add, names: tuple[str, ...], code: int
    ) -> None:
        add("eu", guard="production"), add("us", guard="production")
        said = [word for name in names for word in ("--confirm", name)]
        assert console("up", "eu", "us", "--yes", *said).code == code
        assert applied(console, "eu") == applied(console, "us") == ([] if code else ["0001", "0002", "0003"])

    def test_one_that_does_not_answer(self, console: Console, add: Add) -> None:
        add("dev"), add("test")
        stopped = console("up", "dev", NOWHERE, "test", "--yes", "--json")
        assert stopped.code == 3
        check("up", stopped)
        assert [one[1:3] for one in each(stopped)] == [(False, False), (False, True), (False, False)]
        assert applied(console, "dev") == []
        on = console("up", "dev", NOWHERE, "test", "--yes", "--keep-going", "--json")
        assert on.code == 3
        check("up", on)
        assert [one[1:3] for one in each(on)] == [(True, True), (False, True), (True, True)]
        assert on.document["targets"][1]["error"]["title"].startswith("Nothing answers there.")
        assert on.document["summary"] == "2 of 3 targets done, 1 failed"

    @pytest.fixture
    def third_fails(self, add: Add, databases: Databases) -> list[str]:
        """The second of three has a table already."""
        targets = [add(name) for name in ("one", "two", "three")]
        with databases.connect(targets[1]) as connection:
            connection.execute("CREATE TABLE people ()")
        return ["one", "two", "three"]

    def test_one_that_fails_ends_it(self, console: Console, third_fails: list[str]) -> None:
        done = console("up", *third_fails)
        assert done.code == 4
        assert done.err.splitlines()[-4:] == [
            "✓ one    3 migrations applied",
            "✗ two    1 migration failed",
            "! three  not reached",
            "1 of 3 targets done, 1 failed, 1 not reached",
        ]
        assert [len(applied(console, name)) for name in third_fails] == [3, 0, 0]

    def test_or_not(self, console: Console, third_fails: list[str]) -> None:
        done = console("up", *third_fails, "--keep-going", "--json")
        assert done.code == 4
        check("up", done)
        assert [one[1:3] for one in each(done)] == [(True, True), (False, True), (True, True)]
        failed = done.document["targets"][1]
        assert [(one["version"], one["outcome"]) for one in failed["migrations"]] == [("0001", "failed")]
        assert failed["error"]["sqlstate"] == "42P07"
        assert [len(applied(console, name)) for name in third_fails] == [3, 0, 3]

    def test_each_has_its_own_folder(self, console: Console, add: Add, workplace: Path) -> None:
        other = workplace / "other"
        other.mkdir()
        write(other, "0001_other", "CREATE TABLE other ();")
        add("dev"), add("else", migrations=str(other))
        assert console("up", "dev", "else").code == 0
        assert (len(applied(console, "dev")), applied(console, "else")) == (3, ["0001"])

    def test_a_folder_that_is_not_there_is_its_targets(self, console: Console, add: Add) -> None:
        add("dev"), add("lost", migrations="/nowhere/at/all")
        assert console("up", "dev", "lost").code == 2
        assert applied(console, "dev") == []
        assert console("up", "dev", "lost", "--keep-going").code == 2
        assert len(applied(console, "dev")) == 3

    def test_one_behind_a_pooler(
        self, console: Console, add: Add, make_database: Callable[..., Target], poolers: Callable[[int], Pooler]
    ) -> None:
        add("dev")
        far = make_database()
        pooled = poolers(1).target(far).params
        way = f"postgresql://postgres@127.0.0.1:{pooled['port']}/{far.database}?sslmode=disable"
        done = console("up", "dev", way, "--yes")
        assert done.err.endswith("2 of 2 targets done\n")
        assert console("status", "dev", way).out.endswith("✓ in step: 3 migrations applied, the same on both\n")

    def test_each_has_a_backup_of_its_own(self, console: Console, add: Add, workplace: Path) -> None:
        add("dev"), add("test")
        folder = workplace / "backups"
        folder.mkdir()
        done = console("up", "dev", "test", "--backup-to", folder, "--analyze", "--json")
        assert done.code == 0
        paths = {one["backup"]["path"] for one in done.document["targets"]}
        assert paths == set(map(str, folder.iterdir()))
        assert len(paths) == 2

    def test_each_is_tried(self, console: Console, add: Add) -> None:
        add("dev"), add("test")
        done = console("up", "dev", "test", "--trial", "--json")
        assert done.code == 0
        shapes.check("up of several", done.document)
        assert done.document["summary"] == "2 of 2 targets tried"
        assert len(done.document["targets"][1]["migrations"]) == 3
        assert applied(console, "dev") == applied(console, "test") == []

    def test_a_script_is_for_one(self, console: Console, add: Add) -> None:
        add("dev"), add("test")
        assert console("up", "dev", "test", "--sql").code == 2

    def test_all_are_rehearsed_first(self, console: Console, add: Add, databases: Databases) -> None:
        add("dev")
        with databases.connect(add("test")) as connection:
            connection.execute("CREATE TABLE people ()")
        done = console("up", "dev", "test", "--rehearse", "--shadow", "embedded", "--yes")
        assert done.code == 4
        assert "Nothing was applied: " in done.err
        assert applied(console, "dev") == []

    def test_stopped_in_the_middle(self, console: Console, add: Add, project: Path, databases: Databases) -> None:
        """Ctrl-C ends it, whatever was said about going on."""
        add("one")
        two = add("two")
        add("three")
        write(project, "0002_ada", f"SELECT pg_sleep(60) WHERE current_database() = '{two.database}';")
        words = ["up", "one", "two", "three", "--keep-going", "--json"]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        with (
            databases.connect(two) as connection,
            subprocess.Popen([*DBCONSOLE, *words], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running,
        ):
            _wait_until_it_sleeps(connection, running)
            running.send_signal(signal.SIGINT)
            out, said = running.communicate(timeout=60)
        assert running.returncode == 130, said
        done = Done(running.returncode, out.decode(), said.decode())
        check("up", done)
        assert [one[1:3] for one in each(done)] == [(True, True), (False, True), (False, False)]
        assert [len(applied(console, name)) for name in ("one", "two", "three")] == [3, 1, 0]


def _wait_until_it_sleeps(connection: Any, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    asking = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
    while connection.execute(asking).fetchone() == (0,):
        assert running.poll() is None, running.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_all_questions_come_first(console: Console, add: Add) -> None:
    add("dev", guard="confirm"), add("prod", guard="production")
    with terminal("up", "dev", "prod") as opened:
        opened.wait_for("Apply 3 migrations on dev? [y/N]:")
        opened.keys("y", "enter")
        opened.wait_for("Type prod to apply 3 migrations")
        opened.keys("dev", "enter")
        assert opened.wait() == 5
        assert "nothing was changed" in text(opened)
    assert applied(console, "dev") == []


def test_what_changes_after_it_was_agreed_to_is_not_run(console: Console, add: Add) -> None:
    add("dev", guard="confirm"), add("prod", guard="production")
    console("up", "dev", "--to", "2", "--yes")
    with terminal("up", "dev", "prod") as opened:
        opened.wait_for("Apply 1 migration on dev? [y/N]:")
        opened.keys("y", "enter")
        opened.wait_for("Type prod to apply 3 migrations")
        assert console("down", "dev", "--yes").code == 0
        opened.keys("prod", "enter")
        assert opened.wait() == 5
        assert "dev has changed since its plan was agreed to" in text(opened)
    assert (applied(console, "dev"), applied(console, "prod")) == (["0001"], [])


def test_a_password_is_asked_for_once(
    console: Console, add: Add, locked: str, make_database: Callable[..., Target], databases: Databases
) -> None:
    add("dev")
    far = make_database()
    with databases.connect(far) as connection:
        connection.execute(f"GRANT ALL ON DATABASE {far.database} TO {locked}; GRANT ALL ON SCHEMA public TO {locked}")
    with terminal("up", "dev", url(far, user=locked), "--yes") as opened:
        opened.wait_for("Password for")
        opened.keys(*"secret", "enter")
        assert opened.wait() == 0
        assert "2 of 2 targets done" in text(opened)
