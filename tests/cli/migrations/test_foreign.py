"""Another tool's project through the commands: in its own format, and in its own ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.console import Console
from tests.databases import Databases
from tests.migrations.foreign import TOOLS, Foreign, make

OURS = "SELECT count(*) FROM pg_namespace WHERE nspname = 'dbconsole'"


@pytest.fixture(params=sorted(TOOLS))
def foreign(request: pytest.FixtureRequest, workplace: Path) -> Foreign:
    """Write one tool's project where it is found without --dir."""
    return make(workplace / "migrations", request.param)


def states(console: Console, here: str) -> list[str]:
    done = console("status", here, "--json")
    shapes.check("status", done.document)
    return [each["state"] for each in done.document["migrations"]]


def value(databases: Databases, target: Target, sql: str) -> object:
    with databases.connect(target) as connection:
        row = connection.execute(sql).fetchone()
        assert row is not None
        return row[0]


def test_status_names_format_and_ledger(console: Console, here: str, foreign: Foreign) -> None:
    document = console("status", here, "--json").document
    assert (document["format"], document["ledger"], document["ledger_table"]) == (
        foreign.format,
        foreign.format,
        foreign.table,
    )
    assert document["ledger_reason"].startswith("the database has none yet")
    assert [each["state"] for each in document["migrations"]] == ["pending"] * 3
    assert [each["name"] or each["version"] for each in document["migrations"]]


def test_up_down_and_history(
    console: Console, here: str, foreign: Foreign, scratch: Target, databases: Databases
) -> None:
    versions = [each["version"] for each in console("status", here, "--json").document["migrations"]]
    assert console("up", here, "--to", versions[0], "--yes").code == 0
    assert states(console, here) == ["applied", "pending", "pending"]
    done = console("up", here, "--yes", "--json")
    assert [each["outcome"] for each in done.document["migrations"]] == ["applied"] * 2
    assert console("status", here, "--check").code == 0
    assert value(databases, scratch, "SELECT count(*) FROM public.people WHERE age IS NULL") == 1
    document = console("status", here, "--json").document
    assert "is in the database" in document["ledger_reason"]
    assert {each["batch"] for each in document["migrations"]} == {1, 2}
    assert len(console("history", here, "--json").document["history"]) == 3
    assert console("verify", here).code == 0
    back = console("down", here, "--yes")
    if not foreign.downs:
        assert back.code == 5
        assert "has no down" in back.err
        return
    assert back.code == 0, back.said
    assert states(console, here) == ["applied", "applied", "pending"]
    assert console("redo", here, "--yes").code == 0
    assert console("down", here, "--all", "--yes").code == 0
    assert states(console, here) == ["pending"] * 3
    assert value(databases, scratch, "SELECT to_regclass('public.people') IS NULL") is True


def test_without_history(
    console: Console, foreign: Foreign, scratch: Target, databases: Databases, profile: Callable[..., str]
) -> None:
    name = profile("dev", history=False)
    done = console("up", name, "--yes")
    assert done.code == 0, done.said
    assert "history = false" in done.err
    assert states(console, name) == ["applied"] * 3
    assert value(databases, scratch, OURS) == 0
    assert console("status", name, "--json").document["notes"]


def test_variables_of_the_command_line(console: Console, here: str, workplace: Path) -> None:
    folder = workplace / "migrations"
    folder.mkdir()
    (folder / "V1__a.sql").write_text("CREATE TABLE public.${name} ();")
    assert console("up", here, "--yes", "--var", "name=shelf").code == 0
    assert "shelf" in console("inspect", here).out
    assert console("status", here, "--var", "nothing").code == 2


def test_a_migration_applied_from_a_dashboard_is_recognised(
    console: Console, here: str, workplace: Path, scratch: Target, databases: Databases
) -> None:
    """Supabase's dashboard gives a migration a time of its own; the ledger keeps its statements."""
    make(workplace / "migrations", "supabase")
    assert console("up", here, "--yes", "--to", "20240101000002").code == 0
    with databases.connect(scratch) as connection:
        connection.execute(
            "INSERT INTO supabase_migrations.schema_migrations (version, name, statements)"
            " VALUES ('20240101000009', 'age', ARRAY['ALTER TABLE public.people ADD age int'])"
        )
        connection.execute("ALTER TABLE public.people ADD age int")
    assert states(console, here) == ["applied", "applied", "renamed"]
    assert console("up", here, "--yes").code == 0
    assert console("repair", here, "--yes").code == 0
    assert states(console, here) == ["applied"] * 3
    assert console("status", here, "--check").code == 0


@pytest.mark.parametrize("foreign", ["dbmate", "goose", "diesel"], indirect=True)
def test_a_rehearsal_of_another_tools_project(console: Console, here: str, foreign: Foreign) -> None:
    done = console("rehearse", here, "--shadow", "embedded")
    assert done.code == 0, done.said


def test_a_report_of_another_tools_project(console: Console, here: str, workplace: Path) -> None:
    make(workplace / "migrations", "dbmate")
    assert console("up", here, "--yes").code == 0
    done = console("report", here, "--json")
    assert done.code == 0, done.said
    assert [each["state"] for each in done.document["phases"]] == ["applied"] * 3
