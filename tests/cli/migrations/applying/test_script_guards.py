"""A printed script that does not fit ends with a sentence; and what is printed, whatever the names."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from console.config.profile import Target
from tests import psql
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.cli.migrations.applying.scripts import states
from tests.databases import Databases
from tests.migrations.foreign import make
from tests.migrations.project import write

pytestmark = pytest.mark.tool


class TestGuards:
    @pytest.fixture(autouse=True)
    def _files(self, project: Path) -> None:
        """Three migrations of ours."""

    def test_a_running_run_is_not_met(
        self, script: Callable[..., Path], console: Console, scratch: Target, here: str, databases: Databases
    ) -> None:
        assert console("up", here, "--yes", "--to", "1").code == 0
        path = script("up", here)
        with databases.connect(scratch) as runner:
            runner.execute("UPDATE dbconsole.lease SET token = gen_random_uuid(), expires_at = now() + interval '1 h'")
            assert "Migrations are being run here right now." in psql.run(scratch, path, fails=True)
            runner.execute("UPDATE dbconsole.lease SET token = NULL")
        assert states(console, here) == ["applied", "pending", "pending"]
        psql.run(scratch, path)

    def test_a_database_in_another_state(
        self, script: Callable[..., Path], console: Console, scratch: Target, sibling: Target, here: str
    ) -> None:
        assert console("up", here, "--yes", "--to", "2").code == 0
        path = script("up", here)
        assert 'There is no table "dbconsole"."migrations" here.' in psql.run(sibling, path, fails=True)
        assert console("up", url(sibling), "--yes", "--to", "1").code == 0
        said = psql.run(sibling, path, fails=True)
        assert "0002_ada is not recorded as applied, which this script takes for granted." in said
        assert states(console, url(sibling)) == ["applied", "pending", "pending"]

    def test_something_was_run_since(
        self, script: Callable[..., Path], console: Console, scratch: Target, here: str
    ) -> None:
        assert console("up", here, "--yes", "--to", "1").code == 0
        path = script("up", here)
        assert console("up", here, "--yes", "--to", "2").code == 0
        assert console("down", here, "--yes").code == 0
        assert "Migrations were run here since this script was printed." in psql.run(scratch, path, fails=True)

    def test_a_failure_leaves_nothing_of_its_migration_and_none_that_follows(
        self, script: Callable[..., Path], console: Console, project: Path, scratch: Target, here: str
    ) -> None:
        file = project / "0002_ada.up.sql"
        file.write_text("INSERT INTO people VALUES (1, 'Ada');\nSELECT 1/0;")
        said = psql.run(scratch, script("up", here), careful=False)
        assert "division by zero" in said
        assert "0002_ada is not recorded as applied" in said
        assert states(console, here) == ["applied", "pending", "pending"]


class TestOtherWays:
    @pytest.fixture(autouse=True)
    def _files(self, project: Path) -> None:
        """Three migrations of ours, and one that sets what must not reach the next."""
        write(
            project,
            "0004_set",
            "SET ROLE pg_monitor;\nSELECT set_config('search_path', 'nowhere', false);",
            "SELECT 1;",
        )
        write(project, "0005_after", "ALTER TABLE people ADD place text;", "ALTER TABLE people DROP place;")

    def test_an_editor_that_sends_everything_at_once(
        self, script: Callable[..., Path], console: Console, scratch: Target, here: str, databases: Databases
    ) -> None:
        path = script("up", here)
        with databases.connect(scratch) as editor:
            editor.execute(path.read_bytes())
            assert states(console, here) == ["applied"] * 5
            with pytest.raises(psycopg.errors.RaiseException, match="0001_people is recorded as applied already"):
                editor.execute(path.read_bytes())

    def test_two_at_once_apply_it_once(
        self, script: Callable[..., Path], console: Console, scratch: Target, here: str, project: Path
    ) -> None:
        write(
            project,
            "0001_people",
            "CREATE TABLE people (id int, name text);\nSELECT pg_sleep(0.5);",
            "DROP TABLE people;",
        )
        path = script("up", here)
        with ThreadPoolExecutor() as pool:
            said = [each.result() for each in [pool.submit(psql.ended, scratch, path) for _ in range(3)]]
        assert sorted(code for code, _ in said) == [0, 3, 3]
        assert all("is recorded as applied already" in text for code, text in said if code)
        assert states(console, here) == ["applied"] * 5
        assert len(console("history", here, "--json").document["history"]) == 5

    def test_up_waits_for_a_script_at_work(
        self, script: Callable[..., Path], console: Console, scratch: Target, here: str, project: Path
    ) -> None:
        assert console("up", here, "--to", "1", "--yes").code == 0
        slow = "INSERT INTO people VALUES (1, 'Ada');\nSELECT pg_sleep(2.5);"
        write(project, "0002_ada", slow, "DELETE FROM people;")
        path = script("up", here, "--to", "2")
        with ThreadPoolExecutor() as pool:
            running = pool.submit(psql.ended, scratch, path)
            psql.until(
                scratch, "SELECT count(*) FROM pg_stat_activity WHERE query ~ 'pg_sleep\\(2' AND state = 'active'"
            )
            done = console("up", here, "--yes", "--json")
            assert running.result()[0] == 0
        assert [each["outcome"] for each in done.document["migrations"]] == ["skipped", *["applied"] * 3]
        assert states(console, here) == ["applied"] * 5


class TestWhatIsPrinted:
    @pytest.fixture(autouse=True)
    def _files(self, project: Path) -> None:
        """Three migrations of ours."""

    def test_nothing_pending_is_a_comment(self, console: Console, here: str) -> None:
        assert console("up", here, "--yes").code == 0
        done = console("up", here, "--sql")
        assert done.code == 0
        assert all(line.startswith("--") for line in done.out.splitlines())
        assert "nothing to do" in done.out

    def test_nothing_is_written(self, console: Console, here: str, databases: Databases, scratch: Target) -> None:
        assert console("up", here, "--sql").code == 0
        with databases.connect(scratch) as connection:
            assert connection.execute("SELECT to_regnamespace('dbconsole') IS NULL").fetchone() == (True,)

    def test_production_is_not_asked_about(self, console: Console, profile: Callable[..., str]) -> None:
        done = console("up", profile("prod", guard="production"), "--sql")
        assert done.code == 0
        assert "INSERT INTO dbconsole.migrations" in done.out

    def test_as_a_document(self, console: Console, here: str) -> None:
        document = console("up", here, "--sql", "--json").document
        shapes.check("up --sql", document)
        assert [each["outcome"] for each in document["migrations"]] == ["planned"] * 3
        assert document["sql"].startswith("-- Database ")

    @pytest.mark.parametrize("option", ["--dry-run", "--rehearse", "--yes", "--confirm=x"])
    def test_what_does_not_go_with_it(self, console: Console, here: str, option: str) -> None:
        done = console("up", here, "--sql", option)
        assert done.code == 2
        assert option.partition("=")[0] in done.err

    def test_copy_from_stdin_is_refused(self, console: Console, here: str, project: Path) -> None:
        write(project, "0004_rows", "COPY people FROM stdin;\n", "SELECT 1;")
        done = console("up", here, "--sql")
        assert done.code == 2
        assert "0004_rows.up.sql" in done.err
        assert done.out == ""

    @pytest.mark.parametrize(
        ("below", "text"),
        [
            ("supabase/migrations", "SELECT '\\d :name 100 %' -- ;"),
            ("db/migrations", "-- migrate:up\nSELECT ':name'\n-- migrate:down\n"),
        ],
    )
    def test_hostile_names_stay_comments(
        self,
        console: Console,
        here: str,
        script: Callable[..., Path],
        workplace: Path,
        scratch: Target,
        below: str,
        text: str,
    ) -> None:
        line = "\n" if below.startswith("db") else "\r"
        name = f"20240101000001_a' {line}\vDROP SCHEMA public; --\x1b[31m $guard$ %s %(version)s :x \\"
        folder = workplace / below
        folder.mkdir(parents=True)
        (folder / f"{name}.sql").write_text(text)
        path = script("up", here, "--dir", folder)
        printed = path.read_bytes().decode()
        assert not {"\x1b", "\r", "\v"} & set(printed)
        assert not any(each.startswith("DROP SCHEMA") for each in printed.splitlines())
        psql.run(scratch, path)
        assert states(console, here, "--dir", folder) == ["applied"]
        assert "is recorded as applied already" in psql.run(scratch, path, fails=True)
        assert console("status", here, "--dir", folder, "--check").code == 0

    def test_a_ledger_with_a_hostile_name(
        self,
        console: Console,
        script: Callable[..., Path],
        workplace: Path,
        scratch: Target,
        profile: Callable[..., str],
    ) -> None:
        for file in (workplace / "migrations").iterdir():
            file.unlink()
        make(workplace / "migrations", "dbmate")
        name = profile("dev", ledger_table='public.100 % of "it" %(version)s', ledger="dbmate")
        psql.run(scratch, script("up", name, "--to", "20240101000001"))
        assert console("up", name, "--yes").code == 0
        assert states(console, name) == ["applied"] * 3
        assert console("status", name, "--check").code == 0
