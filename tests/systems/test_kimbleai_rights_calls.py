"""kimbleai's views and functions to each of its people: what they show, and who may call them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests.databases import Databases
from tests.systems.kimbleai_people import PEOPLE, VECTOR, acting, opened, outcomes, table

pytestmark = pytest.mark.vector


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return the owner's connection to the small kimbleai, which all tests of the module share."""
    yield from opened(databases)


@pytest.fixture
def connection(shared: psycopg.Connection[Any]) -> Iterator[psycopg.Connection[Any]]:
    """Return the shared connection within a transaction that is rolled back; what costs something, costs it now."""
    with shared.transaction(force_rollback=True):
        shared.execute("UPDATE public.api_cost_tracking SET timestamp = now()")
        yield shared


VIEWS = table("""
view                    owner viewer editor admin stranger nobody anon service
dashboard_stats             1      1      1     5        1      0    -       -
recent_activity             2      0      0     3        1      0    -       -
user_activity_summary       1      0      0     2        1      0    -       -
monthly_cost_summary        1      0      0     2        1      0    -       -
daily_cost_summary          1      0      0     2        1      0    -       -
cost_by_model               2      0      0     3        1      0    -       -
cost_by_endpoint            1      0      0     2        1      0    -       -
file_stats                  2      2      2     3        1      0    -       -
transcription_stats         2      1      1     3        1      0    -       -
category_stats              7      6      6     8        7      6    -       -
""")


@pytest.mark.parametrize("view", VIEWS)
def test_who_sees_how_many_rows_of_a_view(connection: psycopg.Connection[Any], view: str) -> None:
    assert outcomes(connection, f"SELECT FROM public.{view}") == VIEWS[view]


@pytest.mark.parametrize(
    ("person", "query", "shown"),
    [
        ("owner", "SELECT project_count, conversation_count, file_count, transcription_count, knowledge_count"
                  " FROM public.dashboard_stats", [(2, 2, 2, 2, 2)]),
        ("viewer", "SELECT project_count, conversation_count, file_count, transcription_count, knowledge_count"
                   " FROM public.dashboard_stats", [(0, 0, 0, 0, 0)]),
        ("owner", "SELECT total_cost_usd FROM public.monthly_cost_summary", [(5,)]),
        ("stranger", "SELECT total_cost_usd FROM public.monthly_cost_summary", [(10,)]),
        ("viewer", "SELECT user_id, file_count FROM public.file_stats ORDER BY 1", [("editor", 1), ("owner", 1)]),
        ("viewer", "SELECT project_name, transcription_count FROM public.transcription_stats", [("Shared", 1)]),
        ("owner", "SELECT knowledge_count, project_count FROM public.category_stats WHERE category_id = 'general'",
         [(1, 1)]),
        ("viewer", "SELECT knowledge_count, project_count FROM public.category_stats WHERE category_id = 'general'",
         [(0, 1)]),
        ("admin", "SELECT knowledge_count, project_count FROM public.category_stats WHERE category_id = 'general'",
         [(2, 1)]),
    ],
)  # fmt: skip
def test_a_view_counts_what_one_may_see(
    connection: psycopg.Connection[Any], person: str, query: str, shown: list[tuple[Any, ...]]
) -> None:
    with acting(connection, person):
        assert connection.execute(query.encode()).fetchall() == shown


CALLS = {
    "search_knowledge_base": f"({VECTOR}, 'owner')",
    "search_memory_chunks": f"({VECTOR}, 'owner')",
    "search_files": f"({VECTOR}, 'owner')",
    "search_category_content": f"({VECTOR}, 'general', 'owner')",
    "get_comprehensive_context": f"({VECTOR}, 'owner')",
    "get_user_recent_activity": "('owner')",
    "get_top_expensive_calls": "()",
    "get_category_content": "('general', 'owner')",
    "auto_categorize_content": "('a dragon in my boat', 'owner')",
}
FOUND = table("""
function                   owner viewer editor admin stranger nobody anon service
search_knowledge_base          2      0      0     2        0      0    -       -
search_memory_chunks           2      0      0     2        0      0    -       -
search_files                   2      1      1     2        0      0    -       -
search_category_content        1      0      0     1        0      0    -       -
get_comprehensive_context      9      3      3     9        0      0    -       -
get_user_recent_activity       2      0      0     2        0      0    -       -
get_top_expensive_calls        2      0      0     3        1      0    -       -
get_category_content           2      1      1     2        0      0    -       -
auto_categorize_content        2      1      1     2        1      1    -       -
""")


@pytest.mark.parametrize("function", FOUND)
def test_a_function_finds_of_the_owners_what_one_may_see(connection: psycopg.Connection[Any], function: str) -> None:
    assert outcomes(connection, f"SELECT FROM public.{function}{CALLS[function]}") == FOUND[function]


SPENT = table("""
whose                      owner viewer editor admin stranger nobody anon service
NULL                           5      0      0    15       10      0    -       -
'owner'                        5      0      0     5        0      0    -       -
'stranger'                     0      0      0    10       10      0    -       -
""")


