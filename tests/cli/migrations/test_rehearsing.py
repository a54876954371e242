"""`dbconsole rehearse`, and `up --rehearse`."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.console import Console
from tests.cli.test_streams import DBCONSOLE, ROOT
from tests.databases import Databases
from tests.migrations.project import write


@pytest.fixture(autouse=True)
def tmp(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have shadows in a folder of the test's own, and see that none is left in it."""
    folder = tmp_path_factory.mktemp("tmp")
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    assert list(folder.glob("dbconsole-shadow-*")) == []
    monkeypatch.setattr(tempfile, "tempdir", None)


def states(console: Console, here: str) -> list[str]:
    return [each["state"] for each in console("status", here, "--json").document["migrations"]]


class TestRehearse:
    def test_a_target(self, console: Console, here: str, project: Path) -> None:
        console("up", here, "--to", "0001")
        done = console("rehearse", here)
        assert done.code == 0
        assert re.search(r"^✓ 0002_ada  up ✓  verify –  down ✓  equal ✓  ", done.out, re.MULTILINE)
        assert re.search(r"^✓ 2 migrations proved in PostgreSQL \d+\.\d+ \(", done.out, re.MULTILINE)
        assert re.search(r"^Rehearsing in PostgreSQL .* with \d+ objects of the target\.$", done.err, re.MULTILINE)
        assert states(console, here) == ["applied", "pending", "pending"]

    def test_a_folder_alone(self, console: Console, project: Path) -> None:
        done = console("rehearse", "--dir", project, "--json")
        assert (done.code, done.document["target"]) == (0, "")
        shapes.check("rehearse", done.document)
        first = done.document["migrations"][0]
        assert [first[part] for part in ("up", "verify", "down", "equal", "again")] == [True] * 5
        assert done.err == ""

    def test_up_to_a_version(self, console: Console, project: Path) -> None:
        done = console("rehearse", "--dir", project, "--to", "2", "--json")
        assert [each["version"] for each in done.document["migrations"]] == ["0001", "0002"]

    def test_nothing_pending(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        done = console("rehearse", here, "--json")
        shapes.check("rehearse", done.document)
        assert (done.code, done.document["summary"]) == (0, "nothing to rehearse")

    def test_a_difference(self, console: Console, project: Path) -> None:
        write(project, "0003_age", "ALTER TABLE people ADD COLUMN IF NOT EXISTS age int;", "SELECT 1;")
        done = console("rehearse", "--dir", project)
        assert done.code == 1
        assert "✗ 0003_age  up ✓  verify –  down ✓  equal ✗" in done.out
        assert "\n    column public.people.age is left behind\n" in done.out
        document = console("rehearse", "--dir", project, "--json").document
        shapes.check("rehearse", document)
        assert document["migrations"][2]["difference"] == [
            {"action": "create", "kind": "column", "name": "public.people.age", "attributes": []}
        ]

    def test_a_failure_has_its_place(self, console: Console, project: Path) -> None:
        write(project, "0002_ada", "SELECT 1;\nINSERT INTO people VALUES (1, nobody);", "SELECT 1;")
        done = console("rehearse", "--dir", project)
        assert done.code == 4
        assert "    Line 2, column 31:\n" in done.out
        assert "! 0003_age  up –  verify –  down –  equal –" in done.out
        document = console("rehearse", "--dir", project, "--json").document
        shapes.check("rehearse", document)
        error = document["migrations"][1]["error"]
        assert (error["line"], error["column"], error["sqlstate"]) == (2, 31, "42703")

    def test_what_cannot_be_tried(self, console: Console, project: Path) -> None:
        write(project, "0003_age", "CREATE EXTENSION nobody_has_it;", "SELECT 1;")
        done = console("rehearse", "--dir", project, "--json")
        shapes.check("rehearse", done.document)
        assert done.code == 6
        assert "nobody_has_it" in done.document["migrations"][2]["reason"]

    def test_what_stood_in_is_said(self, console: Console, project: Path) -> None:
        write(
            project,
            "0002_ada",
            "CREATE EXTENSION pgcrypto; GRANT SELECT ON people TO clerk;",
            "DROP EXTENSION pgcrypto; REVOKE SELECT ON people FROM clerk;",
        )
        done = console("rehearse", "--dir", project, "--shadow", "embedded")
        assert done.code == 0
        assert "pgcrypto stood in for by 36 functions" in done.out
        assert "! added: 1 role: clerk" in done.err
        document = console("rehearse", "--dir", project, "--shadow", "embedded", "--json").document
        shapes.check("rehearse", document)
        assert document["standins"] == [{"extension": "pgcrypto", "functions": 36}]


class TestWhere:
    def test_the_profile_says(self, console: Console, project: Path, profile: Callable[..., str]) -> None:
        document = console("rehearse", profile("dev", shadow="same-server"), "--json").document
        assert (document["ok"], document["shadow"]["source"]) == (True, "same-server")

    def test_the_command_line_says_it_better(
        self, console: Console, project: Path, profile: Callable[..., str]
    ) -> None:
        document = console("rehearse", profile("dev", shadow="same-server"), "--shadow", "embedded", "--json").document
        assert document["shadow"]["source"] == "embedded"

    def test_a_url(self, console: Console, project: Path, here: str) -> None:
        document = console("rehearse", "--dir", project, "--shadow", here, "--json").document
        assert (document["ok"], document["shadow"]["source"]) == (True, "url")

    def test_a_profile_of_a_url(self, console: Console, project: Path, profile: Callable[..., str], here: str) -> None:
        document = console("rehearse", profile("dev", shadow=here), "--json").document
        assert (document["ok"], document["shadow"]["source"]) == (True, "url")

    def test_production_asks_before_a_database_is_made_on_its_server(
        self, console: Console, project: Path, profile: Callable[..., str]
    ) -> None:
        name = profile("prod", guard="production", shadow="same-server")
        refused = console("rehearse", name, "--yes")
        assert refused.code == 5
        assert "make a scratch database on its server" in refused.err
        assert console("rehearse", name, "--confirm", name).code == 0

    def test_production_is_read_without_asking(
        self, console: Console, project: Path, profile: Callable[..., str]
    ) -> None:
        assert console("rehearse", profile("prod", guard="production")).code == 0

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["--shadow", "somewhere"], "local, embedded, same-server"),
            (["--shadow", "same-server"], "no target was given"),
            (["--to", "9"], "There is no migration 9"),
        ],
    )
    def test_what_makes_no_sense(self, console: Console, project: Path, words: list[str], said: str) -> None:
        done = console("rehearse", "--dir", project, *words)
        assert done.code == 2
        assert said in done.err


