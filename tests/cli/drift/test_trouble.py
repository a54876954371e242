"""`dbconsole drift` when something is in the way: what is said, the exit code, and that nothing of it stays."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console
from tests.cli.test_streams import DBCONSOLE, ROOT
from tests.databases import Databases
from tests.migrations.foreign import make
from tests.migrations.project import write

DEV = "CREATE TABLE people (id int PRIMARY KEY, name text);"
FOREIGN = (
    "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;"
    "CREATE USER MAPPING FOR postgres SERVER s OPTIONS (\"user\" 'ada', password 'hush');"
)


@pytest.fixture
def near(databases: Databases) -> str:
    """Return the server of the tests as a shadow, which costs less than a server of its own."""
    return url(databases.target("postgres"))


@pytest.fixture
def people(databases: Databases) -> Iterator[Target]:
    """Return a database with one table."""
    target = databases.loaded(DEV)
    yield target
    databases.drop(target)


def scratch_databases(databases: Databases) -> list[Any]:
    """Return what is left of shadows on the tests' server."""
    with databases.connect() as connection:
        return connection.execute("SELECT datname FROM pg_database WHERE datname ^@ 'dbconsole_shadow_'").fetchall()


class TestSides:
    def test_one_that_does_not_answer(self, console: Console, people: Target, near: str) -> None:
        nowhere = "postgresql://ada:hush@127.0.0.1:1/shop"
        for words in ([url(people), nowhere], [nowhere, url(people)]):
            for more in ([], ["--json"], ["--sql"]):
                done = console("drift", *words, "--shadow", near, *more)
                assert (done.code, "Nothing answers there" in done.said) == (3, True)
                assert "hush" not in done.said

    def test_a_wrong_password(self, console: Console, people: Target, locked: str, near: str) -> None:
        words = url(people, user=f"{locked}:wrong")
        done = console("drift", url(people), words, "--shadow", near, "--json")
        assert (done.code, "password" in done.document["error"]["title"]) == (3, True)
        assert ":wrong" not in done.said

    def test_one_behind_a_transaction_pooler(
        self, console: Console, people: Target, poolers: Callable[..., Any], near: str
    ) -> None:
        pooled = f"postgresql://postgres@127.0.0.1:{poolers(2).port}/{people.database}"
        assert console("drift", pooled, pooled, "--shadow", near).code == 0

    def test_a_locked_object(self, console: Console, databases: Databases, people: Target, near: str) -> None:
        with databases.connect(people) as connection, connection.transaction():
            connection.execute("LOCK people IN ACCESS EXCLUSIVE MODE")
            done = console("drift", url(people), url(people), "--shadow", near, "--json")
        assert (done.code, done.document["summary"]) == (6, "no drift in what could be compared; 2 seen, not handled")
        assert {each["name"] for each in done.document["unhandled"]} == {"people", "people.people_pkey"}
        assert all(each["reason"].startswith("locked by pid ") for each in done.document["unhandled"])

    def test_what_touches_a_locked_object_is_not_tried(
        self, console: Console, databases: Databases, people: Target, near: str, workplace: Path
    ) -> None:
        (workplace / "to.sql").write_text("CREATE TABLE people (id int PRIMARY KEY, name varchar(5));")
        with databases.connect(people) as connection, connection.transaction():
            connection.execute("LOCK people IN ACCESS EXCLUSIVE MODE")
            document = console("drift", url(people), "sql:to.sql", "--shadow", near, "--json").document
        assert document["proof"]["state"] == "skipped"
        assert document["proof"]["reason"].startswith("the shadow cannot hold table public.people as it is")


