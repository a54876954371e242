"""`up --sql`: the printed script, run by the real psql, does what up does, ledger rows included."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from tests import psql
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.cli.migrations.applying.scripts import LEDGERS, lay, rows, states
from tests.databases import Databases
from tests.migrations.foreign import make
from tests.migrations.formats import tools
from tests.migrations.project import write

pytestmark = pytest.mark.tool

_OUTSIDE = "CREATE TABLE t (id int);\nCREATE INDEX CONCURRENTLY t_id ON t (id);\nINSERT INTO t VALUES (1);\n"


@pytest.mark.parametrize("tool", sorted(LEDGERS))
class TestEveryLedger:
    def test_run_by_psql_status_agrees(
        self,
        console: Console,
        script: Callable[..., Path],
        workplace: Path,
        databases: Databases,
        tool: str,
        scratch: Target,
        sibling: Target,
    ) -> None:
        """Half of it by up, the rest by the script; and all of it by a second script after rolling back."""
        found = lay(workplace, tool)
        here, there = url(scratch), url(sibling)
        versions = [each["version"] for each in console("status", here, "--json").document["migrations"]]
        psql.run(scratch, script("up", here, "--to", versions[0]))
        assert states(console, here) == ["applied", "pending", "pending"]
        assert console("up", there, "--yes", "--to", versions[0]).code == 0
        psql.run(scratch, script("up", here))
        assert console("up", there, "--yes").code == 0
        assert states(console, here) == ["applied"] * 3
        assert console("status", here, "--check").code == 0
        assert console("up", here, "--dry-run", "--json").document["migrations"] == []
        for table in (LEDGERS[tool], "dbconsole.history"):
            assert rows(databases, scratch, table) == rows(databases, sibling, table)
        if found is None or found.downs:
            psql.run(scratch, script("down", here, "--all"))
            assert console("down", there, "--all", "--yes").code == 0
            assert states(console, here) == ["pending"] * 3
            for table in (LEDGERS[tool], "dbconsole.history"):
                assert rows(databases, scratch, table) == rows(databases, sibling, table)

    def test_twice_or_elsewhere_it_ends_with_a_sentence(
        self, console: Console, script: Callable[..., Path], workplace: Path, tool: str, scratch: Target
    ) -> None:
        lay(workplace, tool)
        here = url(scratch)
        path = script("up", here)
        psql.run(scratch, path)
        for careful in (True, False):
            said = psql.run(scratch, path, fails=careful, careful=careful)
            assert "is recorded as applied already. It was not run again." in said
            assert "Print it anew with dbconsole up --sql." in said
        assert states(console, here) == ["applied"] * 3

    def test_without_our_schema(
        self,
        console: Console,
        script: Callable[..., Path],
        workplace: Path,
        tool: str,
        scratch: Target,
        databases: Databases,
        profile: Callable[..., str],
    ) -> None:
        if tool == "dbconsole":
            return
        lay(workplace, tool)
        name = profile("dev", history=False)
        psql.run(scratch, script("up", name))
        assert states(console, name) == ["applied"] * 3
        with databases.connect(scratch) as connection:
            assert connection.execute("SELECT to_regnamespace('dbconsole') IS NULL").fetchone() == (True,)


@pytest.mark.slow
@pytest.mark.parametrize("tool", ["dbmate", "supabase", "prisma", "drizzle"])
def test_the_real_tool_agrees(
    console: Console, script: Callable[..., Path], workplace: Path, tool: str, scratch: Target, here: str
) -> None:
    if tool == "supabase":
        (workplace / "supabase").mkdir()
    folder = workplace / (
        "supabase/migrations" if tool == "supabase" else "drizzle" if tool == "drizzle" else "migrations"
    )
    make(folder, tool)
    psql.run(scratch, script("up", here, "--dir", folder))
    if tool == "dbmate":
        assert "Pending: 0" in tools.dbmate(scratch, folder, "status")
    elif tool == "supabase":
        assert all(local == remote for local, remote in tools.supabase_list(scratch, workplace))
    elif tool == "prisma":
        (folder / "migration_lock.toml").write_text('provider = "postgresql"\n')
        assert "Database schema is up to date!" in tools.prisma(scratch, workplace, "migrate", "status")
    else:
        tools.drizzle(scratch, workplace, "drizzle", "migrate")
        assert states(console, here) == ["applied"] * 3


class TestOutsideATransaction:
    @pytest.fixture(autouse=True)
    def _files(self, workplace: Path) -> None:
        folder = workplace / "migrations"
        folder.mkdir()
        write(folder, "0001_t", f"-- dbconsole: no-transaction\n{_OUTSIDE}", "DROP TABLE t;")
        write(folder, "0002_u", "CREATE TABLE u ();", "DROP TABLE u;")

    def test_it_stands_outside_and_is_recorded(
        self, console: Console, script: Callable[..., Path], scratch: Target, here: str, databases: Databases
    ) -> None:
        path = script("up", here)
        assert "-- Statement 2 stands outside a transaction. CREATE INDEX CONCURRENTLY cannot run" in path.read_text()
        psql.run(scratch, path)
        assert states(console, here) == ["applied"] * 2
        assert rows(databases, scratch, "dbconsole.unfinished") == []
        done = console("history", here, "--json").document["history"]
        assert [(each["version"], each["statements"], each["batch"]) for each in done] == [
            ("0002", 1, 1),
            ("0001", 3, 1),
        ]

    def test_a_failure_leaves_the_position_and_both_ways_go_on(
        self, console: Console, script: Callable[..., Path], workplace: Path, scratch: Target, here: str
    ) -> None:
        file = workplace / "migrations" / "0001_t.up.sql"
        good = file.read_text()
        file.write_text(good.replace("VALUES (1)", "VALUES ('x')"))
        said = psql.run(scratch, script("up", here), fails=True)
        assert "invalid input syntax" in said
        assert states(console, here) == ["failed", "pending"]
        file.write_text(good)
        path = script("up", here)
        assert "CREATE INDEX CONCURRENTLY t_id" not in path.read_text()
        psql.run(scratch, path)
        assert states(console, here) == ["applied"] * 2
        assert "is recorded as applied already" in psql.run(scratch, path, fails=True)

    def test_what_a_failed_run_may_have_left_is_not_for_a_script(
        self, console: Console, workplace: Path, here: str
    ) -> None:
        file = workplace / "migrations" / "0001_t.up.sql"
        file.write_text(file.read_text().replace("t_id ON t (id)", "t_id ON t (nothing)"))
        assert console("up", here, "--yes").code == 4
        refused = console("up", here, "--sql")
        assert refused.code == 5
        assert "statement 2 was started, and what it has left is not known" in refused.err

    def test_the_script_of_a_beginning_does_not_fit_what_has_begun(
        self, console: Console, script: Callable[..., Path], workplace: Path, scratch: Target, here: str
    ) -> None:
        file = workplace / "migrations" / "0001_t.up.sql"
        file.write_text(file.read_text().replace("t_id ON t (id)", "t_id ON t (nothing)"))
        path = script("up", here)
        psql.run(scratch, path, fails=True)
        assert "0001_t has stopped half-way. It was not begun again." in psql.run(scratch, path, fails=True)
        refused = console("up", here, "--sql")
        assert refused.code == 5
        assert "what it has left is not known" in refused.err
        assert refused.out == ""


class TestTransactionsOfTheirOwn:
    @pytest.mark.parametrize("tool", ["golang-migrate", "prisma", "flyway"])
    @pytest.mark.parametrize("history", [True, False])
    def test_files_with_several(
        self,
        console: Console,
        script: Callable[..., Path],
        workplace: Path,
        scratch: Target,
        sibling: Target,
        databases: Databases,
        tool: str,
        history: bool,
        profile: Callable[..., str],
    ) -> None:
        """Several BEGIN and COMMIT, SETs before them, and what cannot stand in one at the end."""
        found = make(workplace / "migrations", tool)
        text = (
            "SET search_path = public;\nBEGIN;\nCREATE TABLE mine (id int);\nINSERT INTO mine VALUES (1);\nCOMMIT;\n"
            "BEGIN;\nALTER TABLE mine ADD n text DEFAULT ':it''s \\d 100 %';\nCOMMIT;\n"
            "CREATE INDEX CONCURRENTLY mine_id ON mine (id);\n"
        )
        name = {"golang-migrate": "000011_z.up.sql", "prisma": "20240101000009_z/migration.sql", "flyway": "V9__z.sql"}[
            tool
        ]
        path = workplace / "migrations" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        here = profile("dev", history=history)
        psql.run(scratch, script("up", here))
        assert states(console, here) == ["applied"] * 4
        assert console("up", url(sibling), "--yes").code == 0
        assert rows(databases, scratch, found.table) == rows(databases, sibling, found.table)
        with databases.connect(scratch) as connection:
            assert connection.execute("SELECT n FROM mine").fetchone() == (":it's \\d 100 %",)
            assert connection.execute(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = 'mine_id'::regclass"
            ).fetchone() == (True,)
