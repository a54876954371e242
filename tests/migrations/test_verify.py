"""Verify files: one row is one check, and what could not be checked is not fine."""

from __future__ import annotations

import pytest

from console.config.profile import Guard
from console.db.session import Session
from console.migrations.verify import Check, Verification, verify
from tests.databases import Databases
from tests.migrations.project import Project

HEAD = "SELECT 'x' AS check_name, "


async def checks(project: Project) -> list[tuple[str, bool, str]]:
    found = await verify(project.session, project.folder)
    return [(check.name, check.ok, check.detail) for check in found.checks]


async def test_pending_migrations_are_checked_too(project: Project) -> None:
    assert (await verify(project.session, project.folder)).summary == "0/1 passed (0.0 %)"
    await project.up()
    found = await verify(project.session, project.folder)
    assert found.checks == (Check("0001_people", "people", True, "the table"),)
    assert found.summary == "1/1 passed (100.0 %)"


ROWS = [
    ("rows", f"{HEAD}true AS ok, 'd' AS detail UNION ALL {HEAD}false, 'e' ORDER BY 3", [True, False], ["d", "e"]),
    ("NULL", f"{HEAD}NULL::boolean AS ok, 'd' AS detail", [False], ["ok is NULL, which counts as failed. d"]),
    ("no detail", f"{HEAD}true AS ok, NULL::text AS detail", [True], [""]),
    ("values", "SELECT * FROM (VALUES ('x', true, 'd')) AS v (check_name, ok, detail)", [True], ["d"]),
    ("hostile", f"{HEAD}true AS ok, E'a\\x1b[2J\\n' AS detail", [True], ["a␛[2J␊"]),
]


@pytest.mark.parametrize(("sql", "oks", "details"), [case[1:] for case in ROWS], ids=[case[0] for case in ROWS])
async def test_one_row_is_one_check(project: Project, sql: str, oks: list[bool], details: list[str]) -> None:
    project.write("0001_people", "SELECT 1;", verify=sql)
    assert await checks(project) == [("x", ok, detail) for ok, detail in zip(oks, details, strict=True)]


FAILURES = [
    ("wrong columns", "SELECT 1 AS one", "A check has the columns check_name, ok, detail; this has one."),
    ("ok is text", f"{HEAD}'t' AS ok, '' AS detail", "The column ok must be boolean."),
    ("no row", f"{HEAD}true AS ok, '' AS detail WHERE false", "It returned no row, so nothing was checked."),
    ("no select", "CREATE TABLE t (id int)", "This is no SELECT, so it was not run."),
    ("error", f"{HEAD}true AS ok, '' AS detail FROM nowhere", 'The check failed: relation "nowhere" does not exist'),
    (
        "writes",
        f"WITH w AS (INSERT INTO public.people VALUES (9, 'w') RETURNING 1) {HEAD}true AS ok, '' AS detail FROM w",
        "The check failed: cannot execute SELECT in a read-only transaction",
    ),
    (
        "read write",
        f"{HEAD}true AS ok, set_config('transaction_read_only', 'off', true) AS detail",
        "The check failed: cannot set transaction read-write mode inside a read-only transaction",
    ),
]


@pytest.mark.parametrize(("sql", "says"), [case[1:] for case in FAILURES], ids=[case[0] for case in FAILURES])
async def test_what_cannot_be_checked_has_failed(project: Project, sql: str, says: str) -> None:
    await project.up(to="1")
    project.write("0001_people", "SELECT 1;", verify=sql)
    assert await checks(project) == [("line 1", False, says)]


async def test_a_file_that_does_not_parse_is_one_failed_check(project: Project) -> None:
    project.write("0001_people", "SELECT 1;", verify="SELECT 1;\nSELEC 2;\nSELECT 3;")
    [(name, ok, detail)] = await checks(project)
    assert (name, ok) == ("0001_people.verify.sql", False)
    assert "ine 2" in detail


async def test_a_failed_check_does_not_spoil_the_next(project: Project) -> None:
    project.write("0002_ada", "SELECT 1;", verify=f"SELECT 1/0;\n{HEAD}true AS ok, '' AS detail;")
    assert [(name, ok) for name, ok, _ in await checks(project)] == [("people", False), ("line 1", False), ("x", True)]


async def test_it_runs_on_production_and_leaves_nothing(project: Project, databases: Databases) -> None:
    await project.up()
    guarded = databases.target(project.session.target.database, guard=Guard.PRODUCTION)
    async with await Session.open(guarded) as session:
        assert (await verify(session, project.folder)).passed == 1
        assert await Project(project.path, session).value("SELECT txid_current_if_assigned() IS NULL")


@pytest.mark.parametrize(
    ("passed", "total", "summary"),
    [
        (41, 45, "41/45 passed (91.1 %)"),
        (1999, 2000, "1999/2000 passed (99.9 %)"),
        (0, 0, "no checks: there is no verify file"),
    ],
)
def test_the_share_is_not_rounded_up(passed: int, total: int, summary: str) -> None:
    assert Verification(tuple(Check("m", "c", number < passed, "") for number in range(total))).summary == summary