class TestRights:
    def test_what_the_server_keeps_from_a_role(self, console: Console, databases: Databases, near: str) -> None:
        """Options of a user mapping are shown to few; that they are not seen is no difference."""
        target = databases.loaded(FOREIGN)
        with databases.connect() as connection:
            connection.execute("CREATE ROLE drift_onlooker LOGIN")
            done = console("drift", url(target, user="drift_onlooker"), url(target), "--shadow", near, "--json")
            connection.execute("DROP ROLE drift_onlooker")
        databases.drop(target)
        document = done.document
        shapes.check("drift", document)
        assert (done.code, document["changes"]) == (6, [])
        assert "the server shows its options to its owner only" in {each["reason"] for each in document["unhandled"]}

    def test_a_ledger_that_a_role_may_not_read(
        self, console: Console, databases: Databases, scratch: Target, project: Path, near: str
    ) -> None:
        assert console("up", url(scratch), "--to", "2").code == 0
        with databases.connect() as connection:
            connection.execute("CREATE ROLE drift_onlooker LOGIN")
            done = console("drift", url(scratch, user="drift_onlooker"), "--shadow", near)
            connection.execute("DROP ROLE drift_onlooker")
        assert done.code == 5
        assert "The role drift_onlooker may not read dbconsole.migrations" in done.err
        assert "GRANT USAGE ON SCHEMA dbconsole" in done.err

    @pytest.mark.parametrize("tool", ["supabase", "dbconsole"])
    def test_roles_that_a_shadow_on_the_targets_server_lacks(
        self, console: Console, workplace: Path, tmp_path: Path, tool: str
    ) -> None:
        """None is made there, where it would stay."""
        folder = workplace / "migrations"
        folder.mkdir()
        if tool == "supabase":
            make(folder, tool)
        else:
            write(folder, "0001_t", "CREATE TABLE t (); GRANT SELECT ON t TO anon;", "DROP TABLE t;")
        with Databases.started(tmp_path / "server") as bare:
            done = console("drift", url(bare.make()), "--shadow", url(bare.target("postgres")))
            with bare.connect() as connection:
                roles = connection.execute("SELECT FROM pg_roles WHERE rolname = 'anon'").fetchall()
        assert (done.code, roles) == (6, [])
        assert "dir:migrations needs the role anon, which the shadow does not have" in done.err

    def test_secrets_stay_where_they_are(
        self, console: Console, databases: Databases, workplace: Path, near: str
    ) -> None:
        text = "CREATE SUBSCRIPTION c CONNECTION 'password=hush' PUBLICATION p WITH (connect = false, slot_name = NONE)"
        target, empty = databases.loaded(f"{FOREIGN} {text};"), databases.make()
        for more in ([], ["--json"], ["--sql"], ["--snapshot", "s.json", "--report", "r.md"]):
            done = console("drift", url(empty), url(target), "--shadow", near, *more)
            assert (done.code, "hush" in done.said) == (6, False)
        console("drift", url(target), "--snapshot", "s.json")
        for name in ("s.json", "r.md"):
            assert "hush" not in (workplace / name).read_text()
        assert scratch_databases(databases) == [], "a subscription keeps the server from dropping a database"
        with databases.connect(target) as connection:
            connection.execute("DROP SUBSCRIPTION c")
        for each in target, empty:
            databases.drop(each)


class TestFiles:
    @pytest.mark.parametrize(
        ("text", "code", "said"),
        [
            ("DROP DATABASE postgres;", 6, "DROP DATABASE postgres is about what all databases"),
            ("CREATE TABLE t ();\nALTER SYSTEM SET work_mem = '1MB';", 6, "file.sql, line 2: ALTER SYSTEM"),
            ("CREATE ROLE drift_x SUPERUSER;", 6, "line 1: CREATE ROLE drift_x"),
            ("CREATE SUBSCRIPTION s CONNECTION 'password=hush' PUBLICATION p;", 6, "would speak to another server"),
            ("CREATE EXTENSION nobody_has_it;", 6, "needs nobody_has_it, which the shadow does not have"),
            ("CREATE TABLE t (a int);\n\nCREATE TABLE u (\n  b nothing\n);", 4, "Line 4, column 5"),
            ("SELECT 1;\n  SELEKT 2;", 2, "Line 2, column 3: syntax error"),
            ("CREATE TABLE t (a int);\n\\i other.sql\n", 2, "Line 2: \\i is a command of psql"),
            ("CREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\n\\.\n", 2, "Line 2: COPY … FROM STDIN"),
            ("CREATE TABLE \x1b[31mt (a int);", 2, "syntax error"),
        ],
    )
    def test_what_does_not_run(
        self, console: Console, databases: Databases, people: Target, workplace: Path, text: str, code: int, said: str
    ) -> None:
        """The shadow is on the target's own server here, where nothing may be said of what databases share."""
        (workplace / "file.sql").write_text(text)
        done = console("drift", url(people), "sql:file.sql", "--shadow", url(databases.target("postgres")))
        assert (done.code, said in done.err, done.out) == (code, True, ""), done.err
        assert "hush" not in done.said
        assert scratch_databases(databases) == []

    def test_a_subscription_as_pg_dump_writes_it(self, console: Console, workplace: Path, near: str) -> None:
        (workplace / "a.sql").write_text(
            "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p WITH (connect = false, slot_name = 's');"
        )
        assert console("drift", "sql:a.sql", "sql:a.sql", "--shadow", near).code == 0


