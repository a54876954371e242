"""kimbleai's row-level security goes on and off again, on a plain database and on one as Supabase makes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.sql.statements import split
from tests.catalog import dumps
from tests.databases import Databases
from tests.systems import steps
from tests.systems.kimbleai import SYSTEM
from tests.systems.kimbleai_people import acting, opened, outcome, outcomes
from tests.systems.kimbleai_policies import TABLES

pytestmark = pytest.mark.vector

*BEFORE, STEP, AFTER = SYSTEM.migrations
API = "anon, authenticated, service_role"


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return the owner's connection to the small kimbleai, which all tests of the module share."""
    yield from opened(databases)


@pytest.fixture(params=["plain", "supabase"])
def before(
    request: pytest.FixtureRequest,
    shared: psycopg.Connection[Any],  # with it the roles are there
    databases: Databases,
    make_database: Callable[..., Target],
) -> Iterator[tuple[Target, psycopg.Connection[Any]]]:
    """Return a database right before the step, without and with the default privileges that Supabase has."""
    target = make_database()
    with databases.connect(target) as connection:
        if request.param == "supabase":
            for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
                connection.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON {kind} TO {API}".encode())
        for migration in BEFORE:
            steps.run(connection, SYSTEM, migration, "up")
        yield target, connection


def test_up_twice_and_down_leave_all_as_it_was(
    databases: Databases, before: tuple[Target, psycopg.Connection[Any]]
) -> None:
    target, connection = before
    was = dumps.schema(databases, target)
    steps.run(connection, SYSTEM, STEP, "up")
    once = dumps.schema(databases, target)
    assert steps.failed(steps.verify(connection, SYSTEM, STEP)) == []
    steps.run(connection, SYSTEM, STEP, "up")
    assert dumps.schema(databases, target) == once
    steps.run(connection, SYSTEM, STEP, "down")
    assert dumps.schema(databases, target) == was != once
    assert {name for name, ok, _ in steps.verify(connection, SYSTEM, STEP) if ok} <= {
        "R36 anon holds no privilege",
        "R37 all 10 views are security_invoker",
    }


def test_default_privileges_open_nothing(before: tuple[Target, psycopg.Connection[Any]]) -> None:
    _, connection = before
    for migration in (STEP, AFTER):
        steps.run(connection, SYSTEM, migration, "up")
    connection.execute("INSERT INTO public.users (id, email, name) VALUES ('owner', 'owner@example.com', 'Owner')")
    for name in (*TABLES, "category_stats"):
        assert outcome(connection, "anon", f"SELECT FROM public.{name}") is None
    for name in TABLES:
        assert outcome(connection, "owner", f"TRUNCATE public.{name} CASCADE") is None
    assert outcome(connection, "owner", "UPDATE public.users SET role = 'admin'") is None
    assert outcome(connection, "owner", "UPDATE public.users SET name = 'x'") == 1
    for function in ("cleanup_old_auth_logs()", "auto_categorize_content('x', 'owner')", "get_daily_spending()"):
        assert outcome(connection, "anon", f"SELECT public.{function}") is None


def test_on_supabase_the_service_passes_by_all_policies(before: tuple[Target, psycopg.Connection[Any]]) -> None:
    _, connection = before
    steps.run(connection, SYSTEM, STEP, "up")
    connection.execute("INSERT INTO public.users (id, email, name) VALUES ('owner', 'owner@example.com', 'Owner')")
    granted = connection.execute("SELECT has_table_privilege('service_role', 'public.users', 'SELECT')").fetchone()
    with connection.transaction(force_rollback=True):
        connection.execute("ALTER ROLE service_role BYPASSRLS")
        assert outcome(connection, "service", "SELECT FROM public.users") == (1 if granted == (True,) else None)


def test_nothing_is_there_and_the_checks_say_so(databases: Databases, make_database: Callable[..., Target]) -> None:
    with databases.connect(make_database()) as connection:
        checks = steps.verify(connection, SYSTEM, STEP)
    assert {name[:3]: ok for name, ok, _ in checks} == dict.fromkeys(("R34", "R35", "R36", "R37"), False)
    assert all("users" in detail or "dashboard_stats" in detail or "none of" in detail for *_, detail in checks)


BROKEN = [
    ("ALTER TABLE public.files DISABLE ROW LEVEL SECURITY", "R34", "22 of 23 on; off: files"),
    ("DROP TABLE public.budget_alerts", "R34", "22 of 23 on; no such table: budget_alerts"),
    ("DROP POLICY files_update_own ON public.files", "R35", "66 of 67 as expected; missing: files_update_own"),
    ("ALTER POLICY users_select_self ON public.users TO public", "R35",
     "66 of 67 as expected; other than expected: users_select_self (SELECT to public USING)"),
    ("DROP POLICY users_update_self ON public.users; CREATE POLICY users_update_self ON public.users FOR UPDATE"
     " TO authenticated USING (true)", "R35",
     "66 of 67 as expected; other than expected: users_update_self (UPDATE to authenticated USING)"),
    ("GRANT SELECT ON public.cost_by_model TO anon", "R36", "may use cost_by_model"),
    ("GRANT SELECT (title) ON public.conversations TO PUBLIC", "R36", "may use conversations"),
    ("GRANT USAGE ON SEQUENCE public.auth_logs_id_seq TO anon", "R36", "may use auth_logs_id_seq"),
    ("GRANT EXECUTE ON FUNCTION public.search_files TO PUBLIC", "R36", "may use search_files"),
    ("GRANT EXECUTE ON FUNCTION public.search_category_content TO anon", "R36", "may use search_category_content"),
    ("DROP VIEW public.file_stats", "R36",
     "no privilege on any table, view, sequence or function; not there: file_stats"),
    ("ALTER VIEW public.file_stats SET (security_invoker = off)", "R37",
     "9 of 10 on; off, so past row-level security: file_stats"),
    ("ALTER VIEW public.file_stats RESET (security_invoker)", "R37",
     "9 of 10 on; off, so past row-level security: file_stats"),
    ("DROP VIEW public.file_stats", "R37", "9 of 10 on; no such view: file_stats"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "check", "words"), BROKEN)
def test_a_check_fails_and_names_what_is_missing(
    connection: psycopg.Connection[Any], statement: str, check: str, words: str
) -> None:
    connection.execute(statement.encode())
    connection.execute("SET LOCAL search_path = ''")
    statements = split(SYSTEM.text(STEP, "verify"))
    checks = [check for part in statements for check in connection.execute(part.text.encode())]
    found = {name[:3]: (ok, detail) for name, ok, detail in checks}
    assert found[check] == (False, words)


def test_the_trap_is_one(connection: psycopg.Connection[Any]) -> None:
    """A policy of projects that reads the collaborators itself: their policy reads projects, and so on."""
    connection.execute(
        "ALTER POLICY projects_select_collaborator ON public.projects USING (EXISTS ("
        "SELECT FROM public.project_collaborators AS c WHERE c.project_id = projects.id))"
    )
    with (
        acting(connection, "viewer"),
        pytest.raises(psycopg.errors.InvalidObjectDefinition, match="infinite recursion"),
    ):
        connection.execute("SELECT FROM public.projects")


def test_a_view_with_its_owners_rights_would_show_all(connection: psycopg.Connection[Any]) -> None:
    connection.execute("ALTER VIEW public.recent_activity SET (security_invoker = false)")
    assert outcomes(connection, "SELECT FROM public.recent_activity")["viewer"] == 3
