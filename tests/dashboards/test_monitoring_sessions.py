"""The dashboard monitoring: sessions, their states, what they wait for and what they are at, against the server."""

from __future__ import annotations

from contextlib import closing
from decimal import Decimal
from typing import cast

import psycopg
import pytest

from console.config.profile import Target
from console.dashboards import severity
from console.drawing.picture import Role
from tests.dashboards.monitored import MONITORING, Monitored, busy
from tests.databases import Databases

WAITED = "SELECT date_part('epoch', clock_timestamp() - waitstart) FROM pg_locks WHERE pid = %s AND NOT granted"
SCANNED = "SELECT 100.0 * heap_blks_scanned / heap_blks_total FROM pg_stat_progress_vacuum"


async def test_connections_against_every_limit(monitored: Monitored, databases: Databases, database: Target) -> None:
    name = database.database
    most = int(monitored.one("SHOW max_connections"))
    before = monitored.one("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
    [server] = await monitored.rows("connections")
    assert (server["label"], server["limit"], server["note"]) == ("server", most, "3 for superusers")
    monitored.direct.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT 40'.encode())
    monitored.direct.execute("ALTER ROLE postgres CONNECTION LIMIT 60")
    try:
        opened = [databases.connect(database) for _ in range(5)]
        server, here, role = await monitored.rows("connections")
        here_now = monitored.one("SELECT count(*) FROM pg_stat_activity WHERE datname = %s", name)
        for connection in opened:
            connection.close()
    finally:
        monitored.direct.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT -1'.encode())
        monitored.direct.execute("ALTER ROLE postgres CONNECTION LIMIT -1")
    assert (here["label"], here["value"], here["limit"]) == (f"database {name}", here_now, 40)
    assert (role["label"], role["limit"]) == ("role postgres", 60)
    assert cast(int, server["value"]) >= before + 5
    assert severity.of(MONITORING.panels["connections"], [await monitored.sample("connections")]) is Role.OK


async def test_sessions_by_state(monitored: Monitored, databases: Databases, other: Target) -> None:
    name = other.database
    assert await monitored.rows("states", database=name) == [
        {"state": state, "sessions": 0} for state in ("active", "idle", "idle in transaction")
    ]
    with (
        databases.connect(other),
        databases.connect(other) as open_one,
        databases.connect(other) as failed,
        busy(databases, other, "SELECT pg_sleep(60)"),
    ):
        open_one.execute("BEGIN")
        failed.execute("BEGIN")
        with pytest.raises(psycopg.errors.DivisionByZero):
            failed.execute("SELECT 1 / 0")
        monitored.until("SELECT count(*) = 1 FROM pg_stat_activity WHERE datname = %s AND state = 'active'", name)
        shown = {row["state"]: row["sessions"] for row in await monitored.rows("states", database=name)}
        direct = dict(monitored.ask("SELECT state, count(*) FROM pg_stat_activity WHERE datname = %s GROUP BY 1", name))
    assert shown == direct
    assert shown == dict.fromkeys(("active", "idle", "idle in transaction", "idle in transaction (aborted)"), 1)


async def test_the_oldest_transaction(monitored: Monitored, databases: Databases, other: Target) -> None:
    name = other.database
    assert await monitored.row("oldest", database=name) == {"value": 0.0, "note": "none is open"}
    since = "SELECT date_part('epoch', clock_timestamp() - xact_start) FROM pg_stat_activity WHERE pid = %s"
    with databases.connect(other) as oldest, databases.connect(other) as younger:
        for connection in (oldest, younger):
            connection.execute("BEGIN")
        pid = oldest.info.backend_pid
        with monitored.between(since, pid) as direct:
            shown = await monitored.row("oldest", database=name)
    [(before,), (after,)] = direct
    assert before <= cast(float, shown["value"]) <= after
    assert shown["note"] == f"pid {pid} · postgres · idle in transaction"


async def test_who_waits_for_a_lock(monitored: Monitored, databases: Databases, other: Target) -> None:
    name = other.database
    assert await monitored.row("blocked", database=name) == {"value": 0.0, "note": "nobody waits"}
    with databases.connect(other) as holder:
        holder.execute("CREATE TABLE t (id int)")
        holder.execute("BEGIN")
        holder.execute("LOCK TABLE t")
        with busy(databases, other, "SELECT\n  count(*)\nFROM t") as first:
            monitored.until("SELECT count(*) = 1 FROM pg_locks WHERE pid = %s AND waitstart < now()", first)
            with busy(databases, other, "SELECT pg_sleep(60)") as asleep:
                monitored.until("SELECT wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = %s", asleep)
                with busy(databases, other, "DROP TABLE t") as second:
                    monitored.until("SELECT count(*) = 1 FROM pg_locks WHERE pid = %s AND NOT granted", second)
                    with monitored.between(WAITED, first) as direct:
                        shown = await monitored.row("blocked", database=name)
                    at_work = {row["wait"]: row["sessions"] for row in await monitored.rows("waits", database=name)}
                    longest = await monitored.rows("longest", database=name)
            pid = holder.info.backend_pid
    [(before,), (after,)] = direct
    assert before <= cast(float, shown["value"]) <= after
    assert shown["note"] == f"2 waiting · pid {first} for {pid}"
    assert at_work == {"IO": 0, "Lock": 2, "Timeout": 1, "computing": 0}
    assert [(row["pid"], row["waits for"], row["statement"]) for row in longest] == [
        (first, "Lock relation", "SELECT count(*) FROM t"),
        (asleep, "Timeout PgSleep", "SELECT pg_sleep(60)"),
        (second, "Lock relation", "DROP TABLE t"),
    ]
    assert cast(float, longest[0]["for"]) >= cast(float, longest[2]["for"]) > 0


async def test_what_is_under_way(monitored: Monitored, databases: Databases, database: Target) -> None:
    assert await monitored.rows("progress", database=database.database) == []
    monitored.direct.execute("CREATE TABLE t AS SELECT repeat('x', 500) FROM generate_series(1, 3000)")
    monitored.direct.execute("DELETE FROM t")
    with closing(databases.connect(database)) as connection:
        connection.execute("SET vacuum_cost_limit = 1")
        connection.execute("SET vacuum_cost_delay = '50ms'")
        connection.pgconn.send_query(b"VACUUM t")
        monitored.until("SELECT count(*) = 1 FROM pg_stat_progress_vacuum WHERE heap_blks_scanned > 0")
        with monitored.between(SCANNED) as direct:
            [shown] = await monitored.rows("progress", database=database.database)
        monitored.direct.execute("SELECT pg_terminate_backend(%s, 5000)", [connection.info.backend_pid])
    assert (shown["label"], shown["note"]) == ("vacuum public.t", "scanning heap")
    assert round(direct[0][0], 1) <= cast(Decimal, shown["value"]) <= round(direct[1][0], 1)


async def test_an_index_that_waits(monitored: Monitored, databases: Databases, database: Target) -> None:
    """A command whose share is not known yet is there without one."""
    monitored.direct.execute("CREATE TABLE t (id int)")
    with databases.connect(database) as writer:
        writer.execute("BEGIN")
        writer.execute("INSERT INTO t VALUES (1)")
        with busy(databases, database, "CREATE INDEX CONCURRENTLY i ON t (id)") as pid:
            monitored.until(
                "SELECT count(*) = 1 FROM pg_stat_progress_create_index WHERE pid = %s AND phase ~ '^waiting'", pid
            )
            [shown] = await monitored.rows("progress", database=database.database)
    assert shown == {
        "label": "create index concurrently public.t",
        "value": None,
        "note": "waiting for writers before build",
    }
