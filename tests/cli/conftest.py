"""The command, a project of three migrations in the working folder, and profiles for it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.config.profile import Target
from console.db.local.embedded import Embedded
from tests.cli.console import Console
from tests.databases import Databases
from tests.migrations.project import write


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    place = tmp_path / "work"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def console(workplace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Console:
    """Return the command."""
    return Console(capsys, monkeypatch)


@pytest.fixture
def project(workplace: Path) -> Path:
    """Return a folder of three migrations, where it is found without --dir."""
    folder = workplace / "migrations"
    folder.mkdir()
    write(
        folder,
        "0001_people",
        "-- People.\nCREATE TABLE people (id int PRIMARY KEY, name text NOT NULL);\n",
        "DROP TABLE people;",
        "SELECT 'people' AS check_name, to_regclass('people') IS NOT NULL AS ok, 'the table' AS detail;",
    )
    write(folder, "0002_ada", "INSERT INTO people VALUES (1, 'Ada, 100 %');", "DELETE FROM people WHERE id = 1;")
    write(folder, "0003_age", "ALTER TABLE people ADD age int;\nSELECT 1;", "ALTER TABLE people DROP age;")
    (folder / "data.sql").write_text("INSERT INTO people VALUES (2, 'Grace'), (3, 'Edsger');")
    return folder


@pytest.fixture(scope="session")
def one_scratch(databases: Databases) -> Target:
    """Make the database that these tests share: each leaves it empty, which costs less than a database each."""
    return databases.make()


@pytest.fixture
def scratch(one_scratch: Target, databases: Databases) -> Iterator[Target]:
    """Return an empty database, the same for all tests of this folder."""
    yield one_scratch
    with databases.connect(one_scratch) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        connection.execute(
            "DROP SCHEMA IF EXISTS public, dbconsole, drizzle, sqitch, supabase_migrations CASCADE;CREATE SCHEMA public"
        )


@pytest.fixture
def here(scratch: Target) -> str:
    """Return the URL of a fresh database."""
    return url(scratch)


@pytest.fixture
def profile(scratch: Target, home: Path) -> Callable[..., str]:
    """Return a maker of profiles on the fresh database: `profile("prod", guard="production")`."""

    def make(name: str, *, guard: str = "open", **more: object) -> str:
        settings = "".join(
            f"{key} = {json.dumps(value)}\n" for key, value in {"url": url(scratch), "guard": guard, **more}.items()
        )
        file = home / "config" / "config.toml"
        file.parent.mkdir(exist_ok=True)
        with file.open("a") as config:
            config.write(f"[profiles.{name}]\n{settings}")
        return name

    return make


@pytest.fixture
def sibling(make_database: Callable[..., Target]) -> Target:
    """Return another database, on which the runner does what the script does on the first."""
    return make_database()


@pytest.fixture
def script(console: Console, workplace: Path) -> Callable[..., Path]:
    """Return a function that prints a script into a file."""

    def print_it(*words: object) -> Path:
        done = console(*words, "--sql")
        assert done.code == 0, done.said
        path = workplace / "script.sql"
        path.write_text(done.out)
        return path

    return print_it


@pytest.fixture
def add(make_database: Callable[..., Target], home: Path, project: Path) -> Callable[..., Target]:
    """Return a maker of profiles, each on a fresh database of its own: `add("prod", guard="production")`."""
    file = home / "config" / "config.toml"
    file.parent.mkdir(exist_ok=True)

    def make(name: str, *, guard: str = "open", **more: object) -> Target:
        made = make_database()
        said = {"url": url(made), "guard": guard, "migrations": str(project), **more}
        with file.open("a") as config:
            config.write(f"[profiles.{name}]\n" + "".join(f"{key} = {json.dumps(said[key])}\n" for key in said))
        return made

    return make


@pytest.fixture(scope="session")
def locked(server: Embedded, databases: Databases) -> Iterator[str]:
    """Make a role that needs its password, “secret”, and return its name."""
    rules = server.data / "pg_hba.conf"
    before = rules.read_bytes()
    with databases.connect() as connection:
        connection.execute("CREATE ROLE locked LOGIN PASSWORD 'secret'")
        _write(rules, b"local all locked scram-sha-256\n" + before)
        connection.execute("SELECT pg_reload_conf()")
        yield "locked"
        _write(rules, before)
        connection.execute("SELECT pg_reload_conf()")


def url(target: Target, *, user: str | None = None) -> str:
    """Return a database's URL, through the server's socket."""
    params = {**target.params, "user": user or target.params["user"]}
    return f"postgresql://{params['user']}@/{params['dbname']}?host={params['host']}&port={params['port']}"


def _write(path: Path, content: bytes) -> None:
    """Write over a file of the server's, whose owner stays."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_TRUNC), "wb") as file:
        file.write(content)
