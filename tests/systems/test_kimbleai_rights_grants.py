"""kimbleai's grants: nothing for anon, no more than needed for the others, and no way to give oneself more."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests.databases import Databases
from tests.systems.kimbleai import SYSTEM
from tests.systems.kimbleai_people import acting, opened, outcome, outcomes
from tests.systems.kimbleai_policies import POLICIES, TABLES

pytestmark = pytest.mark.vector


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return the owner's connection to the small kimbleai, which all tests of the module share."""
    yield from opened(databases)


_GRANTS = """
    SELECT c.relname, c.relkind::text, array_agg(a.privilege_type ORDER BY 1)
    FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a
    WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = %s::regrole
    GROUP BY 1, 2
"""


def _granted(connection: psycopg.Connection[Any], role: str, kind: str) -> dict[str, list[str]]:
    found = connection.execute(_GRANTS, [role]).fetchall()
    return {name: sorted(rights) for name, relkind, rights in found if relkind == kind}


def test_authenticated_holds_what_its_policies_are_about(connection: psycopg.Connection[Any]) -> None:
    every = ["DELETE", "INSERT", "SELECT", "UPDATE"]
    expected = dict.fromkeys(TABLES, every) | {"users": ["DELETE", "INSERT", "SELECT"]}
    assert _granted(connection, "authenticated", "r") == expected
    views = _granted(connection, "authenticated", "v")
    assert len(views) == 10
    assert set(map(tuple, views.values())) == {("SELECT",)}
    assert _granted(connection, "authenticated", "S") == {}


def test_authenticated_changes_three_columns_of_users(connection: psycopg.Connection[Any]) -> None:
    found = connection.execute(
        "SELECT attname, a.privilege_type FROM pg_attribute CROSS JOIN LATERAL aclexplode(attacl) a"
        " WHERE a.grantee = 'authenticated'::regrole ORDER BY 1"
    )
    assert found.fetchall() == [("avatar_url", "UPDATE"), ("name", "UPDATE"), ("preferences", "UPDATE")]


def test_service_role_adds_what_it_has_policies_for(connection: psycopg.Connection[Any]) -> None:
    tables = [name.split(".")[1] for name, rule in POLICIES.items() if rule == ("INSERT", "service_role")]
    assert _granted(connection, "service_role", "r") == {table: ["INSERT"] for table in tables}
    assert _granted(connection, "service_role", "v") == _granted(connection, "service_role", "S") == {}


