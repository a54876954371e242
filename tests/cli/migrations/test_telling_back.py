"""`dbconsole history`, `verify` and `seed`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import shapes
from tests.cli.console import Console
from tests.migrations.project import write


class TestHistory:
    def test_with_nothing_applied(self, console: Console, here: str) -> None:
        assert console("history", here).out == "nothing was ever applied here\n"
        document = console("history", here, "--json").document
        shapes.check("history", document)
        assert document["history"] == []

    def test_newest_first_and_by_run(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        console("down", here)
        lines = console("history", here).out.splitlines()
        assert "batch 2  postgres (" in lines[0]
        assert lines[1].startswith("  ✓ 0003_age  rolled back")
        assert "batch 1" in lines[2]
        assert [line.split()[1] for line in lines[3:6]] == ["0003_age", "0002_ada", "0001_people"]
        assert lines[-1] == "4 entries"

    def test_a_lone_number_is_n(
        self, console: Console, here: str, project: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        console("up", here)
        monkeypatch.setenv("DATABASE_URL", here)
        document = console("history", "2", "--json").document
        shapes.check("history", document)
        assert [entry["version"] for entry in document["history"]] == ["0003", "0002"]
        assert len(console("history", here, "1", "--json").document["history"]) == 1

    def test_failures_are_in_it(self, console: Console, here: str, project: Path) -> None:
        write(project, "0002_ada", "SELECT no_such;")
        console("up", here)
        lines = console("history", here).out.splitlines()
        assert lines[1].startswith("  ✗ 0002_ada")
        assert "no_such" in lines[2]

    @pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 20, "9" * 5000, "٣", "1.5"])
    def test_what_is_no_number(self, console: Console, here: str, number: str) -> None:
        assert console("history", here, "--", number).code == 2


class TestVerify:
    def test_passed(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        done = console("verify", here)
        assert (done.code, done.out) == (0, "✓ 1/1 passed (100.0 %)\n")

    def test_pending_migrations_are_checked_too(self, console: Console, here: str, project: Path) -> None:
        done = console("verify", here)
        assert done.code == 1
        assert done.out == "✗ 0001_people: people\n    the table\n✗ 0/1 passed (0.0 %)\n"

    def test_as_a_document(self, console: Console, here: str, project: Path) -> None:
        document = console("verify", here, "--json").document
        shapes.check("verify", document)
        assert document["ok"] is False
        assert (document["passed"], document["failed"], document["total"]) == (0, 1, 1)

    def test_without_verify_files(self, console: Console, here: str, project: Path) -> None:
        (project / "0001_people.verify.sql").unlink()
        done = console("verify", here)
        assert (done.code, done.out) == (0, "! no checks: there is no verify file\n")

    def test_hostile_details(self, console: Console, here: str, project: Path) -> None:
        write(
            project, "0003_age", "", verify="SELECT E'\\x1b[31mname' AS check_name, false AS ok, E'\\u009b2J' AS detail"
        )
        assert "␛[31mname" in console("verify", here).out


class TestSeed:
    def test_loads_the_data(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        done = console("seed", here)
        assert done.code == 0
        assert done.err.startswith("✓ sample data loaded in ")

    def test_as_a_document(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        shapes.check("seed", console("seed", here, "--json").document)

    def test_as_much_of_it_as_is_wanted(self, console: Console, here: str, project: Path) -> None:
        console("up", here)
        (project / "data.sql").write_text(
            "INSERT INTO people SELECT 50 + n, 'x'"
            " FROM generate_series(1, current_setting('dbconsole.scale')::integer) AS n"
        )
        assert console("seed", here, "--scale", "7").code == 0
        assert (
            '"7"' in console("query", here, "SELECT count(*)::text FROM people WHERE id > 50", "--format", "json").out
        )

    def test_fills_the_embeddings_that_the_folder_declares(self, console: Console, here: str, project: Path) -> None:
        write(
            project,
            "0004_e",
            "CREATE EXTENSION vector WITH SCHEMA public; ALTER TABLE people ADD e public.vector(1536);",
        )
        (project / "embeddings.toml").write_text(
            '["public.people.e"]\ntext = ["name"]\n["public.people.later"]\ntext = ["name"]\n'
        )
        console("up", here)
        assert "✓ filled 3 embeddings of public.people\n" in console("seed", here).err
        (project / "data.sql").write_text("INSERT INTO people VALUES (7, 'Barbara')")
        done = console("seed", here, "--json")
        shapes.check("seed", done.document)
        assert done.document["embeddings"] == [{"column": "public.people.e", "filled": 1}]

    def test_declarations_that_are_wrong_load_nothing(self, console: Console, here: str, project: Path) -> None:
        (project / "embeddings.toml").write_text('["public.people.e"]\ntext = "name"\n')
        console("up", here)
        done = console("seed", here)
        assert done.code == 2
        assert "embeddings.toml, line 2" in done.err
        assert '"1"' in console("query", here, "SELECT count(*)::text FROM people", "--json").out

    def test_a_filling_that_fails_says_that_the_data_is_there(self, console: Console, here: str, project: Path) -> None:
        (project / "embeddings.toml").write_text('["public.people.name"]\ntext = ["name"]\n')
        console("up", here)
        done = console("seed", here, "--json")
        assert done.code == 2
        assert "The sample data is loaded." in done.document["error"]["detail"]

    def test_what_fails_leaves_nothing(self, console: Console, here: str, project: Path) -> None:
        done = console("seed", here, "--json")
        assert done.code == 4
        assert done.document["error"]["sqlstate"] == "42P01"
        assert "Nothing of it remains." in done.document["error"]["detail"]

    def test_a_folder_without(self, console: Console, here: str, project: Path) -> None:
        (project / "data.sql").unlink()
        done = console("seed", here)
        assert done.code == 2
        assert "There is no sample data" in done.err
