"""The functions of kimbleai for activity, cost and categories: each called, mostly as a plain role, and checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege, InvalidParameterValue

from tests.databases import Databases
from tests.systems.kimbleai_people import acting, opened

pytestmark = pytest.mark.vector


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection to a small kimbleai instead of the sample data."""
    yield from opened(databases)


CALL = "SELECT public.log_activity('owner', 'created', 'project', 'p1', 'Project', '{\"a\": 1}')"


@pytest.mark.parametrize("person", ["owner", "admin", "service"])
def test_log_activity_writes_an_entry(connection: psycopg.Connection[Any], person: str) -> None:
    with acting(connection, person):
        [(key,)] = connection.execute(CALL.encode()).fetchall()
        connection.execute("RESET ROLE")
        written = connection.execute(
            "SELECT user_id, action_type, resource_type, resource_id, resource_name, metadata, created_at = now()"
            " FROM public.activity_logs WHERE id = %s", [key]
        ).fetchall()  # fmt: skip
    assert written == [("owner", "created", "project", "p1", "Project", {"a": 1}, True)]


@pytest.mark.parametrize("person", ["viewer", "editor", "stranger", "nobody", "anon"])
def test_log_activity_refuses_a_foreign_person(connection: psycopg.Connection[Any], person: str) -> None:
    with acting(connection, person), pytest.raises(InsufficientPrivilege):
        connection.execute(CALL.encode())


def test_log_activity_says_whom_it_refused(connection: psycopg.Connection[Any]) -> None:
    with acting(connection, "stranger"), pytest.raises(InsufficientPrivilege) as refused:
        connection.execute(CALL.encode())
    assert refused.value.diag.message_primary == "activity of owner may not be logged by stranger@example.com"


def test_log_activity_of_nobody_is_refused(connection: psycopg.Connection[Any]) -> None:
    with acting(connection, "nobody"), pytest.raises(InsufficientPrivilege):
        connection.execute("SELECT public.log_activity(NULL, 'created', 'project')")


def test_log_activity_lets_the_owner_of_the_tables_through(connection: psycopg.Connection[Any]) -> None:
    [(key,)] = connection.execute("SELECT public.log_activity('stranger', 'exported', 'file')").fetchall()
    found = connection.execute("SELECT user_id, metadata, resource_id FROM public.activity_logs WHERE id = %s", [key])
    assert found.fetchall() == [("stranger", {}, None)]


def test_recent_activity_of_one_person_is_not_cut_by_that_of_others(connection: psycopg.Connection[Any]) -> None:
    connection.execute("DELETE FROM public.activity_logs")
    connection.execute(
        "INSERT INTO public.activity_logs (user_id, action_type, resource_type, created_at)"
        " SELECT 'owner', n::text, 'file', now() - (24 + n) * interval '1 hour' FROM generate_series(1, 60) n"
        " UNION ALL SELECT 'stranger', 'x', 'file', now() FROM generate_series(1, 100)"
    )
    seen = connection.execute("SELECT DISTINCT user_id FROM public.recent_activity").fetchall()
    assert seen == [("stranger",)]
    query = "SELECT action_type FROM public.get_user_recent_activity('owner'{})"
    with acting(connection, "owner"):
        fifty = [int(action) for (action,) in connection.execute(query.format("").encode())]
        three = [int(action) for (action,) in connection.execute(query.format(", 3").encode())]
    assert fifty == list(range(1, 51))
    assert three == [1, 2, 3]
    with acting(connection, "stranger"):
        assert connection.execute(query.format("").encode()).fetchall() == []


def test_recent_activity_of_one_person_has_the_columns_of_the_view(connection: psycopg.Connection[Any]) -> None:
    of_one = connection.execute("SELECT * FROM public.get_user_recent_activity('owner')")
    of_all = connection.execute("SELECT * FROM public.recent_activity WHERE user_id = 'owner'")
    shapes = [[(column.name, column.type_code) for column in found.description or ()] for found in (of_one, of_all)]
    assert shapes[0] == shapes[1]
    assert of_one.fetchall() == of_all.fetchall()


def _now(connection: psycopg.Connection[Any]) -> datetime:
    now: datetime = connection.execute("SELECT now()").fetchall()[0][0]
    return now.astimezone(UTC)


START = {"hourly": {}, "daily": {"hour": 0}, "monthly": {"hour": 0, "day": 1}}
ZONES = pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Pacific/Kiritimati"])


