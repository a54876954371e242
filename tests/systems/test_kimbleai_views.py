"""The views of kimbleai on its sample data, each against the same figures computed here from the rows of its tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

import psycopg
import pytest
from psycopg.rows import dict_row

from tests.systems import kimbleai

pytestmark = pytest.mark.vector
SYSTEM = kimbleai.SYSTEM
Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = list[Row]


@pytest.fixture
def connection(shared: psycopg.Connection[Any], request: pytest.FixtureRequest) -> Iterable[psycopg.Connection[Any]]:
    """Return the connection with a person who has nothing, and calls and actions on the edges of days and months."""
    with shared.transaction(force_rollback=True):
        shared.execute("INSERT INTO public.users (id, email, name) VALUES ('lonely', 'lonely@example.com', 'Lonely')")
        shared.execute(
            "INSERT INTO public.api_cost_tracking"
            ' (user_id, model, endpoint, input_tokens, output_tokens, cost_usd, "timestamp", cached)'
            " SELECT id, 'edge', 'edge', 2147483647, 2147483647, 0.000001, t, id < 'm'"
            " FROM public.users, unnest(ARRAY['2026-03-31 23:59:59.999999+00', '2026-04-01 00:00+00']::timestamptz[]) t"
            " WHERE id <> 'lonely'"
        )
        shared.execute(
            "INSERT INTO public.activity_logs (user_id, action_type, resource_type, created_at)"
            " SELECT id, 'edge', 'edge', date_trunc('day', now(), 'UTC') - before::interval"
            " FROM public.users, (VALUES ('0'), ('1 us'), ('696 hours'), ('696 hours 1 us')) AS edge (before)"
            " WHERE id <> 'lonely'"
        )
        yield shared


def rows(connection: psycopg.Connection[Any], relation: str) -> Rows:
    """Return every row of a table or view."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(f"SELECT * FROM public.{relation}".encode()).fetchall()


def grouped(found: Rows, *keys: str | Callable[[Row], Any]) -> dict[tuple[Any, ...], Rows]:
    """Return the rows by what they have in these columns, or by what is made of them."""
    groups: dict[tuple[Any, ...], Rows] = defaultdict(list)
    for row in found:
        groups[tuple(row[key] if isinstance(key, str) else key(row) for key in keys)].append(row)
    return groups


def same(view: Rows, keys: Sequence[str], expected: dict[tuple[Any, ...], Row]) -> None:
    """The view has one row for each group, with these figures; averages within a billionth."""
    by_key = {tuple(row[key] for key in keys): row for row in view}
    assert len(view) == len(by_key)
    assert by_key.keys() == expected.keys()
    for key, figures in expected.items():
        rest = {name: value for name, value in by_key[key].items() if name not in keys}
        averages = {name for name in figures if name.startswith("avg")}
        assert {n: v for n, v in rest.items() if n not in averages} == {
            n: v for n, v in figures.items() if n not in averages
        }
        assert {n: float(rest[n]) for n in averages} == pytest.approx(
            {n: float(figures[n]) for n in averages}, rel=1e-9
        )


def latest(found: Iterable[datetime | None]) -> datetime | None:
    """Return the newest, None when there is none."""
    return max((moment for moment in found if moment is not None), default=None)


