"""The second sample system's data in time: metrics by day, and the same data loaded at another time elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from tests.systems.analyticase import SYSTEM
from tests.systems.analyticase_rows import columns, quotient, rows, table

METRICS = "public.performance_metrics WHERE metric_name ="


class TestMetrics:
    def test_of_a_run_agree_with_it(self, connection: psycopg.Connection[Any]) -> None:
        named: dict[Any, dict[str, Decimal]] = defaultdict(dict)
        for metric in table(connection, "performance_metrics"):
            named[metric["run_id"]][metric["metric_name"]] = metric["metric_value"]
        named.pop(None)
        accuracy = {row["run_id"]: row["metrics"]["accuracy"] for row in table(connection, "hypergnn_results")}
        runs = {run["run_id"]: run for run in table(connection, "simulation_runs") if run["status"] == "completed"}
        assert set(named) == set(runs)
        for run, metrics in named.items():
            won, lost = runs[run]["success_count"], runs[run]["failure_count"]
            assert len(metrics) == 10
            assert metrics["duration"] == runs[run]["duration_seconds"]
            assert metrics["success_rate"] == quotient(100 * won, won + lost, "0.0001")
            assert metrics["validation_score"] == Decimal(str(accuracy.get(run, metrics["validation_score"])))

    def test_attention_brought_fifteen_per_cent(self, connection: psycopg.Connection[Any]) -> None:
        scores = defaultdict(list)
        columns = "configuration #>> '{versions,HyperGNN}' AS version, metrics -> 'accuracy' AS accuracy"
        joined = "public.hypergnn_results JOIN public.simulation_runs USING (run_id)"
        for row in rows(connection, f"SELECT {columns} FROM {joined}"):
            scores[row["version"]].append(row["accuracy"])
        before, after = (sum(scores[version]) / len(scores[version]) for version in ("1.0", "2.0"))
        assert after / before == pytest.approx(1.15, abs=0.02)

    def test_of_the_service_are_low_at_week_ends(self, connection: psycopg.Connection[Any]) -> None:
        loads: dict[bool, list[Decimal]] = defaultdict(list)
        free = "extract(isodow FROM measurement_timestamp AT TIME ZONE 'UTC') > 5 AS free"
        for row in rows(connection, f"SELECT {free}, metric_value FROM {METRICS} 'requests_per_minute'"):
            loads[row["free"]].append(row["metric_value"])
        assert sum(map(len, loads.values())) == 360
        assert sum(loads[True]) / len(loads[True]) < sum(loads[False]) / len(loads[False]) / 3

    def test_of_the_service_show_the_day_of_the_failed_runs(self, connection: psycopg.Connection[Any]) -> None:
        day = "({} AT TIME ZONE 'UTC')::date AS day"
        measured, began = day.format("measurement_timestamp"), day.format("run_timestamp")
        slow = f"SELECT DISTINCT {measured} FROM {METRICS} 'query_latency' AND metric_value > 100"
        failed = f"SELECT {began} FROM public.simulation_runs WHERE status = 'failed' GROUP BY 1 HAVING count(*) = 3"
        assert len(rows(connection, slow)) == 1
        assert rows(connection, slow) == rows(connection, failed)

    def test_database_grows(self, connection: psycopg.Connection[Any]) -> None:
        growth = f"SELECT metric_value FROM {METRICS} 'database_size' ORDER BY measurement_timestamp"
        sizes = [row["metric_value"] for row in rows(connection, growth)]
        assert sizes == sorted(sizes)
        assert len(sizes) == 360


DATED = sorted(set(SYSTEM.rows) - {"public.model_enhancements"})
TIMES = {"run_timestamp", "created_at", "updated_at", "analysis_timestamp", "measurement_timestamp"}
MOMENTS = [
    ("2028-02-29 23:59:59+00", "UTC"),
    ("2027-03-28 01:30:00+00", "Europe/Berlin"),  # the clock is put forward
    ("2027-01-01 00:00:00+00", "Pacific/Auckland"),
    ("2026-11-01 06:30:00+00", "America/New_York"),  # and back
]


def _timeless(connection: psycopg.Connection[Any]) -> dict[str, str]:
    """Return a digest of each table without its times; the service's metrics depend on the day of the week."""
    times = "{" + ",".join(TIMES) + "}"
    digest = """
        SELECT md5(string_agg(row, ',' ORDER BY row))
        FROM (SELECT (to_jsonb(t) - '{}'::text[])::text AS row FROM {} AS t WHERE run_id IS NOT NULL) AS rows
    """
    return {name: rows(connection, digest.format(times, name))[0]["md5"] for name in DATED}


class TestDataAtAnyTime:
    @pytest.fixture
    def told(self, connection: psycopg.Connection[Any]) -> dict[str, str]:
        """Return the digests of the data as it was loaded first."""
        return _timeless(connection)

    @pytest.fixture(params=MOMENTS, ids=lambda moment: moment[1])
    def moment(self, request: pytest.FixtureRequest, told: object, connection: psycopg.Connection[Any]) -> str:
        """Load the data as if it were another time, in a session of another place."""
        now: str = request.param[0]
        connection.execute("TRUNCATE public.simulation_runs CASCADE; DELETE FROM public.performance_metrics")
        connection.execute(f"SET LOCAL TimeZone = '{request.param[1]}'".encode())
        data = (SYSTEM.folder / "data.sql").read_text()
        connection.execute(re.sub(r"\bnow\(\)", f"timestamptz '{now}'", data).encode())
        return now

    def test_rows_are_the_same_but_for_their_times(
        self, connection: psycopg.Connection[Any], told: dict[str, str], moment: str
    ) -> None:
        assert _timeless(connection) == told
        found = {name: rows(connection, f"SELECT count(*) FROM {name}")[0]["count"] for name in DATED}
        assert found == {name: SYSTEM.rows[name] for name in DATED}

    def test_times_lie_in_the_120_days_before(self, connection: psycopg.Connection[Any], moment: str) -> None:
        dated = [(name, column) for name in DATED for column in TIMES & columns(connection, name)]
        assert len(dated) == 16
        for name, column in dated:
            earliest, latest = f"timestamptz '{moment}' - interval '2880 hours'", f"timestamptz '{moment}'"
            outside = f"SELECT {column} FROM {name} WHERE {column} NOT BETWEEN {earliest} AND {latest}"
            assert rows(connection, outside) == [], (name, column)

    def test_week_ends_are_quiet(self, connection: psycopg.Connection[Any], moment: str) -> None:
        days = "SELECT extract(isodow FROM run_timestamp AT TIME ZONE 'UTC')::int AS day"
        completed = rows(connection, f"{days} FROM public.simulation_runs WHERE status = 'completed'")
        assert sum(row["day"] > 5 for row in completed) <= 8
