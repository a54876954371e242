"""The sample data of negative_space: that it agrees with itself, that it has a rhythm and incidents, and its scale."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from statistics import mean
from typing import Any

import psycopg
import pytest

from tests.systems import negative_space, steps
from tests.systems.negative_space_rows import Connection, Row, rows, value

SYSTEM = negative_space.SYSTEM


@pytest.fixture(scope="module")
def tables(shared: psycopg.Connection[Any]) -> dict[str, list[Row]]:
    """Return every row of every table."""
    return {table: rows(shared, table.removeprefix("public.")) for table in SYSTEM.rows}


@pytest.fixture(scope="module")
def loaded_at(tables: dict[str, list[Row]]) -> datetime:
    """Return when the data was loaded, to which all its times are relative."""
    return max(row["recorded_at"] for row in tables["public.performance_metrics"])


def _by(found: list[Row], column: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in found:
        groups[row[column]].append(row)
    return groups


AHEAD = {"expires_at", "account_locked_until"}  # these may lie before us
EVENTS = {
    "users": {"last_login_at", "created_at", "updated_at"},
    "images": {"uploaded_at", "processed_at", "created_at", "updated_at", "last_retry_at"},
    "analysis_results": {"created_at", "updated_at", "cached_at"},
    "processing_queue": {"last_error_at", "started_at", "completed_at", "created_at"},
    "api_keys": {"last_used_at", "created_at"},
    "security_audit": {"timestamp"},
    "audit_log_details": {"created_at"},
    "analysis_cache": {"last_accessed_at", "created_at"},
    "performance_metrics": {"recorded_at"},
}


@pytest.mark.parametrize("table", EVENTS)
def test_everything_happened_in_the_last_120_days(
    tables: dict[str, list[Row]], loaded_at: datetime, table: str
) -> None:
    found = {
        column: value
        for row in tables[f"public.{table}"]
        for column, value in row.items()
        if isinstance(value, datetime) and column not in AHEAD
    }
    assert found.keys() == EVENTS[table]
    moments = [row[column] for row in tables[f"public.{table}"] for column in EVENTS[table] if row[column]]
    assert loaded_at - timedelta(days=120) <= min(moments)
    assert max(moments) <= loaded_at


def test_images_have_come_to_their_status_by_legal_steps(tables: dict[str, list[Row]]) -> None:
    ways = {
        ("pending",),
        ("pending", "archived"),
        ("pending", "processing"),
        ("pending", "processing", "completed"),
        ("pending", "processing", "failed"),
    }
    for row in tables["public.images"]:
        history = [(step["status"], datetime.fromisoformat(step["at"])) for step in row["processing_history"]]
        assert tuple(status for status, _ in history) in ways
        assert history == sorted(history, key=lambda step: step[1])
        assert history[0][1] == row["uploaded_at"]
        assert history[-1][0] == row["analysis_status"]
        assert (row["processed_at"] is not None) == (row["analysis_status"] in {"completed", "failed"})
        assert (row["failure_reason"] is not None) == (row["analysis_status"] == "failed")
        assert (row["last_retry_at"] is not None) == (row["analysis_retry_count"] > 0)


def test_a_completed_image_has_a_result_and_no_other_has(tables: dict[str, list[Row]]) -> None:
    results = _by(tables["public.analysis_results"], "image_id")
    completed = {row["id"]: row for row in tables["public.images"] if row["analysis_status"] == "completed"}
    assert results.keys() == completed.keys()
    for key, found in results.items():
        assert min(row["created_at"] for row in found) == completed[key]["processed_at"]
        assert {row["user_id"] for row in found} == {completed[key]["user_id"]}


MEANS = {
    ("pending", "queued"),
    ("processing", "processing"),
    ("processing", "failed"),
    ("processing", "retrying"),
    ("completed", "completed"),
    ("failed", "failed"),
    ("archived", "cancelled"),
}


def test_queue_and_images_tell_the_same(tables: dict[str, list[Row]]) -> None:
    images = {row["id"]: row for row in tables["public.images"]}
    items = [(images[row["image_id"]], row) for row in tables["public.processing_queue"]]
    assert {(image["analysis_status"], item["status"]) for image, item in items} == MEANS
    for image, item in items:
        assert item["user_id"] == image["user_id"]
        assert item["created_at"] == image["uploaded_at"]
        assert item["retry_count"] == image["analysis_retry_count"]
        ended = image["analysis_status"] in {"completed", "failed", "archived"}
        assert (item["completed_at"] is not None) == ended
        assert (
            (item["started_at"] is None) == (item["status"] in {"queued", "cancelled"}) == (item["worker_id"] is None)
        )
        assert (item["error_message"] is not None) >= (item["status"] in {"failed", "retrying"})
        assert (item["last_error_at"] is not None) == (item["status"] in {"failed", "retrying"})
        moments = [item[name] for name in ("created_at", "started_at", "completed_at") if item[name]]
        assert moments == sorted(moments)
        assert (item["retry_count"] == item["max_retries"]) == (image["analysis_status"] == "failed")


def test_copies_have_what_their_original_has_and_came_later(tables: dict[str, list[Row]]) -> None:
    images = {row["id"]: row for row in tables["public.images"]}
    copies = [row for row in images.values() if row["duplicate_of"]]
    assert len(copies) == sum(row["is_duplicate"] for row in images.values()) == 60
    assert len({row["file_hash"] for row in images.values()}) == 2000 - 60
    for copy in copies:
        original = images[copy["duplicate_of"]]
        same = ("file_hash", "file_size", "mime_type", "width", "height")
        assert [copy[name] for name in same] == [original[name] for name in same]
        assert copy["uploaded_at"] >= original["uploaded_at"]
        assert not original["is_duplicate"]


def test_the_audit_trail_has_each_upload_once_at_its_time(tables: dict[str, list[Row]]) -> None:
    """The entries are those that the trigger wrote when the data was loaded."""
    came = [row for row in tables["public.security_audit"] if row["action"] == "create_image"]
    images = {str(row["id"]): row for row in tables["public.images"]}
    assert sorted(row["resource_id"] for row in came) == sorted(images)
    for row in came:
        image = images[row["resource_id"]]
        assert (row["timestamp"], row["user_id"]) == (image["uploaded_at"], image["user_id"])
        assert row["changes_after"]["file_hash"] == image["file_hash"]
        assert row["changes_after"]["analysis_status"] == "pending"


def test_the_audit_trail_has_each_analysis_and_details_of_everything(tables: dict[str, list[Row]]) -> None:
    events = {row["id"]: row for row in tables["public.security_audit"]}
    analyses = {row["changes_after"]["result"] for row in events.values() if row["action"] == "run_analysis"}
    assert analyses == {str(row["id"]) for row in tables["public.analysis_results"]}
    details = {row["audit_id"]: row for row in tables["public.audit_log_details"]}
    assert details.keys() == events.keys()
    assert all(row["created_at"] == events[key]["timestamp"] for key, row in details.items())
    assert {row["action"] for row in events.values()} == set(SYSTEM.enums["public.audit_action"])
    assert {row["status"] for row in events.values()} == set(SYSTEM.enums["public.audit_status"])


def test_users_agree_with_what_the_audit_trail_says(tables: dict[str, list[Row]]) -> None:
    events = _by(tables["public.security_audit"], "user_id")
    for person in tables["public.users"]:
        own = events[person["id"]]
        logins = sorted((row for row in own if row["action"] == "login"), key=lambda row: row["timestamp"])
        good = [row["timestamp"] for row in logins if row["status"] == "success"]
        assert person["last_login_at"] == max(good, default=None)
        assert person["audit_event_count"] == len(own)
        assert person["api_request_count"] == sum(row["action"] == "api_call" for row in own)
        since = [row for row in logins if not good or row["timestamp"] > max(good)]
        assert person["failed_login_attempts"] == len(since)
        assert all(row["timestamp"] >= person["created_at"] for row in own)


def test_people_are_nobody_and_their_hashes_are_none(tables: dict[str, list[Row]]) -> None:
    people = {row["email"]: row for row in tables["public.users"]}
    assert {"admin@example.com", "user@example.com"} <= people.keys()
    assert all(email.endswith("@example.com") for email in people)
    assert all("this.is.not.the.hash" in row["password_hash"] for row in people.values())
    assert all(re.fullmatch("sha256:[0-9a-f]{64}", row["key_hash"]) for row in tables["public.api_keys"])
    assert people["admin@example.com"]["role"] == "admin"
    assert Counter(row["role"] for row in people.values()) == {"viewer": 120, "analyst": 58, "api_user": 20, "admin": 2}
    assert sum(row["account_locked_until"] is not None for row in people.values()) == 7


@pytest.mark.parametrize(("table", "column"), [("images", "uploaded_at"), ("security_audit", "timestamp")])
def test_little_happens_at_night_and_at_weekends(
    tables: dict[str, list[Row]], loaded_at: datetime, table: str, column: str
) -> None:
    """Of what was loaded as new or belongs to an incident, nothing is counted."""
    moments = [row[column].astimezone(UTC) for row in tables[f"public.{table}"]]
    usual = [at for at in moments if at < loaded_at - timedelta(days=14)]
    days = Counter(at.date() for at in usual)
    first, last = min(days), max(days)
    span = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    busy = [days[day] for day in span if day.isoweekday() < 6]
    calm = [days[day] for day in span if day.isoweekday() > 5]
    assert mean(calm) < mean(busy) / 2
    assert sum(7 <= at.hour < 20 for at in usual) > 0.8 * len(usual)


def test_a_batch_failed_on_one_day(tables: dict[str, list[Row]]) -> None:
    failed = Counter(
        (row["uploaded_at"].astimezone(UTC).date(), row["user_id"])
        for row in tables["public.images"]
        if row["analysis_status"] == "failed"
    )
    assert failed.most_common(1)[0][1] >= 80
    assert failed.most_common(2)[1][1] <= 10


def test_one_week_was_slow(tables: dict[str, list[Row]], loaded_at: datetime) -> None:
    def taken(first: int, last: int) -> float:
        return mean(
            row["processing_time_ms"] for row in tables["public.analysis_results"]
            if not row["cache_hit"] and timedelta(days=first) < loaded_at - row["created_at"] < timedelta(days=last)
        )  # fmt: skip

    assert taken(29, 34) > 3 * taken(1, 27)
    assert taken(29, 34) > 3 * taken(36, 120)


def test_passwords_were_guessed_one_night(tables: dict[str, list[Row]]) -> None:
    failures = [
        row for row in tables["public.security_audit"] if row["action"] == "login" and row["status"] == "failure"
    ]
    guessed = [row for row in failures if str(row["ip_address"]).startswith("203.0.113.")]
    moments = [row["timestamp"] for row in guessed]
    assert len(guessed) == 240
    assert max(moments) - min(moments) <= timedelta(minutes=20)
    assert len({row["user_id"] for row in guessed}) == 6
    assert len(failures) < 2 * len(guessed)


def test_metrics_are_in_order(tables: dict[str, list[Row]]) -> None:
    metrics = _by(tables["public.performance_metrics"], "metric_name")
    assert {len(found) for found in metrics.values()} == {3000}
    kinds = {name: {row["metric_type"] for row in found} for name, found in metrics.items()}
    assert set().union(*kinds.values()) == {"counter", "gauge", "histogram"}
    assert {len(kind) for kind in kinds.values()} == {1}
    for row in tables["public.performance_metrics"]:
        if row["metric_type"] == "histogram":
            assert 0 < row["percentile_p50"] <= row["percentile_p95"] <= row["percentile_p99"]
        else:
            assert (row["percentile_p50"], row["percentile_p99"], row["sample_count"]) == (None, None, 1)
    for found in metrics.values():
        if found[0]["metric_type"] == "counter":
            counted = [row["value"] for row in sorted(found, key=lambda row: row["recorded_at"])]
            assert counted == sorted(counted)


def test_the_next_reading_gets_a_free_number(connection: Connection) -> None:
    added = "INSERT INTO public.performance_metrics (metric_name, value, unit) VALUES ('x', 1, 'x') RETURNING id"
    assert value(connection, added) == SYSTEM.rows["public.performance_metrics"] + 1


def _digests(connection: Connection) -> dict[str, tuple[int, str]]:
    digest = "SELECT count(*), md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))) FROM {} AS t"
    return {table: connection.execute(digest.format(table).encode()).fetchall()[0] for table in SYSTEM.rows}


def test_a_larger_scale_adds_and_a_smaller_one_changes_nothing(alone: Connection) -> None:
    for table in SYSTEM.rows:
        alone.execute(f"CREATE TEMP TABLE {table.removeprefix('public.')} AS SELECT * FROM {table}".encode())
    with alone.transaction():
        alone.execute("SET LOCAL dbconsole.scale = '2'")
        steps.load(alone, SYSTEM)
    large = _digests(alone)
    assert {table: count for table, (count, _) in large.items()} == {
        table: 2 * count for table, count in SYSTEM.rows.items()
    }
    for table in SYSTEM.rows:
        changed = f"TABLE pg_temp.{table.removeprefix('public.')} EXCEPT ALL TABLE {table}"
        assert alone.execute(changed.encode()).fetchall() == []
    steps.load(alone, SYSTEM)  # the setting is empty by now, which is the same as none
    assert value(alone, "SHOW dbconsole.scale") == ""
    assert _digests(alone) == large
    assert value(alone, "SELECT public.mark_duplicate_images()") == 0


def test_what_was_deleted_comes_back(alone: Connection) -> None:
    """The trigger has written of it meanwhile, and writes again: nothing of that is in the way."""
    alone.execute("DELETE FROM public.users WHERE email = 'user@example.com'")
    alone.execute("DELETE FROM public.images WHERE id IN (SELECT id FROM public.images ORDER BY id LIMIT 50)")
    steps.load(alone, SYSTEM)
    for table in ("users", "images", "analysis_results", "processing_queue", "analysis_cache"):
        assert value(alone, f"SELECT count(*) FROM public.{table}") == SYSTEM.rows[f"public.{table}"]
    before = _digests(alone)
    steps.load(alone, SYSTEM)
    assert _digests(alone) == before


def test_rolling_back_0002_keeps_the_rows_of_0001(alone: Connection) -> None:
    core = ("users", "images", "analysis_results", "processing_queue", "api_keys", "security_audit")
    steps.run(alone, SYSTEM, "0002_add_audit_tables", "down")
    assert steps.failed(steps.verify(alone, SYSTEM, "0001_initial_schema")) == []
    kept = {table: rows(alone, table) for table in core}
    assert {table: len(found) for table, found in kept.items()} == {
        table: SYSTEM.rows[f"public.{table}"] for table in core
    }
    steps.run(alone, SYSTEM, "0002_add_audit_tables", "up")
    assert steps.failed(steps.verify(alone, SYSTEM)) == []
    again = {table: rows(alone, table) for table in core}
    assert {table: [{name: row[name] for name in kept[table][0]} for row in again[table]] for table in core} == kept
    assert {row["is_duplicate"] for row in again["images"]} == {False}
    assert value(alone, "SELECT public.mark_duplicate_images()") == 60
