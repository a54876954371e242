"""The functions of negative_space but for the rate limits: duplicates, the cache, and metrics in buckets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from psycopg.errors import InvalidParameterValue

from tests.systems import negative_space
from tests.systems.negative_space_rows import Connection, image, insert, rows, user, value

SYSTEM = negative_space.SYSTEM


def _mark(connection: Connection) -> int:
    return value(connection, "SELECT public.mark_duplicate_images()")


def _marks(connection: Connection, *images: UUID) -> list[tuple[bool, UUID | None]]:
    found = connection.execute(
        "SELECT id, is_duplicate, duplicate_of FROM public.images WHERE id = ANY (%s)", [[*images]]
    )
    marks = {key: (marked, of) for key, marked, of in found}
    return [marks[key] for key in images]


@pytest.fixture
def copies(connection: Connection) -> list[UUID]:
    """Return three images of the same content, the earliest of which was inserted last."""
    owner = user(connection)
    days = ("2026-01-03", "2026-01-02", "2026-01-01")
    return [image(connection, owner, file_hash="cafe", uploaded_at=day) for day in days][::-1]


def test_later_copies_point_to_the_earliest(connection: Connection, copies: list[UUID]) -> None:
    assert _mark(connection) == 2
    assert _marks(connection, *copies) == [(False, None), (True, copies[0]), (True, copies[0])]


def test_a_second_run_marks_nothing(connection: Connection, copies: list[UUID]) -> None:
    _mark(connection)
    before = _marks(connection, *copies)
    assert _mark(connection) == 0
    assert _marks(connection, *copies) == before


def test_the_sample_data_is_marked_already(connection: Connection) -> None:
    before = rows(connection, "images")
    assert _mark(connection) == 0
    assert rows(connection, "images") == before


def test_every_run_leaves_one_entry_in_the_audit_trail(connection: Connection, copies: list[UUID]) -> None:
    _mark(connection)
    _mark(connection)
    entries = connection.execute(
        "SELECT user_id, action, status, changes_after FROM public.security_audit"
        " WHERE resource_type = 'duplicate_images' ORDER BY changes_after DESC"
    ).fetchall()
    assert entries == [(None, "run_analysis", "success", {"marked": marked}) for marked in (2, 0)]


def test_copies_outlive_their_original_and_find_another(connection: Connection, copies: list[UUID]) -> None:
    _mark(connection)
    connection.execute("DELETE FROM public.images WHERE id = %s", [copies[0]])
    assert _marks(connection, *copies[1:]) == [(True, None), (True, None)]
    assert _mark(connection) == 1
    assert _marks(connection, *copies[1:]) == [(False, None), (True, copies[1])]


def test_the_last_copy_is_an_original(connection: Connection, copies: list[UUID]) -> None:
    _mark(connection)
    connection.execute("DELETE FROM public.images WHERE id = ANY (%s)", [copies[:2]])
    assert _mark(connection) == 0
    assert _marks(connection, copies[2]) == [(False, None)]


def test_an_earlier_copy_that_turns_up_becomes_the_original(connection: Connection, copies: list[UUID]) -> None:
    _mark(connection)
    older = image(connection, user(connection), file_hash="cafe", uploaded_at="2025-01-01")
    assert _mark(connection) == 3
    assert _marks(connection, older, *copies) == [(False, None), *[(True, older)] * 3]


def test_copies_of_the_same_moment_have_one_original(connection: Connection) -> None:
    owner = user(connection)
    same = sorted(image(connection, owner, file_hash="cafe") for _ in range(4))
    assert _mark(connection) == 3
    assert _marks(connection, *same) == [(False, None), *[(True, same[0])] * 3]


def _cache(connection: Connection, key: str, expires: str | None) -> None:
    at = None if expires is None else value(connection, "SELECT now() + %s::interval", [expires])
    insert(
        connection, "analysis_cache", cache_key=key, algorithm_fingerprint="x", cached_result={"regions": 7},
        size_bytes=13, expires_at=at,
    )  # fmt: skip


def _cached(connection: Connection, key: str | None) -> Any:
    return value(connection, "SELECT public.get_cached_analysis(%s)", [key])


def _hits(connection: Connection, key: str) -> tuple[int, bool]:
    [found] = connection.execute(
        "SELECT hit_count, last_accessed_at IS NOT DISTINCT FROM now() FROM public.analysis_cache WHERE cache_key = %s",
        [key],
    ).fetchall()
    return found


@pytest.mark.parametrize("expires", [None, "1 second", "infinity"])
def test_a_cached_result_is_found_and_the_hit_counted(connection: Connection, expires: str | None) -> None:
    if expires == "infinity":
        _cache(connection, "k", None)
        connection.execute("UPDATE public.analysis_cache SET expires_at = 'infinity' WHERE cache_key = 'k'")
    else:
        _cache(connection, "k", expires)
    assert _hits(connection, "k") == (0, False)
    assert [_cached(connection, "k") for _ in range(3)] == [{"regions": 7}] * 3
    assert _hits(connection, "k") == (3, True)


@pytest.mark.parametrize("expires", ["0", "-1 second", "-1 year"])
def test_an_expired_result_is_not_found_and_no_hit(connection: Connection, expires: str) -> None:
    _cache(connection, "k", expires)
    assert _cached(connection, "k") is None
    assert _hits(connection, "k") == (0, False)


@pytest.mark.parametrize("key", ["absent", "", None])
def test_an_absent_result_is_not_found(connection: Connection, key: str | None) -> None:
    assert _cached(connection, key) is None


def test_cleaning_deletes_what_is_expired_and_nothing_else(connection: Connection) -> None:
    for key, expires in {"never": None, "soon": "1 second", "just now": "0", "long ago": "-1 year"}.items():
        _cache(connection, key, expires)
    now = value(connection, "SELECT now()")
    before = rows(connection, "analysis_cache")
    lasting = {row["cache_key"] for row in before if row["expires_at"] is None or row["expires_at"] > now}
    assert {"never", "soon"} <= lasting
    assert value(connection, "SELECT public.cleanup_expired_cache()") == len(before) - len(lasting) > 2
    assert {row["cache_key"] for row in rows(connection, "analysis_cache")} == lasting
    assert value(connection, "SELECT public.cleanup_expired_cache()") == 0


AGGREGATE = "SELECT * FROM public.aggregate_performance_metrics({})"
COLUMNS = ("bucket", "samples", "avg_value", "min_value", "max_value", "p50", "p95", "p99")


def _percentile(ordered: Sequence[Decimal], share: str) -> Decimal:
    """Return what lies that far between the smallest and the largest value, between two of them in proportion."""
    place = Decimal(share) * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _expected(connection: Connection, name: str, window: int, bucket: int) -> list[tuple[Any, ...]]:
    now = value(connection, "SELECT now()")
    epoch = datetime.fromisoformat("2000-01-01T00:00+00:00")
    buckets: dict[datetime, list[Decimal]] = defaultdict(list)
    readings = "SELECT recorded_at, value FROM public.performance_metrics WHERE metric_name = %s"
    for at, figure in connection.execute(readings, [name]):
        if now - timedelta(minutes=window) < at <= now:
            begun = (at - epoch) // timedelta(minutes=bucket)
            buckets[epoch + begun * timedelta(minutes=bucket)].append(figure)
    return [
        (
            *(start, len(values), sum(values) / len(values), min(values), max(values)),
            *(_percentile(sorted(values), share) for share in ("0.50", "0.95", "0.99")),
        )
        for start, values in sorted(buckets.items())
    ]


@pytest.mark.parametrize(("window", "bucket"), [(60, 5), (60, 7), (1440, 60), (120, 1), (45, 1440), (172800, 10080)])
@pytest.mark.parametrize("name", ["api_request_duration_ms", "queue_depth"])
def test_readings_come_in_buckets_with_exact_percentiles(
    connection: Connection, name: str, window: int, bucket: int
) -> None:
    found = connection.execute(AGGREGATE.format("%s, %s, %s").encode(), [name, window, bucket]).fetchall()
    expected = _expected(connection, name, window, bucket)
    assert expected
    assert [row[:2] for row in found] == [row[:2] for row in expected]
    for row, wanted in zip(found, expected, strict=True):
        assert row[3:5] == wanted[3:5]
        assert all(abs(figure - exact) <= Decimal("0.0001") for figure, exact in zip(row[2:], wanted[2:], strict=True))


def test_without_more_words_it_is_an_hour_in_five_minutes(connection: Connection) -> None:
    name = "cpu_percent"
    short = connection.execute(AGGREGATE.format("%s").encode(), [name])
    assert tuple(column.name for column in short.description or ()) == COLUMNS
    assert short.fetchall() == connection.execute(AGGREGATE.format("%s, 60, 5").encode(), [name]).fetchall()


def _reading(connection: Connection, name: str, figure: int, ago: str) -> None:
    at = value(connection, "SELECT now() - %s::interval", [ago])
    insert(connection, "performance_metrics", metric_name=name, value=figure, unit="x", recorded_at=at)


def test_the_window_ends_now_and_begins_just_after_its_length(connection: Connection) -> None:
    moments = (
        "0",
        "1 microsecond",
        "59 minutes 59.999999 seconds",
        "60 minutes",
        "60 minutes 1 microsecond",
        "-1 second",
    )
    for figure, ago in enumerate(moments):
        _reading(connection, "edge", 10**figure, ago)
    found = connection.execute(AGGREGATE.format("'edge', 60, 1440").encode()).fetchall()
    assert sum(row[1] * row[2] for row in found) == 111


def test_a_bucket_holds_its_beginning_and_not_its_end(connection: Connection) -> None:
    """One reading lies on the bound of two buckets, one just before it."""
    bound = value(connection, "SELECT date_bin('5 minutes', now() - interval '10 minutes', '2000-01-01 00:00+00')")
    for figure, at in {1: bound, 2: bound - timedelta(microseconds=1)}.items():
        insert(connection, "performance_metrics", metric_name="edge", value=figure, unit="x", recorded_at=at)
    found = connection.execute(AGGREGATE.format("'edge'").encode()).fetchall()
    assert [(row[0], row[1], row[2]) for row in found] == [(bound - timedelta(minutes=5), 1, 2), (bound, 1, 1)]


@pytest.mark.parametrize("name", ["no such metric", "", None, "API_REQUEST_DURATION_MS"])
def test_an_empty_window_has_no_buckets(connection: Connection, name: str | None) -> None:
    _reading(connection, "", 1, "2 hours")
    assert connection.execute(AGGREGATE.format("%s").encode(), [name]).fetchall() == []


@pytest.mark.parametrize(
    ("window", "bucket", "said"), [(0, 5, "0 and 5"), (60, 0, "60 and 0"), (-1, 5, "-1 and 5"), (None, 5, "NULL and 5")]
)
def test_a_window_without_length_is_refused(connection: Connection, window: int | None, bucket: int, said: str) -> None:
    with pytest.raises(InvalidParameterValue, match=f"at least one minute long, not {said}"), connection.transaction():
        connection.execute(AGGREGATE.format("'x', %s, %s").encode(), [window, bucket])
