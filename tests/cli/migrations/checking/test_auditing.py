"""`dbconsole audit`."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.config.profile import Target
from console.db.local import installations
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.databases import Databases
from tests.migrations.project import write


@pytest.fixture
def other(databases: Databases) -> str:
    """Return the URL of another empty database."""
    return url(databases.make())


class TestOneTarget:
    def test_all_is_there(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        done = console("audit", here)
        assert (done.code, done.err) == (0, "")
        assert "✓ public.people  3/3 columns  rows not known\n" in done.out
        assert done.out.endswith("✓ 1 table found; 100.0 % as expected (5 of 5)\n")

    def test_what_is_pending_is_missing(self, console: Console, here: str, project: Path) -> None:
        write(project, "0004_more", "CREATE TABLE more (id int PRIMARY KEY); CREATE INDEX again ON more (id);", "")
        console("up", here, "--to", "0002")
        done = console("audit", here)
        assert done.code == 1
        assert "≠ public.people  2/3 columns" in done.out
        assert "    column age integer is missing (0003_age, pending)\n" in done.out
        assert "    table public.more is missing (0004_more, pending)\n" in done.out
        assert "again" not in done.out
        assert "✗ 1 of 2 tables found, 1 column missing: public.people.age; 1 table missing: public.more; " in done.out

    def test_rows_are_counted(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        assert "✓ public.people  3/3 columns  1 row\n" in console("audit", here, "--exact").out

    def test_as_a_document(self, console: Console, here: str, project: Path) -> None:
        write(project, "0004_vector", "CREATE EXTENSION vector;", "")
        console("up", here, "--to", "0002")
        done = console("audit", here, "--exact", "--json")
        assert done.code == 1
        shapes.check("audit", done.document)
        [found] = done.document["targets"]
        assert (found["expected"], found["present"], found["missing"], found["success_rate"]) == (6, 4, 2, 66.7)
        [people] = found["tables"]
        assert (people["status"], people["rows"], people["counted"]) == ("differs", 1, True)
        assert people["columns"][2] == {
            "name": "age",
            "status": "missing",
            "detail": None,
            "migration": "0003_age",
            "pending": True,
            "type": None,
            "expected_type": "integer",
        }
        assert [each["name"] for each in found["objects"]] == ["public.people.people_pkey"]
        assert [(each["name"], each["offer"]) for each in found["extensions"]] == [("vector", "available")]

    def test_no_shadow_is_no_answer(
        self, console: Console, here: str, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(installations, "found", lambda: ())
        done = console("audit", here)
        assert (done.code, done.out) == (6, "")
        assert "There is no PostgreSQL on this machine" in done.err
        assert console("audit", here, "--json").document["error"]["title"].startswith("What the migrations")

    def test_nothing_answers(self, console: Console, project: Path) -> None:
        assert console("audit", "postgresql://nobody@127.0.0.1:1/none").code == 3


class TestSeveralTargets:
    def test_side_by_side(self, console: Console, here: str, other: str, project: Path) -> None:
        console("up", here)
        done = console("audit", here, other)
        assert done.code == 1
        head, first, second, last = done.out.splitlines()[-4:]
        assert head.split() == ["target", "tables", "columns", "constraints", "as", "expected"]
        assert first.split()[2:] == ["1/1", "3/3", "1/1", "5/5"]
        assert second.split()[2:] == ["0/1", "0/3", "0/1", "0/5"]
        assert last == "1 of 2 targets as expected"

    def test_one_that_fails_stops_no_other(self, console: Console, here: str, project: Path) -> None:
        """With --keep-going; tests/cli/migrations/test_several.py looks at what comes without."""
        console("up", here)
        nowhere = "postgresql://nobody@127.0.0.1:1/none"
        done = console("audit", nowhere, here, "--json", "--keep-going")
        assert done.code == 3
        shapes.check("audit", done.document)
        failed, good = done.document["targets"]
        assert (failed["ok"], good["ok"]) == (False, True)
        assert failed["error"]["title"]
        plain = console("audit", nowhere, here, "--keep-going")
        assert plain.code == 3
        assert "not audited" in plain.out

    def test_a_word_that_means_nothing(self, console: Console, here: str, project: Path) -> None:
        assert console("audit", here, "nosuchprofile").code == 2


def test_hostile_names(console: Console, here: str, project: Path, scratch: Target, databases: Databases) -> None:
    """`Console` holds what is printed to be harmless."""
    name = "a\x1b[31m\u202e\nb"
    write(
        project, "0004_hostile", f'CREATE TABLE "{name}" ("{name}" int); CREATE INDEX "i{name}" ON "{name}" ((1));', ""
    )
    console("up", here)
    with databases.connect(scratch) as connection:
        connection.execute(f'DROP INDEX "i{name}"; ALTER TABLE "{name}" DROP "{name}"'.encode())
    assert console("audit", here, "--exact").code == 1
    assert console("audit", here, here, "--json").document["targets"][0]["tables"][0]["columns"][0]["name"] == name
