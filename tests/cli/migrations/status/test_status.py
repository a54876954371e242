"""`dbconsole status`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.databases import Databases
from tests.migrations.project import write


def states(document: dict[str, object]) -> dict[str, str]:
    migrations = document["migrations"]
    assert isinstance(migrations, list)
    return {each["version"]: each["state"] for each in migrations}


class TestOnAFreshDatabase:
    def test_everything_is_pending(self, console: Console, here: str, project: Path) -> None:
        done = console("status", here)
        assert done.code == 0
        assert "● 0001_people  pending" in done.out
        assert done.out.splitlines()[1] == "format dbconsole, ledger dbconsole, which is made by the first up"
        assert done.out.splitlines()[-1] == "● 3 pending"

    def test_nothing_is_written(self, console: Console, here: str, project: Path) -> None:
        console("status", here)
        assert "nothing was ever applied here" in console("history", here).out

    def test_as_a_document(self, console: Console, here: str, project: Path) -> None:
        done = console("status", here, "--json")
        shapes.check("status", done.document)
        assert states(done.document) == {"0001": "pending", "0002": "pending", "0003": "pending"}
        assert done.document["summary"] == "3 pending"
        assert done.document["dir"] == str(project)
        assert done.err == ""

    def test_check_is_for_scripts(self, console: Console, here: str, project: Path) -> None:
        assert console("status", here, "--check").code == 1
        assert console("status", here, "--check", "--json").document["ok"] is False
        console("up", here)
        assert console("status", here, "--check").code == 0


class TestWhatDiffers:
    @pytest.fixture(autouse=True)
    def _applied(self, console: Console, here: str, project: Path) -> None:
        assert console("up", here).code == 0

    def test_applied(self, console: Console, here: str) -> None:
        lines = console("status", here).out.splitlines()
        assert lines[2].startswith("✓ 0001_people  applied")
        assert lines[2].endswith("ago  batch 1")
        assert lines[-1] == "✓ 3 applied"

    def test_edited_missing_and_out_of_order(self, console: Console, here: str, project: Path) -> None:
        write(project, "0001_people", "CREATE TABLE people (id bigint);")
        for path in project.glob("0002*"):
            path.unlink()
        write(project, "0000_late", "SELECT 1;")
        done = console("status", here, "--json")
        assert states(done.document) == {"0000": "out_of_order", "0001": "edited", "0002": "missing", "0003": "applied"}
        shown = console("status", here).out
        assert "≠ 0001_people  edited" in shown
        assert "? 0002_ada     missing" in shown
        assert "! 0000_late    out of order" in shown

    def test_it_fits_80_columns(self, console: Console, here: str, project: Path) -> None:
        write(project, "0001_people", "-- edited")
        write(project, "0004_a_name_that_is_as_long_as_names_should_be", "SELECT 1")
        long = [
            line for line in console("status", here).out.splitlines() if len(line) > 80 and str(project) not in line
        ]
        assert not long


def test_hostile_names_are_harmless(
    console: Console, here: str, project: Path, scratch: Target, databases: Databases
) -> None:
    """What a ledger holds was written by somebody else."""
    console("up", here)
    with databases.connect(scratch) as connection:
        connection.execute("UPDATE dbconsole.migrations SET name = E'x\\x1b[31m[bold]\\u202e' WHERE version = '0003'")
    (project / "0003_age.up.sql").unlink()
    (project / "0003_age.down.sql").unlink()
    assert "x␛[31m[bold]⟨202E⟩" in console("status", here).out
    assert console("status", here, "--json").document["migrations"][-1]["name"] == "x\x1b[31m[bold]\u202e"


@pytest.mark.parametrize("colour", [True, False])
def test_colour_is_for_terminals(
    console: Console, here: str, project: Path, monkeypatch: pytest.MonkeyPatch, colour: bool
) -> None:
    """A pipe gets none; tests/cli/test_terminal.py looks at a terminal."""
    if not colour:
        monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in console("status", here).said


class TestWhichFolder:
    def test_the_profiles(self, console: Console, project: Path, profile: Callable[..., str]) -> None:
        moved = project.rename(project.parent / "elsewhere")
        done = console("status", profile("dev", migrations=str(moved)), "--json")
        assert done.document["dir"] == str(moved)

    def test_dir_wins(self, console: Console, here: str, project: Path) -> None:
        project.rename(project.parent / "elsewhere")
        assert console("status", here, "--dir", "elsewhere").code == 0
        assert console("status", here).code == 2

    def test_a_demo_has_its_own(self, console: Console, skintwin: Target) -> None:
        bundled = Path(__file__).parent.parent.parent.parent.parent / "migrations" / "skintwin"
        done = console("status", url(skintwin), "--dir", bundled, "--json")
        assert len(done.document["migrations"]) == 4
