"""Projects that only their own tool runs: their state is told, and every verb that would write names that tool."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.console import Console
from tests.databases import Databases
from tests.migrations.own_tools import OWN, Own


@pytest.fixture(params=sorted(OWN))
def own(request: pytest.FixtureRequest, workplace: Path) -> Own:
    """Write one tool's project, as it lies in a project's top."""
    made = OWN[request.param]
    made.make(workplace)
    return made


@pytest.fixture
def recorded(own: Own, workplace: Path, scratch: Target, databases: Databases) -> Own:
    """Have the first two migrations recorded as applied."""
    with databases.connect(scratch) as connection:
        for statement in own.records(workplace):
            connection.execute(statement)  # type: ignore[call-overload]
    return own


def test_without_a_ledger_all_is_pending(console: Console, here: str, own: Own) -> None:
    document = console("status", here, "--json").document
    shapes.check("status", document)
    assert (document["format"], document["ledger"], document["ledger_table"]) == (own.format, own.format, own.table)
    assert tuple(each["version"] for each in document["migrations"]) == own.versions
    assert [each["state"] for each in document["migrations"]] == ["pending"] * 3
    assert all(each["has_down"] for each in document["migrations"])
    said = console("status", here).out
    assert f"which is made by the first {own.command}" in said
    assert f"“{own.command}” applies them" in said


def test_the_state_is_told(console: Console, here: str, recorded: Own) -> None:
    done = console("status", here, "--check", "--json")
    assert done.code == 1
    assert [each["state"] for each in done.document["migrations"]] == ["applied", "applied", "pending"]
    assert all(each["reason"] is None for each in done.document["migrations"])
    assert "is in the database" in done.document["ledger_reason"]


def test_history_is_what_the_tool_keeps(console: Console, here: str, recorded: Own) -> None:
    found = console("history", here, "--json").document["history"]
    shapes.check("history", console("history", here, "--json").document)
    if recorded.format in ("alembic", "rails"):  # neither keeps when
        assert found == []
        return
    assert [(each["version"], each["outcome"]) for each in found] == [
        (recorded.versions[1], "applied"),
        (recorded.versions[0], "applied"),
    ]
    assert {each["tool"] for each in found} == {recorded.format}
    assert f"with {recorded.format}" in console("history", here, "1").out


REFUSED = [
    ("up", "--yes"),
    ("up", "--dry-run"),
    ("up", "--rehearse", "--yes"),
    ("down", "--yes"),
    ("redo", "--yes"),
    ("adopt", "--yes"),
    ("adopt", "--ledger", "dbconsole", "--yes"),
    ("repair", "--yes"),
    ("rehearse",),
    ("lint",),
    ("report",),
    ("up", "--sql"),
    ("up", "--trial", "--yes"),
]


@pytest.mark.parametrize("words", REFUSED, ids=" ".join)
def test_what_would_write_names_the_tool(console: Console, here: str, recorded: Own, words: tuple[str, ...]) -> None:
    verb, *options = words
    done = console(verb, here, *options)
    assert done.code == 5
    assert "only read here" in done.err
    assert recorded.format in done.err.lower()
    if verb == "up":
        assert recorded.command in done.err
    assert console("status", here, "--json").document["summary"] == "2 applied, 1 pending"


def test_new_and_validate_need_no_server(console: Console, own: Own, workplace: Path) -> None:
    folder = (
        workplace if own.format == "sqitch" else workplace / ("alembic" if own.format == "alembic" else "migrations")
    )
    before = sorted(workplace.rglob("*"))
    done = console("new", "more", "--dir", folder)
    assert done.code == 5
    assert "make the next one with: " in done.err
    assert sorted(workplace.rglob("*")) == before
    found = console("validate", folder, "--json")
    assert (found.code, found.document["format"], found.document["findings"]) == (0, own.format, [])


def test_nothing_is_written_beside_it(
    console: Console, here: str, recorded: Own, scratch: Target, databases: Databases
) -> None:
    console("status", here)
    with databases.connect(scratch) as connection:
        row = connection.execute("SELECT count(*) FROM pg_namespace WHERE nspname = 'dbconsole'").fetchone()
    assert row == (0,)


@pytest.mark.parametrize("own", ["sqitch"], indirect=True)
def test_verify_scripts_are_left_to_sqitch(console: Console, here: str, recorded: Own) -> None:
    done = console("verify", here)
    assert done.code == 5
    assert "sqitch verify" in done.err


@pytest.mark.parametrize("verb", ["status", "up"])
def test_a_profile_may_not_give_its_ledger_to_other_files(
    console: Console, workplace: Path, profile: Callable[..., str], verb: str
) -> None:
    (workplace / "plain").mkdir()
    (workplace / "plain" / "0001_a.up.sql").write_text("SELECT 1;")
    done = console(verb, profile("mine", ledger="alembic"), "--dir", workplace / "plain")
    assert done.code == 2
    assert "these files are no migrations of alembic" in done.err


@pytest.mark.parametrize("own", ["knex"], indirect=True)
def test_a_profile_may_name_tool_and_table(
    console: Console, own: Own, profile: Callable[..., str], scratch: Target, databases: Databases
) -> None:
    with databases.connect(scratch) as connection:
        connection.execute("CREATE SCHEMA app")
        connection.execute("CREATE TABLE app.done (id serial, name text, batch int, migration_time timestamptz)")
        connection.execute("CREATE TABLE app.done_lock (index serial, is_locked int)")
        connection.execute("INSERT INTO app.done (name, batch) VALUES (%s, 1)", [own.versions[0]])
        connection.execute("INSERT INTO app.done_lock (is_locked) VALUES (1)")
    document = console("status", profile("mine", ledger="knex", ledger_table="app.done"), "--json").document
    assert [each["state"] for each in document["migrations"]] == ["applied", "pending", "pending"]
    assert any("knex migrate:unlock" in note for note in document["notes"])
    with databases.connect(scratch) as connection:
        connection.execute("DROP SCHEMA app CASCADE")


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"migrations/env.py": "", "migrations/versions/a.py": "REVISION"}, "migrations"),  # Flask-Migrate's layout
        ({"alembic/versions/a.py": "REVISION"}, "alembic"),
        ({"alembic.ini": "[alembic]\nscript_location = src/db\n", "src/db/versions/a.py": "REVISION"}, "."),
        ({"alembic.ini": "[alembic]\nscript_location = ../out\n"}, None),
        ({"sqitch.conf": "[core]\n\ttop_dir = db\n", "db/sqitch.plan": "PLAN"}, "."),
        ({"migrations/0001_a.up.sql": "SELECT 1", "sqitch.plan": "PLAN"}, "migrations"),
    ],
)
def test_a_project_is_found_from_its_top(
    console: Console, here: str, workplace: Path, files: dict[str, str], found: str | None
) -> None:
    texts = {
        "REVISION": "revision = 'a'\ndown_revision = None\n",
        "PLAN": "%project=p\n\na 2024-01-01T10:00:00Z T <t@e.x>\n",
    }
    for name, text in files.items():
        (workplace / name).parent.mkdir(parents=True, exist_ok=True)
        (workplace / name).write_text(texts.get(text, text))
    done = console("status", here, "--json")
    if found is None:
        assert done.code == 2
        return
    assert done.code == 0
    assert Path(done.document["dir"]) == workplace / found
    assert len(done.document["migrations"]) == 1