class TestUp:
    def test_what_was_proved_is_applied(self, console: Console, here: str, project: Path) -> None:
        done = console("up", here, "--rehearse")
        assert done.code == 0
        assert "✓ 0003_age  up ✓" in done.out
        assert done.err.splitlines()[-1] == "3 migrations applied"
        assert states(console, here) == ["applied"] * 3

    def test_as_a_document(self, console: Console, here: str, project: Path) -> None:
        done = console("up", here, "--rehearse", "--json")
        shapes.check("up", done.document)
        shapes.check("rehearse", {"target": "", "ok": True, **done.document["rehearsal"]})

    @pytest.mark.parametrize(
        ("down", "code"), [("SELECT 1;", 1), ("DROP TABLE nowhere;", 4)], ids=["a difference", "a failure"]
    )
    def test_what_was_not_is_not(self, console: Console, here: str, project: Path, down: str, code: int) -> None:
        write(project, "0003_age", "ALTER TABLE people ADD COLUMN IF NOT EXISTS age int;", down)
        done = console("up", here, "--rehearse")
        assert done.code == code
        assert "✗ Nothing was applied: 2 of 3 migrations proved in" in done.err
        document = console("up", here, "--rehearse", "--json").document
        shapes.check("up", document)
        assert document["migrations"] == []
        assert document["rehearsal"]["migrations"][2]["equal"] is (False if code == 1 else None)
        assert states(console, here) == ["pending"] * 3

    def test_nothing_pending_needs_no_shadow(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        document = console("up", here, "--rehearse", "--json").document
        assert "rehearsal" not in document

    @pytest.mark.parametrize("words", [["--rehearse", "--dry-run"], ["--shadow", "local"]])
    def test_what_makes_no_sense(self, console: Console, here: str, project: Path, words: list[str]) -> None:
        assert console("up", here, *words).code == 2


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_can_be_stopped(
    here: str, scratch: Target, project: Path, databases: Databases, tmp: Path, sign: signal.Signals
) -> None:
    """In the middle of a statement in the shadow, which is gone with it."""
    write(project, "0002_ada", "SELECT pg_sleep(60);", "SELECT 1;")
    command = [*DBCONSOLE, "rehearse", here]
    with subprocess.Popen(
        command, cwd=project.parent, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=-1, stderr=-1, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("✓ 0001_people")
        process.send_signal(sign)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "✗ Stopped while migrations were being rehearsed; the shadow is gone." in said
    assert "Nothing was written to the target." in said
