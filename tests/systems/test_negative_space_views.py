"""The views of negative_space, each against the same figures computed here from the rows of its tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.systems import negative_space
from tests.systems.negative_space_rows import Connection, Row, image, insert, queued, result, rows, user, value

SYSTEM = negative_space.SYSTEM


@pytest.fixture
def connection(shared: psycopg.Connection[Any]) -> Iterator[Connection]:
    """Return the connection with a person who has nothing, and one who has several of everything."""
    with shared.transaction(force_rollback=True):
        user(shared, email="lonely@example.com")
        busy = user(shared, email="busy@example.com")
        uploaded = [image(shared, busy, file_size=1000 + size) for size in range(3)]
        for one in uploaded[:2]:
            for milliseconds in (999, 1000, 4999, 5000):
                result(shared, one, busy, processing_time_ms=milliseconds)
            result(shared, one, busy, processing_time_ms=9000, cache_hit=True)
        queued(shared, uploaded[0], busy, status="cancelled", created_at="2020-01-01", completed_at="2020-01-02")
        queued(shared, uploaded[1], busy, status="processing", created_at="2020-01-01", started_at="2020-01-03")
        for status in ("success", "failure", "partial"):
            event = insert(shared, "security_audit", user_id=busy, action="api_call", status=status)
            for duration in (10, None, 31):
                insert(shared, "audit_log_details", audit_id=event, event_name="x", duration_ms=duration)
        yield shared


def _by(found: Iterable[Row], column: str) -> dict[Any, list[Row]]:
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in found:
        groups[row[column]].append(row)
    return groups


def _latest(found: Iterable[Row], column: str) -> Any:
    return max((row[column] for row in found), default=None)


def _seconds(spans: Iterable[timedelta]) -> list[Decimal]:
    return [Decimal(span // timedelta(microseconds=1)) / 1_000_000 for span in spans]


def _near(found: Decimal | None, expected: list[Decimal], places: str = "0.001") -> bool:
    if found is None or not expected:
        return found is None and not expected
    return abs(found - sum(expected, Decimal()) / len(expected)) <= Decimal(places)


def test_user_activity_counts_images_and_analyses_apart(connection: Connection) -> None:
    images, results = _by(rows(connection, "images"), "user_id"), _by(rows(connection, "analysis_results"), "user_id")
    expected = [
        {
            "user_id": person["id"],
            "email": person["email"],
            "role": person["role"],
            "total_images": len(images[person["id"]]),
            "total_analyses": len(results[person["id"]]),
            "last_image_upload": _latest(images[person["id"]], "uploaded_at"),
            "last_analysis": _latest(results[person["id"]], "created_at"),
            "last_login_at": person["last_login_at"],
            "created_at": person["created_at"],
        }
        for person in rows(connection, "users")
    ]
    found = rows(connection, "user_activity_summary")
    assert sorted(found, key=_email) == sorted(expected, key=_email)
    busy = _by(found, "email")["busy@example.com"][0]
    assert (busy["total_images"], busy["total_analyses"]) == (3, 10)


def _email(row: Row) -> str:
    return row["email"]


def test_queue_status_says_how_long_items_wait_and_take(connection: Connection) -> None:
    now = value(connection, "SELECT now()")
    found = {row["status"]: row for row in rows(connection, "queue_status_summary")}
    groups = _by(rows(connection, "processing_queue"), "status")
    assert found.keys() == groups.keys() == set(SYSTEM.enums["public.queue_status"])
    for status, items in groups.items():
        waits = _seconds((item["started_at"] or item["completed_at"] or now) - item["created_at"] for item in items)
        works = [item for item in items if item["started_at"] and item["completed_at"]]
        row = found[status]
        assert row["count"] == len(items)
        assert row["oldest_item"] == min(item["created_at"] for item in items)
        assert row["newest_item"] == max(item["created_at"] for item in items)
        assert _near(row["avg_wait_seconds"], waits)
        assert _near(row["max_wait_seconds"], [max(waits)])
        assert _near(row["avg_processing_seconds"], _seconds(w["completed_at"] - w["started_at"] for w in works))


def test_queue_status_of_an_empty_queue_is_empty(connection: Connection) -> None:
    connection.execute("DELETE FROM public.processing_queue")
    assert rows(connection, "queue_status_summary") == []


def test_image_analysis_shows_the_latest_result(connection: Connection) -> None:
    results = _by(rows(connection, "analysis_results"), "image_id")
    images = {row["id"]: row for row in rows(connection, "images")}
    found = rows(connection, "image_analysis_status")
    assert {row["image_id"] for row in found} == images.keys()
    assert len(found) == len(images)
    for row in found:
        shown = images[row["image_id"]]
        latest = max(results[row["image_id"]], key=lambda one: (one["created_at"], one["id"]), default={})
        assert row == {
            "image_id": shown["id"],
            **{name: shown[name] for name in ("file_name", "user_id", "analysis_status")},
            **{name: latest.get(name) for name in ("algorithm_version", "confidence_score", "processing_time_ms")},
            "analyzed_at": latest.get("created_at"),
            "is_analyzed": bool(latest),
        }
    assert sum(len(of) > 1 for of in results.values()) == 24 + 2


def test_recent_audit_events_are_the_newest_thousand(connection: Connection) -> None:
    events = sorted(rows(connection, "security_audit"), key=lambda row: (row["timestamp"], row["id"]), reverse=True)
    found = rows(connection, "recent_audit_events")
    assert len(found) == 1000
    assert found == [{name: event[name] for name in found[0]} for event in events[:1000]]


def test_performance_is_said_in_four_words(connection: Connection) -> None:
    sizes = {row["id"]: row["file_size"] for row in rows(connection, "images")}
    results = {row["id"]: row for row in rows(connection, "analysis_results")}
    found = rows(connection, "analysis_performance_summary")
    assert {row["result_id"] for row in found} == results.keys()
    assert len(found) == len(results)
    for row in found:
        of = results[row["result_id"]]
        assert row["file_size"] == sizes[row["image_id"]]
        assert row["performance_category"] == _category(of["cache_hit"], of["processing_time_ms"])
        assert {row[name] == of[name] for name in ("image_id", "confidence_score", "cache_hit", "created_at")} == {True}
    assert {row["performance_category"] for row in found} == {"cached", "fast", "normal", "slow"}


def _category(cached: bool, milliseconds: int) -> str:
    if cached:
        return "cached"
    return ["fast", "normal", "slow"][(milliseconds >= 1000) + (milliseconds >= 5000)]


def test_audit_summary_counts_an_event_once_whatever_its_details(connection: Connection) -> None:
    events, details = _by(rows(connection, "security_audit"), "user_id"), rows(connection, "audit_log_details")
    durations = _by([row for row in details if row["duration_ms"] is not None], "audit_id")
    found = {row["user_id"]: row for row in rows(connection, "audit_summary_by_user")}
    people = {row["id"]: row["email"] for row in rows(connection, "users")}
    assert found.keys() == people.keys()
    for key, row in found.items():
        own = events[key]
        assert row["email"] == people[key]
        assert row["total_events"] == len(own)
        assert row["failed_events"] == sum(event["status"] == "failure" for event in own)
        assert row["distinct_actions"] == len({event["action"] for event in own})
        assert row["last_event"] == _latest(own, "timestamp")
        taken = [Decimal(detail["duration_ms"]) for event in own for detail in durations[event["id"]]]
        assert _near(row["avg_duration_ms"], taken, "0.01")
    busy = next(row for row in found.values() if row["email"] == "busy@example.com")
    assert (busy["total_events"], busy["failed_events"]) == (3 + 3, 1)  # three images were uploaded, too
    assert busy["avg_duration_ms"] == Decimal("20.50")


def test_duplicates_are_reported_with_the_bytes_they_waste(connection: Connection) -> None:
    owner = user(connection)
    copies = [image(connection, owner, file_hash="cafe", file_size=10, uploaded_at=f"2020-01-0{n}") for n in (1, 2, 3)]
    connection.execute("SELECT public.mark_duplicate_images()")
    for one in copies:  # whatever hangs on them multiplies nothing
        result(connection, one, owner)
        result(connection, one, owner)
        queued(connection, one, owner)
    images = {row["id"]: row for row in rows(connection, "images")}
    groups = _by([row for row in images.values() if row["duplicate_of"]], "duplicate_of")
    found = {row["original_id"]: row for row in rows(connection, "duplicate_images_report")}
    assert found.keys() == groups.keys()
    for key, row in found.items():
        assert row == {
            "original_id": key,
            **{name: images[key][name] for name in ("file_name", "file_hash", "file_size")},
            "duplicate_count": len(groups[key]),
            "wasted_bytes": sum(copy["file_size"] for copy in groups[key]),
            "first_uploaded": images[key]["uploaded_at"],
            "last_duplicate": _latest(groups[key], "uploaded_at"),
        }
    assert (found[copies[0]]["duplicate_count"], found[copies[0]]["wasted_bytes"]) == (2, 20)
