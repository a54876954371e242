"""The standard streams as shells give them: closed, full, broken, or in another encoding. Each in a real process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from console.config.profile import Target
from tests.databases import Databases
from tests.migrations.project import write

DBCONSOLE = [sys.executable, "-m", "console"]
ROOT = Path(__file__).parent.parent.parent


def run(*words: str | bytes, shell: str = "", **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the command; `shell` is what stands behind it on a shell's line."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **options.pop("env", {})}
    argv = ["/bin/sh", "-c", f'exec "$@" {shell}', "sh", *DBCONSOLE, *words] if shell else [*DBCONSOLE, *words]
    done = subprocess.run(argv, env=env, timeout=60, check=False, **{"capture_output": True, **options})
    assert b"Traceback" not in (done.stderr or b"")
    assert b"Exception ignored" not in (done.stderr or b"")
    return done


def test_closed_input(project: Path, here: str) -> None:
    done = run("up", here, shell="<&-")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.endswith(b"3 migrations applied\n")


def test_closed_input_cannot_be_asked(project: Path) -> None:
    assert run(shell="<&-").returncode == 2


def test_closed_output(project: Path, here: str) -> None:
    """Who closes it does not want it. A connection must not take its number."""
    done = run("status", here, "--json", shell=">&-")
    assert (done.returncode, done.stderr) == (0, b"")


def test_closed_error_output(project: Path, here: str) -> None:
    done = run("up", here, "--json", shell="2>&-")
    assert json.loads(done.stdout)["ok"] is True


@pytest.mark.parametrize("words", [["status"], ["status", "--json"], ["query", "SELECT generate_series(1, 99999)"]])
def test_full_output(project: Path, here: str, words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = run(words[0], here, *words[1:], capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert "✗ The output cannot be written: No space left on device." in done.stderr.decode()


@pytest.mark.parametrize("words", [["status"], ["query", "SELECT generate_series(1, 99999)"]])
def test_a_reader_that_leaves(project: Path, here: str, words: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run(words[0], here, *words[1:], capture_output=False, stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert done.returncode == 0


def test_migrations_go_on_when_nobody_listens(project: Path, here: str, scratch: Target, databases: Databases) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = run("up", here, capture_output=False, stdout=writing, stderr=writing)
    os.close(writing)
    assert done.returncode == 0
    with databases.connect(scratch) as connection:
        assert connection.execute("SELECT count(*) FROM dbconsole.migrations").fetchone() == (3,)


@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1"])
def test_other_encodings(project: Path, here: str, locale: str) -> None:
    env = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert "● 3 pending" in run("status", here, env=env).stdout.decode()


def test_words_that_are_no_utf_8(project: Path, here: str) -> None:
    folder = project.rename(os.fsdecode(os.fsencode(project) + b"\xff"))
    done = run("status", here, "--json", "--dir", os.fsencode(folder))
    assert json.loads(done.stdout)["dir"].endswith("⟨DCFF⟩")
    assert run(b"status\xff").returncode == 2


def test_a_statement_that_is_no_utf_8(project: Path, here: str) -> None:
    write(project, "0004_odd", "SELECT 1;")
    done = run("query", here, b"SELECT '\xff'")
    assert done.returncode in (2, 4)
    assert done.stderr.startswith("✗ ".encode())
