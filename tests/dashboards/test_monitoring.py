"""The dashboard monitoring: each panel against the server asked directly."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import cast

import psycopg
import pytest

from console.config.profile import Target
from console.dashboards import severity
from console.dashboards.parameters import chosen
from console.dashboards.reading.rates import rates
from console.dashboards.reading.reader import read_all
from console.dashboards.sample import Sample
from console.dashboards.shaping.shape import shape
from console.drawing.picture import Role
from tests.dashboards.monitored import MONITORING, Monitored
from tests.databases import Databases

OF_A_DATABASE = {
    "transactions": "SELECT xact_commit, xact_rollback FROM pg_stat_database WHERE datname = %s",
    "cache": "SELECT blks_hit, blks_hit + blks_read FROM pg_stat_database WHERE datname = %s",
    "reads": "SELECT tup_returned, tup_fetched FROM pg_stat_database WHERE datname = %s",
    "writes": "SELECT tup_inserted, tup_updated, tup_deleted FROM pg_stat_database WHERE datname = %s",
    "temp": "SELECT temp_bytes FROM pg_stat_database WHERE datname = %s",
    "deadlocks": "SELECT deadlocks FROM pg_stat_database WHERE datname = %s",
}
BUFFERS = {
    14: "SELECT 8192 * buffers_clean, 8192 * buffers_checkpoint, 8192 * buffers_backend FROM pg_stat_bgwriter",
    17: "SELECT 8192 * b.buffers_clean, 8192 * c.buffers_written,"
    " (SELECT sum((coalesce(writes, 0) + coalesce(extends, 0)) * op_bytes) FROM pg_stat_io"
    " WHERE object = 'relation' AND backend_type !~ '^(checkpointer|background writer)$')"
    " FROM pg_stat_bgwriter AS b, pg_stat_checkpointer AS c",
    18: "SELECT 8192 * b.buffers_clean, 8192 * c.buffers_written,"
    " (SELECT sum(coalesce(write_bytes, 0) + coalesce(extend_bytes, 0)) FROM pg_stat_io"
    " WHERE object = 'relation' AND backend_type !~ '^(checkpointer|background writer)$')"
    " FROM pg_stat_bgwriter AS b, pg_stat_checkpointer AS c",
}
CHECKPOINTS = {
    14: "SELECT checkpoints_req, checkpoints_timed FROM pg_stat_bgwriter",
    17: "SELECT num_requested, num_timed FROM pg_stat_checkpointer",
}
READ = {
    16: "SELECT sum(reads * op_bytes) FILTER (WHERE backend_type = 'client backend') FROM pg_stat_io",
    18: "SELECT sum(read_bytes) FILTER (WHERE backend_type = 'client backend' AND object <> 'wal') FROM pg_stat_io",
}
NAMES = {"wal": "last", "buffers": "clean, checkpoint, last", "io": "last"}
BEGUN = "SELECT stats_reset IS NOT NULL FROM pg_stat_database WHERE datname = %s"


def of(version: int, texts: dict[int, str]) -> str:
    return texts[max(since for since in texts if since <= version)]


def act(databases: Databases, target: Target) -> None:
    """Write, read, roll back, spill to disk, and run into a deadlock."""
    with databases.connect(target) as one, databases.connect(target) as two:
        one.execute("CREATE TABLE t (id int PRIMARY KEY, x text) WITH (autovacuum_enabled = false)")
        one.execute("INSERT INTO t SELECT n, md5(n::text) FROM generate_series(1, 1000) AS n")
        one.execute("UPDATE t SET x = '' WHERE id <= 100")
        one.execute("DELETE FROM t WHERE id > 970")
        one.execute("SET work_mem = '64kB'")
        one.execute("SELECT md5(n::text) FROM generate_series(1, 20000) AS n ORDER BY 1 LIMIT 1 OFFSET 19999")
        for connection, row, patience in ((one, 1, "1min"), (two, 2, "10ms")):
            connection.execute(f"SET deadlock_timeout = '{patience}'".encode())
            connection.execute("BEGIN")
            connection.execute(f"UPDATE t SET x = 'locked' WHERE id = {row}".encode())
        one.pgconn.send_query(b"UPDATE t SET x = '' WHERE id = 2")
        waits = "SELECT FROM pg_locks WHERE NOT granted AND pid = %s"
        while not two.execute(waits, [one.info.backend_pid]).fetchall():
            pass  # the deadlock is looked for once: it has to be there by then
        with pytest.raises(psycopg.errors.DeadlockDetected):
            two.execute("UPDATE t SET x = '' WHERE id = 1")
        two.execute("ROLLBACK")
        while one.pgconn.get_result():
            pass
        one.execute("ROLLBACK")


async def test_every_panel_is_read_and_suits_its_kind(monitored: Monitored) -> None:
    found = await monitored.fit()
    missing = {name for name, _ in found.panels}
    assert (found.ok, missing) == (True, set() if monitored.direct.info.server_version >= 160000 else {"io"})
    fitting = [panel for name, panel in MONITORING.panels.items() if name not in missing]
    for name, sample in (await read_all(monitored.reader, chosen(MONITORING, {}), fitting)).items():
        assert isinstance(sample, Sample), (name, sample)
        shape(MONITORING.panels[name], [sample])
        assert severity.of(MONITORING.panels[name], [sample]) in (Role.OK, Role.PLAIN), (name, sample.rows)


async def test_counters_of_a_database(monitored: Monitored, databases: Databases, other: Target) -> None:
    act(databases, other)
    monitored.until(
        "SELECT deadlocks = 1 AND tup_deleted >= 30 AND xact_rollback >= 2 AND temp_files >= 1"
        " FROM pg_stat_database WHERE datname = %s",
        other.database,
    )
    for panel, sql in OF_A_DATABASE.items():
        with monitored.between(sql, other.database) as direct:
            shown = await monitored.row(panel, database=other.database)
        before, after = direct
        values = [value for value in shown.values() if isinstance(value, int | Decimal)]
        assert len(values) == len(before), panel
        assert all(low <= value <= high for low, value, high in zip(before, values, after, strict=True)), panel
    every, here = await monitored.row("transactions"), await monitored.row("transactions", database=other.database)
    assert cast(Decimal, every["committed"]) > cast(Decimal, here["committed"])
    shown = await monitored.row("deadlocks", database=other.database)
    files = monitored.one("SELECT temp_files FROM pg_stat_database WHERE datname = %s", other.database)
    assert (shown["value"], str(shown["note"]).rpartition(" · ")[2]) == (1, f"temporary files: {files}")


async def test_rates_between_two_readings(monitored: Monitored, databases: Databases, other: Target) -> None:
    """What was done in between is the rate times the time, and a reset in between is no rate."""
    panel = MONITORING.panels["writes"]
    with databases.connect(other) as connection:
        connection.execute("CREATE TABLE t (id int) WITH (autovacuum_enabled = false)")
        connection.execute("SELECT pg_stat_reset()")
    monitored.until(BEGUN, other.database)
    before = await monitored.sample("writes", database=other.database)
    with databases.connect(other) as connection:
        connection.execute("INSERT INTO t SELECT generate_series(1, 1000)")
        connection.execute("DELETE FROM t WHERE id <= 400")
    monitored.until("SELECT tup_deleted = 400 FROM pg_stat_database WHERE datname = %s", other.database)
    monitored.until("SELECT clock_timestamp() > to_timestamp(%s)", before.at + 0.1)
    after = await monitored.sample("writes", database=other.database)
    sample = rates(before, after, panel)
    [per_second] = sample.rows
    changes = [round(cast(float, value) * (after.at - before.at)) for value in per_second]
    assert ([head.name for head in sample.heads], changes[0], changes[2]) == (
        ["inserted", "updated", "deleted"],
        1000,
        400,
    )

    with databases.connect(other) as connection:
        connection.execute("SELECT pg_stat_reset()")
        connection.execute("INSERT INTO t SELECT generate_series(1, 5000)")
    monitored.until("SELECT tup_inserted >= 5000 FROM pg_stat_database WHERE datname = %s", other.database)
    monitored.until("SELECT clock_timestamp() > to_timestamp(%s)", after.at + 0.1)
    begun_anew = await monitored.sample("writes", database=other.database)
    assert rates(after, begun_anew, panel).rows == ((None, None, None),)


async def test_hits_are_a_share_of_all_pages(monitored: Monitored, databases: Databases, other: Target) -> None:
    with databases.connect(other) as connection:
        connection.execute("SELECT pg_stat_reset()")
    monitored.until(BEGUN, other.database)
    before = await monitored.sample("cache", database=other.database)
    hits, pages = cast("tuple[Decimal, Decimal]", before.rows[0][:2])
    act(databases, other)
    monitored.until("SELECT blks_hit > %s FROM pg_stat_database WHERE datname = %s", hits + 1000, other.database)
    monitored.until("SELECT clock_timestamp() > to_timestamp(%s)", before.at + 0.1)
    after = await monitored.sample("cache", database=other.database)
    now, all_pages = cast("tuple[Decimal, Decimal]", after.rows[0][:2])
    [(share,)] = rates(before, after, MONITORING.panels["cache"]).rows
    assert share == pytest.approx(float(100 * (now - hits) / (all_pages - pages)))


@pytest.mark.parametrize("panel", ["wal", "buffers", pytest.param("io", marks=pytest.mark.since(16))])
async def test_counters_of_the_server(monitored: Monitored, panel: str, databases: Databases) -> None:
    version = monitored.direct.info.server_version // 10000
    texts = {"wal": {14: "SELECT wal_bytes FROM pg_stat_wal"}, "buffers": BUFFERS, "io": READ}[panel]
    if panel == "buffers" and version == 16:
        version = 14
    monitored.direct.execute("CREATE TABLE t AS SELECT repeat('x', 500) FROM generate_series(1, 2000)")
    monitored.direct.execute("CHECKPOINT")
    with databases.connect() as another:
        another.execute("SELECT count(*) FROM pg_attribute")
    sql = of(version, texts)
    monitored.until(f"SELECT bool_and(last > 0) FROM ({sql}) AS c ({NAMES[panel]})")
    with monitored.between(sql) as direct:
        rows = await monitored.rows(panel)
    shown = [row["bytes"] for row in rows]
    if panel == "io":
        shown = [row["bytes"] for row in rows if row["reader"] == "sessions"]
        assert cast(Decimal, shown[0]) >= direct[0][0]
        return
    before, after = direct
    assert all(low <= value <= high for low, value, high in zip(before, shown, after, strict=True))
    assert before[-1] > 0


async def test_checkpoints(monitored: Monitored) -> None:
    version = monitored.direct.info.server_version // 10000
    monitored.direct.execute("CHECKPOINT")
    sql = of(version, CHECKPOINTS)
    monitored.until(f"SELECT requested > 0 FROM ({sql}) AS c (requested, timed)")
    with monitored.between(sql) as direct:
        shown = await monitored.row("checkpoints")
    [(requested, timed), after] = direct
    last = monitored.one("SELECT to_char(checkpoint_time AT TIME ZONE 'UTC', 'HH24:MI') FROM pg_control_checkpoint()")
    if (requested, timed) == after:  # none came just now
        assert shown["value"] == round(Decimal(100 * requested) / (requested + timed), 1)
        assert shown["note"] == f"{requested} of {requested + timed}, last {last}"


async def test_up_since(monitored: Monitored) -> None:
    with monitored.between("SELECT date_part('epoch', clock_timestamp() - pg_postmaster_start_time())") as direct:
        shown = await monitored.row("uptime")
    [(before,), (after,)] = direct
    assert before <= cast(float, shown["value"]) <= after
    assert shown["note"] == f"PostgreSQL {monitored.one('SHOW server_version').split()[0]} · primary"


async def test_the_log_on_disk(monitored: Monitored) -> None:
    with monitored.between("SELECT sum(size) FROM pg_ls_waldir()") as direct:
        shown = await monitored.row("wal_kept")
    assert direct[0][0] <= cast(Decimal, shown["value"]) <= direct[1][0]
    assert shown["limit"] == monitored.one("SELECT pg_size_bytes(current_setting('max_wal_size'))")


async def test_sizes_of_databases(monitored: Monitored, other: Target) -> None:
    shown = {row["database"]: row["size"] for row in await monitored.rows("databases")}
    assert shown[other.database] == monitored.one("SELECT pg_database_size(%s)", other.database)
    assert set(shown) == {name for (name,) in monitored.ask("SELECT datname FROM pg_database WHERE datallowconn")}
    assert list(shown.values()) == sorted(shown.values(), key=lambda size: -cast(int, size))


async def test_growth(monitored: Monitored) -> None:
    monitored.direct.execute("CREATE TABLE big AS SELECT repeat('x', 500) FROM generate_series(1, 2000)")
    monitored.direct.execute("CREATE TABLE small (id int PRIMARY KEY)")
    whole = "SELECT pg_database_size(current_database())"
    with monitored.between(whole) as direct:
        [kept] = (await monitored.sample("growth")).rows
    assert direct[0][0] <= cast(int, kept[1]) <= direct[1][0]
    assert (await monitored.sample("size")).rows == (kept,)
    tables = await monitored.rows("tables")
    assert {row["name"]: row["size"] for row in tables} == dict(
        monitored.ask(
            "SELECT 'public.' || relname, pg_total_relation_size(oid) FROM pg_class WHERE relname IN ('big', 'small')"
        )
    )
    assert {row["since"] for row in tables} == {kept[0]}


async def test_dead_rows(monitored: Monitored) -> None:
    assert await monitored.rows("dead") == []
    monitored.direct.execute("CREATE TABLE t (id int) WITH (autovacuum_enabled = false)")
    monitored.direct.execute("INSERT INTO t SELECT generate_series(1, 1000)")
    monitored.direct.execute("DELETE FROM t WHERE id <= 250")
    monitored.until("SELECT n_dead_tup = 250 FROM pg_stat_user_tables WHERE relname = 't'")
    assert await monitored.rows("dead") == [
        {"table": "public.t", "dead": 250, "share": Decimal("25.0"), "vacuumed": None}
    ]
    monitored.direct.execute("VACUUM t")
    monitored.until("SELECT n_dead_tup = 0 FROM pg_stat_user_tables WHERE relname = 't'")
    assert await monitored.rows("dead") == []


async def test_transaction_numbers(monitored: Monitored) -> None:
    ages = "SELECT max(greatest(age(datfrozenxid), mxid_age(datminmxid))) FROM pg_database"
    with monitored.between(ages) as direct:
        shown = await monitored.rows("wraparound")
    oldest = int(str(shown[0]["note"]).replace(",", ""))
    assert direct[0][0] <= oldest <= direct[1][0]
    assert shown[0]["value"] == round(Decimal(100 * oldest) / 2**31, 2)
    assert len(shown) == 3


async def test_replication_slots(monitored: Monitored) -> None:
    assert await monitored.rows("slots") == []
    monitored.direct.execute("SELECT pg_create_physical_replication_slot('standby', true)")
    try:
        monitored.direct.execute("SET synchronous_commit = on")
        monitored.direct.execute("CREATE TABLE t AS SELECT repeat('x', 500) FROM generate_series(1, 2000)")
        kept = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) FROM pg_replication_slots"
        with monitored.between(kept) as direct:
            shown = await monitored.row("slots")
    finally:
        monitored.direct.execute("SELECT pg_drop_replication_slot('standby')")
    assert direct[0][0] <= cast(Decimal, shown.pop("kept")) <= direct[1][0]
    assert direct[0][0] > 1_000_000
    assert shown == {"slot": "standby", "kind": "physical", "database": None, "active": "no", "log": "reserved"}


async def test_which_databases_may_be_chosen(monitored: Monitored, other: Target) -> None:
    [parameter] = MONITORING.parameters
    offered = await monitored.reader.choices(parameter)
    assert (other.database, other.database) in offered
    assert "template0" not in dict(offered)


def test_every_panel_is_compared() -> None:
    tests = "".join(path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob("test_monitoring*.py")))
    assert [name for name in MONITORING.panels if f'"{name}"' not in tests] == []
