"""`dbconsole report`."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from console.migrations.report import writing
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.migrations.project import write
from tests.migrations.reporting import check, section


@pytest.fixture
def applied(console: Console, here: str, project: Path) -> str:
    """Return the URL of a database with two migrations in one batch and the third in another."""
    assert console("up", here, "--to", "0002").code == 0
    assert console("up", here).code == 0
    return here


class TestItsForm:
    def test_on_standard_output(self, console: Console, applied: str) -> None:
        done = console("report", applied)
        assert done.code == 0
        assert done.err == ""
        assert done.out.startswith("# Database synchronisation report\n\n- **Date:** ")
        assert "3 of 3 migrations are applied, in 2 batches." in done.out
        check(done.out)

    def test_as_a_document(self, console: Console, applied: str) -> None:
        done = console("report", applied, "--json")
        shapes.check("report", done.document)
        assert done.document["metrics"]["created"]["tables"] == 1
        assert done.document["metrics"]["created"]["columns_added"] == 1
        assert [phase["batch"] for phase in done.document["phases"]] == [1, 1, 2]
        assert done.document["phases"][2]["objects"] == [
            {"kind": "column", "name": "people.age", "action": "created", "status": "present", "detail": None}
            | {"name": "public.people.age"}
        ]
        assert done.document["rollback"][0]["loses"][0]["name"] == "public.people.age"
        assert done.document["summary"] == "3 applied; 1/1 passed (100.0 %)"

    def test_of_one_batch(self, console: Console, applied: str) -> None:
        done = console("report", applied, "--batch", 2)
        assert re.findall(r"^### Phase .*$", done.out, re.MULTILINE) == ["### Phase 1: `0003_age` · applied"]
        assert "- 1 table: `public.people`" in section(done.out, "### Existing objects")
        assert "- 1 column: `public.people.age`" in section(done.out, "### Missing components")


class TestItsFile:
    def test_is_the_same_text(self, console: Console, applied: str, workplace: Path) -> None:
        done = console("report", applied, "-o", "report.md")
        assert (done.code, done.out) == (0, "")
        assert done.err.splitlines() == ["The report is in report.md.", "3 applied; 1/1 passed (100.0 %)"]
        text = (workplace / "report.md").read_text("utf-8")
        check(text)
        assert "## Next steps" in text
        assert sorted(path.name for path in workplace.iterdir()) == ["migrations", "report.md"]

    def test_replaces_what_is_there_and_keeps_who_may_read_it(
        self, console: Console, applied: str, workplace: Path
    ) -> None:
        file = workplace / "real.md"
        file.write_text("old")
        file.chmod(0o640)
        (workplace / "link.md").symlink_to(file)
        assert console("report", applied, "-o", "link.md").code == 0
        assert (workplace / "link.md").is_symlink()
        assert file.read_text().startswith("# Database")
        assert stat.S_IMODE(file.stat().st_mode) == 0o640

    def test_a_device_is_written_to(self, console: Console, applied: str) -> None:
        assert console("report", applied, "-o", "/dev/null").code == 0
        assert stat.S_ISCHR(os.stat("/dev/null").st_mode)

    def test_with_json_both(self, console: Console, applied: str, workplace: Path) -> None:
        done = console("report", applied, "-o", "report.md", "--json")
        assert done.document["ok"] is True
        assert (workplace / "report.md").exists()

    @pytest.mark.parametrize(
        ("file", "sentence"),
        [
            ("nowhere/report.md", "There is no folder nowhere to write the report into."),
            ("migrations", "migrations is a folder; a report is written to a file."),
        ],
    )
    def test_a_place_that_is_none_is_told_before_anything_is_done(
        self, console: Console, project: Path, file: str, sentence: str
    ) -> None:
        done = console("report", "postgresql://nobody@127.0.0.1:1/none", "-o", file)
        assert (done.code, done.out) == (2, "")
        assert sentence in done.err

    def test_what_was_there_survives_a_failure(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        file = tmp_path / "report.md"
        file.write_text("old")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(Exception, match="No space left on device"):
            writing.write(file, "new")
        assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("report.md", "old")]


class TestItsExitCode:
    def test_pending_is_a_finding(self, console: Console, here: str, project: Path) -> None:
        done = console("report", here)
        assert done.code == 1
        assert "1. Apply 3 pending migrations (0001_people, 0002_ada, 0003_age): dbconsole up TARGET" in done.out

    def test_edited_is_a_finding(self, console: Console, applied: str, project: Path) -> None:
        write(project, "0002_ada", "INSERT INTO people VALUES (1, 'Ada');")
        done = console("report", applied, "--json")
        assert (done.code, done.document["ok"]) == (1, False)
        assert done.document["phases"][1]["state"] == "edited"

    def test_a_failed_check_is_a_finding(self, console: Console, applied: str, project: Path) -> None:
        write(project, "0003_age", (project / "0003_age.up.sql").read_text(), None, "SELECT 'x' AS check_name, 1 AS ok")
        done = console("report", applied)
        assert done.code == 1
        assert "Look at 1 failed check of applied migrations" in section(done.out, "## Next steps")

    def test_nobody_answers(self, console: Console, project: Path) -> None:
        assert console("report", "postgresql://nobody@127.0.0.1:1/none").code == 3

    @pytest.mark.parametrize("words", [["--dir", "nowhere"], ["--batch", "9"], ["--batch", "0"], ["--batch", "x"]])
    def test_wrong_usage(self, console: Console, applied: str, words: list[str]) -> None:
        assert console("report", applied, *words).code == 2


class TestOtherTargets:
    @pytest.fixture
    def others(self, applied: str, project: Path, profile: Callable[..., str], scratch: Target, locked: str) -> str:
        """Return a profile beside others that share its folder or its tag."""
        folder = {"migrations": str(project)}
        profile("same", **folder)
        profile("away", url="postgresql://nobody@127.0.0.1:1/none", **folder)
        profile("locked", url=url(scratch, user=locked), **folder)
        profile("asks", url="postgresql://app:[YOUR-PASSWORD]@127.0.0.1:1/none", **folder)
        profile("command", password_command="touch command-was-run", **folder)
        profile("stranger", migrations="/elsewhere")
        return profile("dev", **folder)

    def test_are_looked_at_without_asking(self, console: Console, others: str, workplace: Path) -> None:
        done = console("report", others, "--json")
        found = {each["target"]: (each["state"], each["detail"]) for each in done.document["others"]}
        assert found.keys() == {"same", "away", "locked", "asks", "command"}
        assert found["same"] == ("in step", "3 applied")
        assert found["locked"] == ("not reachable", "it does not let us in without a password")
        assert found["asks"] == ("not reachable", "it asks for a password")
        assert found["command"] == ("not reachable", "its password command is not run for a report")
        assert found["away"][0] == "not reachable"
        assert not (workplace / "command-was-run").exists()
        assert done.code == 0

    def test_are_said(self, console: Console, others: str) -> None:
        said = section(console("report", others).out, "## Other targets of these migrations")
        assert re.search(r"\| `same` +\| the same folder \| in step +\| 3 applied ", said)


def test_the_command_is_named_for_the_profile(console: Console, project: Path, profile: Callable[..., str]) -> None:
    done = console("report", profile("dev"), "--json")
    assert done.document["next"][0].endswith("dbconsole up dev")