_CALLED = """
    SELECT 'public.' || p.proname FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND has_function_privilege(%s, p.oid, 'EXECUTE')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def test_who_signed_in_calls_all_but_the_cleanups_and_the_service_all(connection: psycopg.Connection[Any]) -> None:
    functions = {name for name in SYSTEM.functions if name.startswith("public.")}
    cleanups = {name for name in functions if name.startswith("public.cleanup_old_")}
    called = {role: {name for (name,) in connection.execute(_CALLED, [role])} for role in SYSTEM.roles}
    assert called == {"anon": set(), "authenticated": functions - cleanups, "service_role": functions}


_HELD = """
    SELECT c.oid::regclass::text FROM pg_class c
    WHERE c.relnamespace IN ('public'::regnamespace, 'app'::regnamespace) AND CASE
        WHEN c.relkind IN ('r', 'v') THEN has_table_privilege('anon', c.oid,
            'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
            OR has_any_column_privilege('anon', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
        WHEN c.relkind = 'S' THEN has_sequence_privilege('anon', c.oid, 'USAGE, SELECT, UPDATE')
    END
    UNION ALL
    SELECT p.oid::regprocedure::text FROM pg_proc p
    WHERE p.pronamespace IN ('public'::regnamespace, 'app'::regnamespace)
        AND has_function_privilege('anon', p.oid, 'EXECUTE')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT 'schema app' WHERE has_schema_privilege('anon', 'app', 'USAGE, CREATE')
"""


def test_anon_holds_nothing(connection: psycopg.Connection[Any]) -> None:
    assert connection.execute(_HELD).fetchall() == []
    connection.execute(
        "GRANT SELECT (id), TRUNCATE ON public.users TO anon; GRANT EXECUTE ON FUNCTION app.is_admin TO PUBLIC"
    )
    assert len(connection.execute(_HELD).fetchall()) == 2  # the question can be answered otherwise


@pytest.mark.parametrize("sequence", ["activity_logs_id_seq", "message_references_id_seq"])
def test_sequences_are_for_nobody(connection: psycopg.Connection[Any], sequence: str) -> None:
    assert set(outcomes(connection, f"SELECT nextval('public.{sequence}')").values()) == {None}


REFUSED = [
    ("owner", "UPDATE public.users SET role = 'admin'"),
    ("owner", "UPDATE public.users SET permissions = '{}'"),
    ("owner", "UPDATE public.users SET metadata = '{}'"),
    ("owner", "UPDATE public.users SET email = 'admin@example.com'"),
    ("owner", "UPDATE public.users SET id = 'admin'"),
    ("owner", "INSERT INTO public.users (id, email, name, role) VALUES ('owner', 'o@example.com', 'Owner', 'admin')"
              " ON CONFLICT (id) DO UPDATE SET role = excluded.role"),
    ("owner", "INSERT INTO public.users (id, email, name, role) VALUES ('second', 'o2@example.com', 'Owner', 'admin')"),
    ("nobody", "INSERT INTO public.users (id, email, name) VALUES ('nobody', 'nobody@example.com', 'Nobody')"),
    ("owner", "UPDATE public.budget_config SET user_id = 'viewer'"),
    ("owner", "UPDATE public.content_categories SET created_by = NULL WHERE id = 'sailing'"),
    ("owner", "INSERT INTO public.content_categories (id, name) VALUES ('new', 'New')"),
    ("owner", "INSERT INTO public.content_categories (id, name, created_by) VALUES ('dnd', 'D', 'owner')"
              " ON CONFLICT (id) DO UPDATE SET name = 'D'"),
    ("viewer", "INSERT INTO public.project_collaborators (project_id, user_id) VALUES ('shared', 'viewer')"
               " ON CONFLICT (project_id, user_id) DO UPDATE SET role = 'editor'"),
    ("viewer", "INSERT INTO public.project_collaborators (project_id, user_id) VALUES ('private', 'viewer')"),
    ("editor", "INSERT INTO public.project_collaborators (project_id, user_id) VALUES ('shared', 'stranger')"),
    ("stranger", "UPDATE public.projects SET owner_id = 'owner'"),
    ("stranger", "INSERT INTO public.messages (id, conversation_id, user_id, role, content)"
                 " VALUES ('new', 'c-own', 'stranger', 'user', 'x')"),
    ("editor", "UPDATE public.messages SET conversation_id = 'c-own'"),
    ("owner", "ALTER TABLE public.users DISABLE ROW LEVEL SECURITY"),
    ("owner", "DROP POLICY users_select_self ON public.users"),
    ("owner", "CREATE TABLE public.mine ()"),
    ("owner", "CREATE FUNCTION app.mine() RETURNS int LANGUAGE sql RETURN 1"),
    ("service", "SELECT access_token FROM public.user_tokens"),
    ("service", "INSERT INTO public.activity_logs (user_id, action_type, resource_type) VALUES ('owner', 'x', 'x')"
                " RETURNING id"),
]  # fmt: skip


@pytest.mark.parametrize(("person", "statement"), REFUSED)
def test_is_refused(connection: psycopg.Connection[Any], person: str, statement: str) -> None:
    assert outcome(connection, person, statement) is None


HIDDEN = [
    ("owner", "UPDATE public.users SET name = 'x' WHERE id = 'stranger'"),
    ("owner", "DELETE FROM public.users WHERE id = 'owner'"),
    ("owner", "UPDATE public.budget_config SET monthly_limit = 1 WHERE user_id = 'stranger'"),
    ("owner", "DELETE FROM public.budget_config WHERE user_id = 'owner'"),
    ("owner", "UPDATE public.budget_alerts SET acknowledged = true WHERE user_id = 'stranger'"),
    ("owner", "UPDATE public.content_categories SET keywords = '{}' WHERE created_by IS NULL"),
    ("owner", "DELETE FROM public.content_categories WHERE created_by IS NULL OR created_by = 'stranger'"),
    ("viewer", "UPDATE public.project_collaborators SET role = 'editor' WHERE user_id = 'viewer'"),
    ("editor", "UPDATE public.project_collaborators SET project_id = 'private' WHERE user_id = 'editor'"),
    ("editor", "UPDATE public.projects SET owner_id = 'editor'"),
    ("editor", "UPDATE public.conversations SET user_id = 'editor' WHERE id = 'c-shared'"),
    ("editor", "DELETE FROM public.files WHERE id = 'f-shared'"),
]


@pytest.mark.parametrize(("person", "statement"), HIDDEN)
def test_finds_nothing_to_change(connection: psycopg.Connection[Any], person: str, statement: str) -> None:
    assert outcome(connection, person, statement) == 0


def test_only_who_owns_the_database_promotes_somebody(connection: psycopg.Connection[Any]) -> None:
    statement = "UPDATE public.users SET role = 'admin' WHERE id = 'viewer'"
    assert set(outcomes(connection, statement).values()) == {None}
    connection.execute(statement.encode())
    assert outcome(connection, "viewer", "SELECT FROM public.users") == 5


def test_row_security_is_not_switched_off_by_a_setting(connection: psycopg.Connection[Any]) -> None:
    with acting(connection, "owner"):
        connection.execute("SET LOCAL row_security = off")
        with pytest.raises(InsufficientPrivilege, match="row-level security"):
            connection.execute("SELECT FROM public.messages")


def test_claims_that_an_earlier_request_left_empty_are_nobody(shared: psycopg.Connection[Any]) -> None:
    with acting(shared, "owner"):
        pass
    assert shared.execute("SELECT current_setting('request.jwt.claims', true)").fetchall() == [("",)]
    with shared.transaction(force_rollback=True):
        shared.execute("SET LOCAL ROLE authenticated")
        seen = {name: shared.execute(f"SELECT FROM public.{name}".encode()).rowcount for name in TABLES}
    assert seen == dict.fromkeys(TABLES, 0) | {"content_categories": 6}


def test_claims_without_an_email_are_nobody(connection: psycopg.Connection[Any]) -> None:
    connection.execute("""SELECT set_config('request.jwt.claims', '{"sub": "owner"}', true)""")
    connection.execute("SET LOCAL ROLE authenticated")
    assert connection.execute("SELECT FROM public.users").rowcount == 0
    assert connection.execute("SELECT FROM public.auth_logs").rowcount == 0


_READS = """
    SELECT DISTINCT p.polrelid::regclass::text, d.refobjid::regclass::text
    FROM pg_policy p
    JOIN pg_depend d ON d.classid = 'pg_policy'::regclass AND d.objid = p.oid AND d.refclassid = 'pg_class'::regclass
    WHERE d.refobjid <> p.polrelid
"""


def test_policies_never_go_in_circles(connection: psycopg.Connection[Any]) -> None:
    reads: dict[str, set[str]] = {}
    for reader, read in connection.execute(_READS):
        reads.setdefault(reader, set()).add(read)
    assert reads == {
        "audio_transcriptions": {"projects"},
        "conversations": {"projects"},
        "files": {"projects"},
        "project_collaborators": {"projects"},
        "project_tags": {"projects"},
        "project_tasks": {"projects"},
        "messages": {"conversations", "projects"},
        "conversation_summaries": {"conversations"},
        "message_references": {"messages"},
    }
    assert next(iter(TopologicalSorter(reads).static_order())) == "projects"


def test_who_asks_is_found_out_once_and_not_for_each_row(connection: psycopg.Connection[Any]) -> None:
    connection.execute("SET LOCAL track_functions = 'all'")
    for_one_row = _calls(connection, "SELECT FROM public.indexed_files", rows=1)
    connection.execute(
        "INSERT INTO public.indexed_files (user_id, source, path, filename)"
        " SELECT 'owner', 'drive', '/' || n, 'x' FROM generate_series(1, 200) AS n"
    )
    assert _calls(connection, "SELECT FROM public.indexed_files", rows=201) == for_one_row
    assert for_one_row["is_admin"] == 1


def _calls(connection: psycopg.Connection[Any], query: str, *, rows: int) -> dict[str, int]:
    """Return how often each function was called for the owner's query."""
    counted = "SELECT funcname, calls FROM pg_stat_xact_user_functions"
    with acting(connection, "owner"):
        before = dict(connection.execute(counted).fetchall())
        assert connection.execute(query.encode()).rowcount == rows
        after = dict(connection.execute(counted).fetchall())
    return {name: calls - before.get(name, 0) for name, calls in after.items()}


@pytest.mark.parametrize("name", TABLES)
def test_the_plan_asks_for_an_admin_before_it_reads(connection: psycopg.Connection[Any], name: str) -> None:
    with acting(connection, "owner"):
        plan = [line for (line,) in connection.execute(f"EXPLAIN (VERBOSE) SELECT * FROM public.{name}".encode())]
    filters = [line for line in plan if "Filter:" in line]
    assert filters
    assert not [line for line in filters if "is_admin" in line or "current_user_id" in line]
    assert any("is_admin()" in line for line in plan)  # it is an InitPlan's output
