"""`dbconsole adopt` and `dbconsole repair`, on our own ledger and on those of other tools."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.console import Console
from tests.cli.migrations.test_foreign import states, value
from tests.databases import Databases
from tests.migrations.foreign import TOOLS, Foreign, make

MARKING = {
    "golang-migrate": "UPDATE schema_migrations SET dirty = true",
    "prisma": "UPDATE _prisma_migrations SET finished_at = NULL, logs = 'no such table'"
    " WHERE migration_name LIKE '%03_age'",
    "flyway": "UPDATE flyway_schema_history SET success = false WHERE version = '1.10'",
}
EDITABLE = sorted(TOOLS)


@pytest.fixture(params=sorted(TOOLS))
def foreign(request: pytest.FixtureRequest, workplace: Path) -> Foreign:
    return make(workplace / "migrations", request.param)


def run(databases: Databases, target: Target, sql: str) -> None:
    with databases.connect(target) as connection:
        connection.execute(sql)


class TestAdopt:
    def test_records_and_runs_nothing(
        self, console: Console, here: str, foreign: Foreign, scratch: Target, databases: Databases
    ) -> None:
        second = console("status", here, "--json").document["migrations"][1]["version"]
        planned = console("adopt", here, "--to", second, "--dry-run", "--json")
        shapes.check("adopt", planned.document)
        assert states(console, here) == ["pending"] * 3
        done = console("adopt", here, "--to", second, "--yes", "--json")
        shapes.check("adopt", done.document)
        assert [each["outcome"] for each in done.document["migrations"]] == ["adopted"] * 2
        assert states(console, here) == ["applied", "applied", "pending"]
        assert value(databases, scratch, "SELECT to_regclass('public.people') IS NULL") is True
        assert console("adopt", here, "--yes").code == 0
        assert states(console, here) == ["applied"] * 3
        assert "nothing to record" in console("adopt", here, "--yes").err
        history = console("history", here, "--json").document["history"]
        assert {each["outcome"] for each in history} == {"adopted"}

    def test_our_own(self, console: Console, here: str, project: Path) -> None:
        assert console("adopt", here, "--to", "2", "--yes").code == 0
        assert states(console, here) == ["applied", "applied", "pending"]

    def test_moves_to_our_ledger(
        self, console: Console, here: str, foreign: Foreign, scratch: Target, databases: Databases
    ) -> None:
        first = console("status", here, "--json").document["migrations"][0]["version"]
        assert console("up", here, "--to", first, "--yes").code == 0
        before = value(databases, scratch, f"SELECT count(*) FROM {foreign.table}")
        assert console("adopt", here, "--ledger", "dbconsole", "--yes").code == 0
        document = console("status", here, "--json").document
        assert (document["format"], document["ledger"]) == (foreign.format, "dbconsole")
        assert "adopt" in document["ledger_reason"]
        assert states(console, here) == ["applied", "pending", "pending"]
        assert console("up", here, "--yes").code == 0
        assert states(console, here) == ["applied"] * 3
        assert value(databases, scratch, f"SELECT count(*) FROM {foreign.table}") == before

    def test_and_back(self, console: Console, here: str, foreign: Foreign) -> None:
        assert console("up", here, "--yes").code == 0
        assert console("adopt", here, "--ledger", "dbconsole", "--yes").code == 0
        assert console("adopt", here, "--ledger", foreign.format, "--yes").code == 0
        assert console("status", here, "--json").document["ledger"] == foreign.format

    def test_a_ledger_that_the_files_cannot_have(self, console: Console, here: str, project: Path) -> None:
        done = console("adopt", here, "--ledger", "prisma", "--yes")
        assert done.code == 2
        assert "cannot have the ledger of prisma" in done.err


class TestRepair:
    def test_nothing(self, console: Console, here: str, foreign: Foreign) -> None:
        assert console("up", here, "--yes").code == 0
        assert "nothing to repair" in console("repair", here, "--yes").err

    @pytest.mark.parametrize("foreign", EDITABLE, indirect=True)
    def test_accepts_an_edited_file(self, console: Console, here: str, foreign: Foreign, workplace: Path) -> None:
        assert console("up", here, "--yes").code == 0
        edited = next(path for path in sorted(workplace.glob("migrations/**/*.sql")) if "CREATE" in path.read_text())
        edited.write_text(edited.read_text().replace("id int", "id bigint"))
        assert states(console, here) == ["edited", "applied", "applied"]
        planned = console("repair", here, "--dry-run", "--json")
        shapes.check("repair", planned.document)
        assert [each["action"] for each in planned.document["repairs"]] == ["accept"]
        assert console("repair", here, "--yes").code == 0
        assert states(console, here) == ["applied"] * 3

    @pytest.mark.parametrize("foreign", sorted(MARKING), indirect=True)
    def test_takes_a_mark_away(
        self, console: Console, here: str, foreign: Foreign, scratch: Target, databases: Databases
    ) -> None:
        assert console("up", here, "--yes").code == 0
        run(databases, scratch, MARKING[foreign.format])
        assert states(console, here)[2] == "failed"
        refused = console("up", here, "--yes")
        assert refused.code == 5
        assert "marked as failed" in refused.err
        assert console("repair", here, "--yes").code == 0
        assert states(console, here) == ["applied", "applied", "pending"]

    def test_a_renamed_file_gets_its_row(self, console: Console, here: str, project: Path) -> None:
        assert console("up", here).code == 0
        for part in ("up", "down"):
            (project / f"0003_age.{part}.sql").rename(project / f"0004_age.{part}.sql")
        assert states(console, here) == ["applied", "applied", "renamed"]
        assert console("up", here).code == 0  # nothing is run twice
        done = console("repair", here, "--yes", "--json")
        assert [each["action"] for each in done.document["repairs"]] == ["rename"]
        assert states(console, here) == ["applied"] * 3
        assert console("status", here, "--json").document["migrations"][2]["version"] == "0004"