@pytest.mark.parametrize(
    "function", ["get_monthly_spending(", "get_daily_spending(", "get_hourly_spending(", "get_spending_since(now(), "]
)
@pytest.mark.parametrize("whose", SPENT)
def test_spending_is_what_those_spent_whom_one_may_see(
    connection: psycopg.Connection[Any], function: str, whose: str
) -> None:
    found = {person: _value(connection, person, f"SELECT public.{function}{whose})") for person in PEOPLE}
    assert found == SPENT[whose]


def _value(connection: psycopg.Connection[Any], person: str, query: str) -> Any:
    with acting(connection, person):
        try:
            [(value,)] = connection.execute(query.encode()).fetchall()
        except InsufficientPrivilege:
            return None
    return value


LOGGED = table("""
whom                       owner viewer editor admin stranger nobody anon service
owner                          1      -      -     1        -      -    -       1
viewer                         -      1      -     1        -      -    -       1
stranger                       -      -      -     1        1      -    -       1
""")


@pytest.mark.parametrize("whom", LOGGED)
def test_who_logs_for_whom(connection: psycopg.Connection[Any], whom: str) -> None:
    assert outcomes(connection, f"SELECT public.log_activity('{whom}', 'x', 'y')") == LOGGED[whom]


def test_what_one_logs_one_sees(connection: psycopg.Connection[Any]) -> None:
    with acting(connection, "viewer"):
        connection.execute("SELECT public.log_activity('viewer', 'read', 'project', 'shared')")
        found = connection.execute("SELECT user_id, action_type, resource_id FROM public.recent_activity").fetchall()
    assert found == [("viewer", "read", "shared")]


def test_claims_alone_make_nobody_the_service(connection: psycopg.Connection[Any]) -> None:
    with acting(connection, "stranger"):
        claims = json.dumps({"email": "stranger@example.com", "role": "service_role"})
        connection.execute("SELECT set_config('request.jwt.claims', %s, true)", [claims])
        with pytest.raises(InsufficientPrivilege):
            connection.execute("SELECT public.log_activity('owner', 'x', 'y')")


CLEANUPS = {
    "cleanup_old_activity_logs": ("activity_logs", "created_at"),
    "cleanup_old_auth_logs": ("auth_logs", "created_at"),
    "cleanup_old_cost_data": ("api_cost_tracking", '"timestamp"'),
}


@pytest.mark.parametrize("function", CLEANUPS)
def test_only_the_service_cleans_up(connection: psycopg.Connection[Any], function: str) -> None:
    relation, time = CLEANUPS[function]
    connection.execute(
        f"UPDATE public.{relation} SET {time} = now() - interval '91 days' WHERE user_id = 'stranger'".encode()
    )
    left = connection.execute(f"SELECT FROM public.{relation} WHERE {time} > now() - interval '90 days'".encode())
    found = {person: _value(connection, person, f"SELECT public.{function}()") for person in PEOPLE}
    expected = 2 if function == "cleanup_old_activity_logs" else 1
    assert found == dict.fromkeys(PEOPLE) | {"service": expected}
    connection.execute("SET LOCAL ROLE service_role")
    connection.execute(f"SELECT public.{function}()".encode())
    connection.execute("RESET ROLE")
    assert connection.execute(f"SELECT FROM public.{relation}".encode()).rowcount == left.rowcount


HELPERS: dict[str, dict[str, str | bool | None]] = {
    "current_email()": {"owner": "owner@example.com", "viewer": "viewer@example.com", "nobody": "nobody@example.com"},
    "current_user_id()": {"owner": "owner", "viewer": "viewer", "nobody": None},
    "is_admin()": {"owner": False, "admin": True, "nobody": False, "service": False},
    "can_read_project('shared')": {"owner": True, "viewer": True, "editor": True, "admin": True, "stranger": False},
    "can_read_project('private')": {"owner": True, "viewer": False, "editor": False, "admin": True, "nobody": False},
    "can_write_project('shared')": {"owner": True, "viewer": False, "editor": True, "admin": True, "stranger": False},
    "can_write_project('private')": {"owner": True, "viewer": False, "editor": False, "admin": True, "nobody": False},
    "can_read_project(NULL)": {"owner": False, "admin": False, "nobody": False},
    "can_write_project('none such')": {"owner": False, "admin": False, "nobody": False},
}


@pytest.mark.parametrize("call", HELPERS)
def test_the_helpers_know_who_asks(connection: psycopg.Connection[Any], call: str) -> None:
    expected = HELPERS[call]
    assert {person: _value(connection, person, f"SELECT app.{call}") for person in expected} == expected


@pytest.mark.parametrize("call", HELPERS)
def test_the_helpers_are_not_for_everybody(connection: psycopg.Connection[Any], call: str) -> None:
    with acting(connection, "anon"), pytest.raises(InsufficientPrivilege):
        connection.execute(f"SELECT app.{call}".encode())
