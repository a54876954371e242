"""Ctrl-C and its kin in the middle of the work: cancelled on the server, the state said, 130."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.cli.console import Console
from tests.cli.test_streams import DBCONSOLE, ROOT
from tests.databases import Databases
from tests.migrations.project import write

SLEEP = "SELECT pg_sleep(60)"
LEASED = (
    "UPDATE dbconsole.lease SET token = gen_random_uuid(), holder = 'another', doing = '0002', since = now(),"
    " expires_at = now() + '1h'"
)


class Running:
    """A command that is at work on a database."""

    def __init__(self, databases: Databases, target: Target, *words: str) -> None:
        self._connection = databases.connect(target)
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen([*DBCONSOLE, *words], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def sleepers(self) -> int:
        """How many statements sleep on the server for it."""
        found = self._connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
        ).fetchone()
        return int(found[0]) if found else 0

    def wait_until_it_sleeps(self) -> None:
        deadline = time.monotonic() + 60
        while not self.sleepers():
            assert self.process.poll() is None, self.process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def signal(self, *signs: signal.Signals) -> tuple[int, str]:
        """Send signals one after the other; return the exit code and what was said."""
        for sign in signs:
            self.process.send_signal(sign)
            time.sleep(0.02)
        _, said = self.process.communicate(timeout=60)
        assert b"Traceback" not in said
        return self.process.returncode, said.decode()

    def tables(self) -> list[str]:
        rows = self._connection.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        return [name for (name,) in rows]

    def close(self) -> None:
        self.process.kill()
        self.process.communicate()
        self._connection.close()


@pytest.fixture
def long_migration(project: Path, here: str, scratch: Target, databases: Databases) -> Iterator[Running]:
    write(project, "0002_ada", f"CREATE TABLE half ();\n{SLEEP};")
    running = Running(databases, scratch, "up", here)
    running.wait_until_it_sleeps()
    yield running
    running.close()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_migration_is_cancelled(long_migration: Running, sign: signal.Signals) -> None:
    code, said = long_migration.signal(sign)
    assert code == 130
    assert "✗ Stopped while 0002_ada was being applied; the server was told to stop as well." in said
    assert "Nothing of 0002_ada remains. Done before it, and staying so: 0001_people." in said
    assert long_migration.sleepers() == 0
    assert sorted(long_migration.tables()) == ["people", "people_pkey"]


def test_a_second_one_changes_nothing(long_migration: Running) -> None:
    code, said = long_migration.signal(signal.SIGINT, signal.SIGINT)
    assert code == 130
    assert "Nothing of 0002_ada remains." in said
    assert long_migration.sleepers() == 0


def test_outside_a_transaction(project: Path, here: str, scratch: Target, databases: Databases) -> None:
    """What is done stays; the statement that ran was told to stop, and the next up goes on with it."""
    write(project, "0002_ada", f"-- dbconsole: no-transaction\nCREATE TABLE half ();\n{SLEEP};")
    running = Running(databases, scratch, "up", here)
    running.wait_until_it_sleeps()
    code, said = running.signal(signal.SIGINT)
    left, tables = running.sleepers(), running.tables()
    running.close()
    assert (code, left) == (130, 0)
    assert "1 of 2 statements are done and stay. dbconsole up goes on with statement 2." in said
    assert "half" in tables


@pytest.mark.parametrize("query", ["LOCK TABLE people", LEASED])
def test_while_it_waits(
    project: Path, here: str, scratch: Target, databases: Databases, console: Console, query: str
) -> None:
    """For a lock, or for another runner: nobody waits any more on the server, and nothing was half-way."""
    assert console("up", here, "--to", "1", "--yes").code == 0
    with databases.connect(scratch) as other:
        other.execute(f"BEGIN; {query}".encode())
        if query.startswith("UPDATE"):
            other.execute("COMMIT")
        running = Running(databases, scratch, "up", here)
        assert running.process.stderr is not None
        wait_for_words(running, b"wait")
        code, said = running.signal(signal.SIGINT)
        waiting = other.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        ).fetchone()
        running.close()
    assert (code, waiting) == (130, (0,))
    assert "Nothing of 0002_ada remains" in said or "none was half-way" in said
    assert console("status", here).code == 0


def wait_for_words(running: Running, words: bytes) -> None:
    """Read what the command says until these words come."""
    assert running.process.stderr is not None
    said = b""
    while words not in said.lower():
        got = os.read(running.process.stderr.fileno(), 4096)
        assert got, said
        said += got


def test_nohup_keeps_a_closed_terminal_away(project: Path, here: str, scratch: Target, databases: Databases) -> None:
    write(project, "0002_ada", SLEEP)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # what a program is started with
    running = Running(databases, scratch, "up", here)
    signal.signal(signal.SIGHUP, before)
    running.wait_until_it_sleeps()
    running.process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        running.process.wait(0.3)
    assert running.sleepers() == 1
    assert running.signal(signal.SIGINT)[0] == 130
    running.close()


@pytest.mark.parametrize("words", [["query", SLEEP], ["verify"], ["seed"]], ids=lambda words: words[0])
def test_other_verbs(project: Path, here: str, scratch: Target, databases: Databases, words: list[str]) -> None:
    write(project, "0001_people", "SELECT 1;", verify=SLEEP)
    (project / "data.sql").write_text(SLEEP)
    running = Running(databases, scratch, words[0], here, *words[1:])
    running.wait_until_it_sleeps()
    code, said = running.signal(signal.SIGINT)
    left = running.sleepers()
    running.close()
    assert (code, left) == (130, 0)
    assert said.startswith("✗ ")


def test_as_a_document(project: Path, here: str, scratch: Target, databases: Databases) -> None:
    write(project, "0002_ada", SLEEP)
    running = Running(databases, scratch, "up", here, "--json")
    running.wait_until_it_sleeps()
    running.process.send_signal(signal.SIGINT)
    out, _ = running.process.communicate(timeout=60)
    running.close()
    document = json.loads(out)
    assert document["ok"] is False
    assert [each["outcome"] for each in document["migrations"]] == ["applied", "failed"]
    assert document["error"]["title"].startswith("Stopped while 0002_ada")


def test_before_there_is_a_server(tmp_path: Path) -> None:
    """A password command that takes its time is interrupted with the verb."""
    config = tmp_path / "config"
    config.mkdir()
    mark = tmp_path / "asked"
    script = tmp_path / "password"
    script.write_text(f"#!/bin/sh\ntouch {mark}\nexec sleep 60\n")
    script.chmod(0o755)
    (config / "config.toml").write_text(
        f"[profiles.dev]\nurl = 'postgresql://app@127.0.0.1:1/app'\npassword_command = '{script}'\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DBCONSOLE_HOME": str(tmp_path)}
    process = subprocess.Popen([*DBCONSOLE, "history", "dev"], env=env, stderr=subprocess.PIPE, start_new_session=True)
    deadline = time.monotonic() + 60
    while not mark.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (3, 130)
    assert b"Traceback" not in said
    assert sys.executable.encode() not in said