@pytest.fixture(params=["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def anywhere(connection: psycopg.Connection[Any], request: pytest.FixtureRequest) -> psycopg.Connection[Any]:
    """Return the connection in one time zone after the other: views mean the same in each."""
    connection.execute("SELECT set_config('timezone', %s, true)", [request.param])
    return connection


def test_dashboard_stats_counts_each_thing_of_each_person_once(connection: psycopg.Connection[Any]) -> None:
    counted = {
        "project_count": grouped(rows(connection, "projects"), "owner_id"),
        "conversation_count": grouped(rows(connection, "conversations"), "user_id"),
        "file_count": grouped(rows(connection, "files"), "user_id"),
        "transcription_count": grouped(rows(connection, "audio_transcriptions"), "user_id"),
        "knowledge_count": grouped(rows(connection, "knowledge_base"), "user_id"),
    }
    actions = grouped(rows(connection, "activity_logs"), "user_id")
    expected = {}
    for user in rows(connection, "users"):
        key = (user["id"],)
        mine = {name: groups.get(key, []) for name, groups in counted.items()}
        moments = [row["last_message_at"] for row in mine["conversation_count"]]
        moments += [
            row["created_at"] for name in ("file", "transcription", "knowledge") for row in mine[f"{name}_count"]
        ]
        moments += [row["created_at"] for row in actions.get(key, [])]
        expected[key] = {
            "user_name": user["name"],
            "email": user["email"],
            **{name: len(group) for name, group in mine.items()},
            "total_storage_bytes": sum(row["size_bytes"] for row in mine["file_count"]),
            "last_activity": latest(moments),
        }
    same(rows(connection, "dashboard_stats"), ["user_id"], expected)
    assert expected["lonely",] == {
        "user_name": "Lonely", "email": "lonely@example.com", "last_activity": None,
        **dict.fromkeys([*counted, "total_storage_bytes"], 0),
    }  # fmt: skip


def test_recent_activity_is_the_last_hundred_newest_first(connection: psycopg.Connection[Any]) -> None:
    connection.execute("UPDATE public.activity_logs SET created_at = now() WHERE id % 50 = 0")  # not told apart by time
    names = {user["id"]: user["name"] for user in rows(connection, "users")}
    expected = sorted(rows(connection, "activity_logs"), key=lambda row: (row["created_at"], row["id"]), reverse=True)
    assert rows(connection, "recent_activity") == [
        {"user_name": names[row["user_id"]]} | {k: v for k, v in row.items() if k not in {"ip_address", "user_agent"}}
        for row in expected[:100]
    ]


def test_user_activity_summary_has_thirty_days_in_utc(anywhere: psycopg.Connection[Any]) -> None:
    names = {user["id"]: user["name"] for user in rows(anywhere, "users")}
    today = anywhere.execute("SELECT now()").fetchall()[0][0].astimezone(UTC).date()
    groups = grouped(rows(anywhere, "activity_logs"), "user_id", lambda row: row["created_at"].astimezone(UTC).date())
    expected = {
        (user, day): {
            "user_name": names[user],
            "total_actions": len(group),
            "action_types": sorted({row["action_type"] for row in group}),
            "resource_types": sorted({row["resource_type"] for row in group}),
        }
        for (user, day), group in groups.items()
        if day > today - timedelta(days=30)
    }
    assert {today, today - timedelta(days=29)} <= {day for _, day in expected}
    same(rows(anywhere, "user_activity_summary"), ["user_id", "activity_date"], expected)


def _costs(group: Rows, *names: str) -> Row:
    figures = {
        "total_calls": len(group),
        "input_tokens": sum(row["input_tokens"] for row in group),
        "output_tokens": sum(row["output_tokens"] for row in group),
        "total_tokens": sum(row["input_tokens"] + row["output_tokens"] for row in group),
        "total_cost_usd": sum((row["cost_usd"] for row in group), Decimal()),
        "avg_cost_usd": sum((row["cost_usd"] for row in group), Decimal()) / len(group),
        "max_cost_usd": max(row["cost_usd"] for row in group),
        "cached_calls": sum(row["cached"] for row in group),
        "last_used": max(row["timestamp"] for row in group),
    }
    return {name: figures[name] for name in names}


def _midnight(row: Row) -> datetime:
    moment: datetime = row["timestamp"].astimezone(UTC)
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


COSTS: dict[str, tuple[dict[str, str | Callable[[Row], Any]], str]] = {
    "monthly_cost_summary": (
        {"month": lambda row: _midnight(row).replace(day=1), "user_id": "user_id"},
        "total_calls input_tokens output_tokens total_cost_usd avg_cost_usd max_cost_usd cached_calls",
    ),
    "daily_cost_summary": ({"day": _midnight, "user_id": "user_id"}, "total_calls total_tokens total_cost_usd"),
    "cost_by_model": (
        {"user_id": "user_id", "model": "model"},
        "total_calls input_tokens output_tokens total_cost_usd avg_cost_usd last_used",
    ),
    "cost_by_endpoint": (
        {"user_id": "user_id", "endpoint": "endpoint"},
        "total_calls total_cost_usd avg_cost_usd last_used",
    ),
}


@pytest.mark.parametrize("view", COSTS)
def test_costs_are_summed_up(anywhere: psycopg.Connection[Any], view: str) -> None:
    keys, names = COSTS[view]
    groups = grouped(rows(anywhere, "api_cost_tracking"), *keys.values())
    expected = {key: _costs(group, *names.split()) for key, group in groups.items()}
    assert len(expected) >= 4
    same(rows(anywhere, view), list(keys), expected)


def test_file_stats(connection: psycopg.Connection[Any]) -> None:
    groups = grouped(rows(connection, "files"), "user_id", "file_type")
    expected = {
        key: {
            "file_count": len(group),
            "total_size_bytes": sum(row["size_bytes"] for row in group),
            "avg_size_bytes": sum(row["size_bytes"] for row in group) / len(group),
            "latest_upload": max(row["created_at"] for row in group),
        }
        for key, group in groups.items()
    }
    same(rows(connection, "file_stats"), ["user_id", "file_type"], expected)


def test_transcription_stats_has_a_row_for_those_without_a_project(connection: psycopg.Connection[Any]) -> None:
    connection.execute(
        "INSERT INTO public.audio_transcriptions (user_id, filename, project_id)"
        " SELECT 'lonely', 'a.wav', id FROM (SELECT id FROM public.projects UNION ALL SELECT NULL) p"
    )
    projects = {row["id"]: row["name"] for row in rows(connection, "projects")}
    groups = grouped(rows(connection, "audio_transcriptions"), "user_id", "project_id")
    expected = {
        key: {
            "project_name": projects.get(key[1]),
            "transcription_count": len(group),
            "total_duration_seconds": sum(row["duration_seconds"] or 0 for row in group),
            "total_size_bytes": sum(row["file_size"] or 0 for row in group),
            "last_transcribed": max(row["created_at"] for row in group),
        }
        for key, group in groups.items()
    }
    assert ("lonely", None) in expected
    same(rows(connection, "transcription_stats"), ["user_id", "project_id"], expected)


def test_category_stats_counts_by_category_id(connection: psycopg.Connection[Any]) -> None:
    connection.execute(
        "UPDATE public.knowledge_base SET category_id = NULL, category = 'dnd' WHERE category_id = 'dnd'"
    )
    tables = {
        "knowledge_count": ("knowledge_base", "created_at"),
        "project_count": ("projects", "created_at"),
        "conversation_count": ("conversations", "last_message_at"),
        "transcription_count": ("audio_transcriptions", "created_at"),
    }
    groups = {name: grouped(rows(connection, table), "category_id") for name, (table, _) in tables.items()}
    expected = {}
    for category in rows(connection, "content_categories"):
        key = (category["id"],)
        mine = {name: groups[name].get(key, []) for name in tables}
        expected[key] = {
            "category_name": category["name"],
            **{name: len(group) for name, group in mine.items()},
            "last_activity": latest(
                row[tables[name][1]] or row["created_at"] for name, group in mine.items() for row in group
            ),
        }
    assert expected["dnd",]["knowledge_count"] == 0
    same(rows(connection, "category_stats"), ["category_id"], expected)
