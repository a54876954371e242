"""`dbconsole validate` and `new`, which need no server."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli import shapes
from tests.cli.console import Console
from tests.migrations.project import write


class TestValidate:
    def test_nothing_to_complain_about(self, console: Console, project: Path) -> None:
        done = console("validate")
        assert (done.code, done.out) == (0, "3 migrations, nothing to complain about\n")

    def test_findings(self, console: Console, project: Path) -> None:
        (project / "0002_ada.down.sql").unlink()
        write(project, "0005_gap", "SELECT 1;\nSELEC 2;", "SELECT 1;")
        done = console("validate", project)
        assert done.code == 1
        assert "! 0002_ada.up.sql  0002_ada has no down file, so it cannot be rolled back." in done.out
        assert "! 0005_gap.up.sql:2:1  " in done.out
        assert done.out.splitlines()[-1] == "4 migrations, 3 findings"

    def test_as_a_document(self, console: Console, project: Path) -> None:
        shapes.check("validate", console("validate", "--json").document)
        write(project, "0005_gap", "SELEC 2;")
        document = console("validate", "--json").document
        shapes.check("validate", document)
        assert document["ok"] is False
        assert {"file": "0005_gap.up.sql", "line": 1, "column": 1} in [
            {key: finding[key] for key in ("file", "line", "column")} for finding in document["findings"]
        ]

    def test_what_makes_it_unusable(self, console: Console, project: Path) -> None:
        write(project, "1_other", "SELECT 1;", "SELECT 1;")
        done = console("validate", "--json")
        assert done.code == 2
        shapes.check("validate", done.document)
        assert any(finding["fatal"] for finding in done.document["findings"])

    def test_a_hostile_file_name(self, console: Console, project: Path) -> None:
        (project / "0009_\x1b[31m.sql").write_text("")
        (project / os.fsdecode(b"0010_\xff.sql")).write_text("")
        done = console("validate")
        assert done.code == 1
        assert "0009_␛[31m.sql" in done.out
        assert console("validate", "--json").code == 1


class TestNew:
    def test_the_next_number(self, console: Console, project: Path) -> None:
        done = console("new", "Add orders!")
        assert done.code == 0
        assert done.out.splitlines() == [
            str(project / f"0004_add_orders.{part}.sql") for part in ("up", "down", "verify")
        ]
        assert all(Path(line).is_file() for line in done.out.splitlines())

    def test_in_a_folder_without_any(self, console: Console, workplace: Path) -> None:
        assert console("new", "first").code == 0
        assert (workplace / "migrations" / "0001_first.up.sql").is_file()

    def test_where_it_is_told(self, console: Console, workplace: Path) -> None:
        document = console("new", "first", "--dir", "db/steps", "--json").document
        shapes.check("new", document)
        assert document["files"][0] == "db/steps/0001_first.up.sql"
        assert (workplace / "db" / "steps" / "0001_first.down.sql").is_file()

    @pytest.mark.parametrize("name", ["", "…", "\x1b[", "../..", "\udcff"])
    def test_a_name_that_gives_no_file_name(self, console: Console, project: Path, name: str) -> None:
        done = console("new", "--", name)
        assert (done.code, done.out) == (2, "")

    @pytest.mark.parametrize("place", ["/proc/nowhere", "/dev/null", "/dev/null/below"])
    def test_where_nothing_can_be_written(self, console: Console, place: str) -> None:
        done = console("new", "first", "--dir", place)
        assert done.code == 2
        assert done.err.startswith("✗ ")