@ZONES
@pytest.mark.parametrize("period", START)
def test_spending_counts_from_the_start_of_the_period_in_utc(
    connection: psycopg.Connection[Any], period: str, zone: str
) -> None:
    start = _now(connection).replace(minute=0, second=0, microsecond=0, **START[period])  # type: ignore[arg-type]
    connection.execute("DELETE FROM public.api_cost_tracking")
    for user, moment, cost in [
        ("owner", start, "0.000001"),
        ("owner", _now(connection), "2"),
        ("owner", start - timedelta(microseconds=1), "40"),
        ("stranger", start, "800"),
    ]:
        connection.execute(
            "INSERT INTO public.api_cost_tracking"
            ' (user_id, model, endpoint, input_tokens, output_tokens, cost_usd, "timestamp")'
            " VALUES (%s, 'm', 'e', 1, 1, %s, %s)", [user, cost, moment]
        )  # fmt: skip
    connection.execute("SELECT set_config('timezone', %s, true)", [zone])
    query = "SELECT " + ", ".join(f"public.get_{period}_spending({who})" for who in ("", "'owner'", "'nobody'"))
    of_all, of_owner, of_nobody = connection.execute(query.encode()).fetchall()[0]
    assert (of_all, of_owner, of_nobody) == (Decimal("802.000001"), Decimal("2.000001"), 0)
    since = connection.execute("SELECT public.get_spending_since(%s, 'owner')", [start]).fetchall()
    assert since == [(of_owner,)]
    with acting(connection, "owner"):
        seen = connection.execute(query.encode()).fetchall()
    assert seen == [(of_owner, of_owner, 0)]


def test_spending_since_ever_is_all_that_may_be_seen(connection: psycopg.Connection[Any]) -> None:
    query = b"SELECT public.get_spending_since('-infinity'), public.get_spending_since('infinity')"
    sums = {}
    for person in ("owner", "stranger", "admin"):
        with acting(connection, person):
            sums[person] = connection.execute(query).fetchall()
    assert sums == {"owner": [(5, 0)], "stranger": [(10, 0)], "admin": [(15, 0)]}


def test_top_expensive_calls_are_the_dearest_of_the_last_days(connection: psycopg.Connection[Any]) -> None:
    connection.execute("DELETE FROM public.api_cost_tracking")
    connection.execute(
        "INSERT INTO public.api_cost_tracking"
        ' (id, user_id, model, endpoint, input_tokens, output_tokens, cost_usd, "timestamp")'
        " SELECT n, CASE n % 2 WHEN 0 THEN 'owner' ELSE 'stranger' END, 'm', 'e', n, 2 * n, n,"
        " now() - n * interval '24 hours' FROM generate_series(1, 40) n"
    )
    query = b"SELECT id FROM public.get_top_expensive_calls()"
    assert [key for (key,) in connection.execute(query)] == list(range(30, 20, -1))
    whole = connection.execute("SELECT * FROM public.get_top_expensive_calls(1, 7)").fetchall()
    assert whole == [(7, "stranger", "m", "e", 7, 14, Decimal(7), _now(connection) - timedelta(days=7))]
    with acting(connection, "owner"):
        assert [key for (key,) in connection.execute(query)] == list(range(30, 10, -2))


CLEANUPS = {
    "cleanup_old_activity_logs": (
        "activity_logs", "created_at", "user_id, action_type, resource_type", "'owner', 'a', 'b'"
    ),
    "cleanup_old_auth_logs": (
        "auth_logs", "created_at", "email, event_type, success", "'owner@example.com', 'signout', true"
    ),
    "cleanup_old_cost_data": (
        "api_cost_tracking", '"timestamp"', "user_id, model, endpoint, input_tokens, output_tokens, cost_usd",
        "'owner', 'm', 'e', 1, 1, 1"
    ),
}  # fmt: skip


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Australia/Sydney"])
@pytest.mark.parametrize("function", CLEANUPS)
def test_cleanup_deletes_what_is_older_than_ninety_days(
    connection: psycopg.Connection[Any], function: str, zone: str
) -> None:
    table, column, names, values = CLEANUPS[function]
    connection.execute(f"DELETE FROM public.{table}".encode())
    days = timedelta(days=90)
    ages = [timedelta(), days - timedelta(hours=1), days, days + timedelta(microseconds=1), days * 2]
    for age in ages:
        connection.execute(
            f"INSERT INTO public.{table} ({column}, {names}) VALUES (%s, {values})".encode(), [_now(connection) - age]
        )
    connection.execute("SELECT set_config('timezone', %s, true)", [zone])
    connection.execute("SET LOCAL ROLE service_role")
    again = f"SELECT public.{function}(), pg_typeof(public.{function}())::text"
    deleted = connection.execute(again.encode()).fetchall()
    connection.execute("RESET ROLE")
    kept = connection.execute(f"SELECT now() - {column} FROM public.{table} ORDER BY {column} DESC".encode()).fetchall()
    assert deleted == [(2, "integer")]
    assert [age for (age,) in kept] == ages[:3]


@pytest.mark.parametrize("function", CLEANUPS)
@pytest.mark.parametrize("person", ["anon", "owner", "admin"])
def test_cleanup_is_for_the_service_alone(connection: psycopg.Connection[Any], function: str, person: str) -> None:
    with acting(connection, person), pytest.raises(InsufficientPrivilege):
        connection.execute(f"SELECT public.{function}()".encode())


