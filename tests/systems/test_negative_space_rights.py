"""Who may do what in negative_space: the application's role on every table, view and function, and everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any
from uuid import UUID

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from console.config.profile import Target
from tests.catalog import dumps
from tests.databases import Databases
from tests.systems import negative_space, steps
from tests.systems.negative_space_rows import Connection, image, insert, queued, result, user, value

SYSTEM = negative_space.SYSTEM

WRITE = {"SELECT", "INSERT", "UPDATE"}
ALLOWED = {
    "users": WRITE,
    "images": WRITE | {"DELETE"},
    "analysis_results": WRITE,
    "processing_queue": WRITE,
    "api_keys": WRITE,
    "security_audit": {"SELECT", "INSERT"},
    "audit_log_details": {"SELECT", "INSERT"},
    "analysis_cache": WRITE | {"DELETE"},
    "performance_metrics": {"SELECT", "INSERT"},
}
STATEMENTS = {
    "SELECT": "SELECT * FROM public.{table} LIMIT 1",
    "INSERT": "INSERT INTO public.{table} ({column}) SELECT {column} FROM public.{table} WHERE false",
    "UPDATE": "UPDATE public.{table} SET {column} = {column} WHERE false",
    "DELETE": "DELETE FROM public.{table} WHERE false",
    "TRUNCATE": "TRUNCATE public.{table} CASCADE",
}
VIEWS = [view.removeprefix("public.") for view in SYSTEM.views]
MATRIX = [*product(ALLOWED, STATEMENTS), *((view, "SELECT") for view in VIEWS)]
CALLS = {
    "mark_duplicate_images()": 0,
    "cleanup_expired_cache()": None,
    "get_cached_analysis('absent')": None,
    "aggregate_performance_metrics('absent')": None,
    "check_rate_limit('00000000-0000-0000-0000-000000000000')": False,
}


@contextmanager
def acting(connection: Connection, role: str = "app_user") -> Iterator[None]:
    """Be this role, and undo all at the end."""
    with connection.transaction(force_rollback=True):
        connection.execute(f"SET LOCAL ROLE {role}".encode())
        yield


def _statement(connection: Connection, table: str, command: str) -> bytes:
    """Write a command on the second column of a table or view: the first one may be given by the server."""
    column = value(
        connection,
        "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 2",
        [f"public.{table}"],
    )
    return STATEMENTS[command].format(table=table, column=column).encode()


@pytest.mark.parametrize(("table", "command"), [cell for cell in MATRIX if cell[1] in ALLOWED.get(cell[0], WRITE)])
def test_the_application_may(connection: Connection, table: str, command: str) -> None:
    statement = _statement(connection, table, command)
    with acting(connection):
        assert connection.execute(statement).rowcount == (command == "SELECT")


@pytest.mark.parametrize(("table", "command"), [cell for cell in MATRIX if cell[1] not in ALLOWED.get(cell[0], WRITE)])
def test_the_application_may_not(connection: Connection, table: str, command: str) -> None:
    statement = _statement(connection, table, command)
    with pytest.raises(InsufficientPrivilege), acting(connection):
        connection.execute(statement)


@pytest.mark.parametrize(("table", "command"), MATRIX)
def test_nobody_else_may(connection: Connection, table: str, command: str) -> None:
    statement = _statement(connection, table, command)
    connection.execute("CREATE ROLE negative_space_stranger")
    with pytest.raises(InsufficientPrivilege), acting(connection, "negative_space_stranger"):
        connection.execute(statement)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("role", ["app_user", "public"])
def test_a_view_is_for_reading_only(connection: Connection, view: str, role: str) -> None:
    held = connection.execute(
        "SELECT privilege FROM unnest('{SELECT,INSERT,UPDATE,DELETE,TRUNCATE,TRIGGER}'::text[]) AS privilege"
        " WHERE has_table_privilege(%s, %s, privilege)",
        [role, f"public.{view}"],
    ).fetchall()
    assert held == [("SELECT",)] * (role == "app_user")


@pytest.mark.parametrize(("call", "answer"), CALLS.items())
def test_the_application_may_call(connection: Connection, call: str, answer: Any) -> None:
    with acting(connection):
        found = connection.execute(f"SELECT * FROM public.{call}".encode()).fetchall()
    if call.startswith("cleanup"):
        assert found[0][0] > 0
    elif call.startswith("aggregate"):
        assert found == []
    else:
        assert found == [(answer,)]


@pytest.mark.parametrize("call", CALLS)
def test_nobody_else_may_call(connection: Connection, call: str) -> None:
    connection.execute("CREATE ROLE negative_space_stranger")
    with pytest.raises(InsufficientPrivilege), acting(connection, "negative_space_stranger"):
        connection.execute(f"SELECT * FROM public.{call}".encode())


def test_no_function_is_open_to_everybody(connection: Connection) -> None:
    """Not even those of the triggers, which nobody needs a right for when they fire."""
    opened = connection.execute(
        "SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace"
        " AND has_function_privilege('public', p.oid, 'EXECUTE')"
    ).fetchall()
    assert opened == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE public.security_audit SET error_message = 'nothing happened'",
        "UPDATE public.security_audit SET user_id = NULL WHERE id = (SELECT id FROM public.security_audit LIMIT 1)",
        "DELETE FROM public.security_audit",
        "TRUNCATE public.security_audit CASCADE",
        "INSERT INTO public.security_audit SELECT * FROM public.security_audit LIMIT 1"
        " ON CONFLICT (id) DO UPDATE SET error_message = 'nothing happened'",
        "ALTER TABLE public.security_audit DISABLE TRIGGER ALL",
        "DROP TABLE public.security_audit CASCADE",
        "ALTER TABLE public.images DISABLE TRIGGER audit_images",
        "ALTER TABLE public.images DISABLE TRIGGER validate_image_status",
        "CREATE TRIGGER x BEFORE INSERT ON public.security_audit FOR EACH ROW EXECUTE FUNCTION public.set_updated_at()",
        "SET LOCAL session_replication_role = replica",
        "SELECT setval('public.performance_metrics_id_seq', 1)",
    ],
)
def test_the_application_cannot_change_what_has_been_written(connection: Connection, statement: str) -> None:
    with pytest.raises(InsufficientPrivilege), acting(connection):
        connection.execute(statement.encode())


def test_the_application_does_its_work(connection: Connection) -> None:
    """From the upload to the result, as its own role: the triggers write for it, and deletes carry on."""
    with acting(connection):
        owner = user(connection)
        uploaded = image(connection, owner)
        item = queued(connection, uploaded, owner)
        for table, status, row in (("images", "analysis_status", uploaded), ("processing_queue", "status", item)):
            for step in ("processing", "completed"):
                connection.execute(f"UPDATE public.{table} SET {status} = %s WHERE id = %s".encode(), [step, row])
        found = result(connection, uploaded, owner)
        insert(
            connection, "analysis_cache", cache_key="k", image_id=uploaded, analysis_id=found,
            algorithm_fingerprint="x", cached_result={}, size_bytes=2,
        )  # fmt: skip
        insert(connection, "performance_metrics", metric_name="x", metric_type="gauge", value=1, unit="x")
        event = insert(connection, "security_audit", user_id=owner, action="run_analysis")
        insert(connection, "audit_log_details", audit_id=event, event_name="x")
        assert value(connection, "SELECT public.get_cached_analysis('k')") == {}
        connection.execute("DELETE FROM public.images WHERE id = %s", [uploaded])
        assert _left(connection, uploaded) == [0, 0, 0, 2]


def _left(connection: Connection, of: UUID) -> list[int]:
    counts = [f"SELECT count(*) FROM public.{table} WHERE image_id::text = %s"
              for table in ("analysis_results", "processing_queue", "analysis_cache")]  # fmt: skip
    counts.append("SELECT count(*) FROM public.security_audit WHERE resource_id = %s")
    return [value(connection, count, [str(of)]) for count in counts]


def test_the_application_s_role_is_an_ordinary_one_without_password(connection: Connection) -> None:
    attributes = connection.execute(
        "SELECT rolcanlogin, rolpassword, rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication,"
        " shobj_description(oid, 'pg_authid') FROM pg_authid WHERE rolname = 'app_user'"
    ).fetchall()
    assert attributes == [(True, None, False, False, False, False, False, "made by dbconsole sample")]


def test_a_schema_closed_to_public_is_opened_for_the_application_alone(databases: Databases, database: Target) -> None:
    with databases.connect(database) as connection:
        connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        before = dumps.schema(databases, database)
        steps.up(connection, SYSTEM)
        with acting(connection):
            assert value(connection, "SELECT count(*) FROM public.users") == 0
        assert steps.failed(steps.verify(connection, SYSTEM)) == []
        steps.down(connection, SYSTEM)
        assert dumps.schema(databases, database) == before


@pytest.mark.parametrize(
    ("change", "checks"),
    [
        ("GRANT UPDATE ON public.security_audit TO app_user",
         {"audit trail is append-only for app_user", "rights of app_user on public.security_audit"}),
        ("GRANT DELETE ON public.security_audit TO app_user",
         {"audit trail is append-only for app_user", "rights of app_user on public.security_audit"}),
        ("GRANT UPDATE (status) ON public.security_audit TO app_user", {"audit trail is append-only for app_user"}),
        ("GRANT UPDATE ON public.security_audit TO PUBLIC",
         {"audit trail is append-only for app_user", "rights of app_user on public.security_audit",
          "PUBLIC holds nothing on the core"}),
        ("GRANT SELECT ON public.audit_summary_by_user TO PUBLIC", {"PUBLIC holds nothing on the additions"}),
        ("GRANT EXECUTE ON FUNCTION public.check_rate_limit(uuid) TO PUBLIC",
         {"function public.check_rate_limit(uuid)"}),
        ("ALTER TABLE public.images DISABLE TRIGGER audit_images", {"trigger audit_images"}),
        ("ALTER TABLE public.images ALTER COLUMN is_duplicate DROP NOT NULL", {"column public.images.is_duplicate"}),
        ("ALTER TYPE public.user_role RENAME VALUE 'viewer' TO 'reader'", {"enum public.user_role"}),
        ("ALTER FUNCTION public.set_updated_at() RESET ALL", {"function public.set_updated_at()"}),
        ("DROP INDEX public.idx_cache_image_id",
         {"index public.idx_cache_image_id", "foreign key analysis_cache_image_id_fkey"}),
        ("ALTER TABLE public.api_keys DROP CONSTRAINT api_keys_user_id_fkey, ADD CONSTRAINT api_keys_user_id_fkey"
         " FOREIGN KEY (user_id) REFERENCES public.users (id)", {"foreign key api_keys_user_id_fkey"}),
    ],
)  # fmt: skip
def test_verification_finds_what_was_changed(
    connection: psycopg.Connection[Any], change: str, checks: set[str]
) -> None:
    connection.execute(change.encode())
    assert {name for name, ok, _ in _verified(connection) if not ok} == checks


def _verified(connection: psycopg.Connection[Any]) -> list[steps.Check]:
    return steps.verify(connection, SYSTEM)