class TestSnapshots:
    @pytest.fixture
    def taken(self, console: Console, people: Target, workplace: Path) -> dict[str, Any]:
        assert console("drift", url(people), "--snapshot", "taken.json").code == 0
        found = json.loads((workplace / "taken.json").read_text())
        assert isinstance(found, dict)
        return found

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"version": 99}, "was written by a newer dbconsole"),
            ({"version": "1"}, 'It has "1" where a number belongs'),
            ({"format": "another"}, "It does not say that it is one"),
            ({"server_version": None}, "It has null where a number belongs"),
            ({"objects": [{"class": "os.system"}]}, "does not know “os.system”"),
            ({"objects": [{"class": "Table", "key": ["table", "public", 7]}]}, "It has 7 where a text belongs"),
            ({"objects": 5}, "is not what dbconsole writes"),
            ({"locked": [[["table", "a", "b"], "\x1b[31m"]]}, "where a number belongs"),
        ],
    )
    def test_what_is_none(
        self,
        console: Console,
        people: Target,
        workplace: Path,
        taken: dict[str, Any],
        changed: dict[str, Any],
        said: str,
    ) -> None:
        (workplace / "bad.json").write_text(json.dumps({**taken, **changed}))
        done = console("drift", "snapshot:bad.json", url(people))
        assert (done.code, "snapshot:bad.json" in done.err, said in done.err) == (2, True, True), done.err

    def test_half_of_one_and_no_text(self, console: Console, people: Target, workplace: Path, taken: object) -> None:
        (workplace / "bad.json").write_text(json.dumps(taken)[:500])
        assert "line 1, column" in console("drift", "snapshot:bad.json", url(people)).err
        (workplace / "bad.json").write_bytes(b"\xff\xfe")
        assert console("drift", "snapshot:bad.json", url(people)).code == 2
        (workplace / "bad.json").write_text("[" * 100_000)
        assert console("drift", "snapshot:bad.json", url(people)).code == 2

    def test_what_is_in_it_is_only_text(
        self, console: Console, people: Target, workplace: Path, taken: dict[str, Any], near: str
    ) -> None:
        """`Console` looks at every sign that is printed; the statements are the server's to refuse."""
        for made in taken["objects"]:
            if made["class"] == "Table":
                made["comment"] = "\x1b[31m\u202e"
                made["columns"][1]["type"] = "int); DROP TABLE people; --"
        (workplace / "bad.json").write_text(json.dumps(taken))
        for more in ([], ["--json"], ["--report", "r.md"]):
            done = console("drift", url(people), "snapshot:bad.json", "--shadow", near, *more)
            assert done.code == 6
        assert "\x1b" not in (workplace / "r.md").read_text()


class TestStopped:
    """A file that sleeps, in a scratch database on the tests' server."""

    @pytest.fixture
    def running(self, people: Target, workplace: Path, near: str) -> Iterator[subprocess.Popen[bytes]]:
        (workplace / "slow.sql").write_text("CREATE TABLE t ();\nSELECT pg_sleep(60);")
        words = [*DBCONSOLE, "drift", url(people), "sql:slow.sql", "--shadow", near]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(words, cwd=workplace, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        yield process
        process.kill()
        process.communicate()

    @staticmethod
    def sleeper(databases: Databases, process: subprocess.Popen[bytes]) -> int:
        deadline = time.monotonic() + 60
        query = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname ^@ 'dbconsole_shadow_'"
        with databases.connect() as connection:
            while (found := connection.execute(query).fetchone()) is None:
                assert process.poll() is None, process.communicate()
                assert time.monotonic() < deadline
                time.sleep(0.01)
        return int(found[0])

    def test_by_a_person(self, databases: Databases, running: subprocess.Popen[bytes]) -> None:
        self.sleeper(databases, running)
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=60)
        assert running.returncode == 130
        assert "✗ Stopped while two schemas were being compared; the shadow is gone." in said.decode()
        assert "Nothing was written to either side." in said.decode()
        assert scratch_databases(databases) == []

    def test_by_a_lost_connection(self, databases: Databases, running: subprocess.Popen[bytes]) -> None:
        pid = self.sleeper(databases, running)
        with databases.connect() as connection:
            connection.execute("SELECT pg_terminate_backend(%s)", [pid])
        _, said = running.communicate(timeout=60)
        assert running.returncode == 3
        assert "✗ The connection was lost while running line 2." in said.decode()
        assert "Nothing was written to either side." in said.decode()
        assert scratch_databases(databases) == []