@pytest.fixture
def categorised(connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """Return the connection with a thing of each type in category military, newest first in this order."""
    for age, (statement, key) in enumerate([
        ("public.projects (id, name, owner_id, category_id, created_at) VALUES (%s, 'p', 'owner'", "project"),
        ("public.conversations (id, title, user_id, category_id, created_at) VALUES (%s, 'c', 'owner'", "talk"),
        ("public.knowledge_base (id, title, content, user_id, category_id, created_at) VALUES (%s, 'k', '', 'owner'",
         "00000000-0000-0000-0000-000000000001"),
        ("public.audio_transcriptions (id, filename, user_id, category_id, created_at) VALUES (%s, 't', 'owner'",
         "00000000-0000-0000-0000-000000000002"),
        ("public.projects (id, name, owner_id, category_id, created_at) VALUES (%s, 'x', 'stranger'", "foreign"),
    ]):  # fmt: skip
        connection.execute(f"INSERT INTO {statement}, 'military', now() - %s * interval '1 hour')".encode(), [key, age])
    return connection


ALL = [("project", "project", "p"), ("conversation", "talk", "c"),
       ("knowledge", "00000000-0000-0000-0000-000000000001", "k"),
       ("transcription", "00000000-0000-0000-0000-000000000002", "t")]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", ALL),
        (", 'all', 2", ALL[:2]),
        (", 'all', 2, 1", ALL[1:3]),
        *((f", '{kind}'", [row]) for row in ALL for kind in row[:1]),
        (", 'project', 50, 1", []),
    ],
)
def test_category_content_is_of_one_type_or_all_newest_first(
    categorised: psycopg.Connection[Any], arguments: str, expected: list[tuple[str, ...]]
) -> None:
    query = f"SELECT content_type, id, title FROM public.get_category_content('military', 'owner'{arguments})"
    with acting(categorised, "owner"):
        assert categorised.execute(query.encode()).fetchall() == expected


@pytest.mark.parametrize("kind", ["file", "ALL", "", None])
def test_category_content_of_a_type_that_does_not_exist_is_an_error(
    connection: psycopg.Connection[Any], kind: str | None
) -> None:
    with pytest.raises(InvalidParameterValue, match="there is no type of content"):
        connection.execute("SELECT public.get_category_content('military', 'owner', %s)", [kind])


def test_category_content_of_others_stays_theirs(categorised: psycopg.Connection[Any]) -> None:
    query = b"SELECT id FROM public.get_category_content('military', %s)"
    with acting(categorised, "stranger"):
        assert categorised.execute(query, ["owner"]).fetchall() == []
        assert categorised.execute(query, ["stranger"]).fetchall() == [("foreign",)]


TEXTS = {
    "A C++ function, and a query": [("development", 0.875, ["c++", "function", "query"])],
    "We play D&D.": [("dnd", 0.5, ["d&d"])],
    "(c#)": [("development", 0.5, ["c#"])],
    "the letters c and d and d": [],
    "D & D": [],
    "cc+++ addnd": [],
    "Node.JS, again node js": [("development", 0.5, ["node.js"])],
    "Dungeon\n  Master": [("dnd", 0.75, ["dungeon master", "dungeon"])],
    "an army of goblins pays a goblin in PostgreSQL code": [
        ("development", 0.75, ["code", "postgresql"]), ("dnd", 0.5, ["goblin"]), ("military", 0.5, ["army"])
    ],
    "role playing": [("dnd", 0.5, ["role-playing"])],
    "": [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TEXTS.items())
def test_categories_are_found_by_whole_words(
    connection: psycopg.Connection[Any], text: str, expected: list[tuple[str, float, list[str]]]
) -> None:
    with acting(connection, "owner"):
        found = connection.execute(
            "SELECT category_id, confidence, matched_keywords FROM public.auto_categorize_content(%s, 'owner')", [text]
        ).fetchall()
    assert found == expected


@pytest.mark.parametrize("keyword", [".*", "%", "_", "", "[a-z]+", "a|b", "\\w", "(", "^", "+?"])
def test_a_keyword_is_never_a_pattern(connection: psycopg.Connection[Any], keyword: str) -> None:
    connection.execute("UPDATE public.content_categories SET keywords = ARRAY[%s]", [keyword])
    found = connection.execute("SELECT * FROM public.auto_categorize_content('some words, c b d', 'owner')").fetchall()
    assert found == []


def test_categories_are_those_of_the_system_and_ones_own(connection: psycopg.Connection[Any]) -> None:
    connection.execute("UPDATE public.content_categories SET keywords = '{moves, castle}' WHERE created_by IS NOT NULL")
    connection.execute("UPDATE public.content_categories SET keywords = '{castle}' WHERE id = 'personal'")
    query = b"SELECT category_id, category_name, confidence FROM public.auto_categorize_content('castle moves', %s)"
    system, own = ("personal", "Personal", 0.5), ("chess", "Chess", 0.75)
    with acting(connection, "stranger"):
        assert connection.execute(query, ["stranger"]).fetchall() == [own, system]
        assert connection.execute(query, ["owner"]).fetchall() == [system]
        assert connection.execute(query, [None]).fetchall() == [system]


def test_no_text_is_in_no_category(connection: psycopg.Connection[Any]) -> None:
    assert connection.execute("SELECT * FROM public.auto_categorize_content(NULL, 'owner')").fetchall() == []
