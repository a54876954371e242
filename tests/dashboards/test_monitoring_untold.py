"""The dashboard monitoring where the server does not tell, or begins to count anew."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from typing import cast

from console.config.profile import Target
from console.dashboards.parameters import chosen
from console.dashboards.reading.rates import rates
from console.dashboards.reading.reader import read_all
from console.dashboards.sample import Sample
from tests.dashboards.monitored import MONITORING, Monitored, busy, monitoring
from tests.databases import Databases
from tests.pooler import Pooler


async def test_sessions_that_tell_nothing(monitored: Monitored, databases: Databases, other: Target) -> None:
    """With track_activities off: who waits for its client has nothing to do, of the others it is said what is known."""
    name = other.database
    monitored.direct.execute(f"ALTER DATABASE {name} SET track_activities = off".encode())
    with databases.connect(other) as idle, busy(databases, other, "SELECT pg_sleep(60)") as asleep:
        idle.execute("BEGIN")
        monitored.until("SELECT wait_event = 'PgSleep' FROM pg_stat_activity WHERE pid = %s", asleep)
        oldest = await monitored.row("oldest", database=name)
        waits = {row["wait"]: row["sessions"] for row in await monitored.rows("waits", database=name)}
        [longest] = await monitored.rows("longest", database=name)
    assert oldest == {"value": None, "note": "track_activities is off"}
    assert waits == {"IO": 0, "Lock": 0, "Timeout": 1, "computing": 0}
    assert (longest["pid"], longest["for"], longest["waits for"]) == (asleep, None, "Timeout PgSleep")
    assert longest["statement"] == "not told: track_activities is off"


async def test_rows_that_nobody_counts(database: Target, databases: Databases) -> None:
    """With track_counts off there are dead rows all the same."""
    with databases.connect(database) as connection:
        connection.execute(f"ALTER DATABASE {database.database} SET track_counts = off".encode())
    with closing(databases.connect(database)) as direct:
        direct.execute("CREATE TABLE t AS SELECT generate_series(1, 100)")
        direct.execute("DELETE FROM t")
        async with monitoring(database) as reader:
            shown = await Monitored(reader, direct).row("dead")
    assert shown == {"table": "not counted: track_counts is off", "dead": None, "share": None, "vacuumed": None}


async def test_counters_that_were_reset_in_between(monitored: Monitored, database: Target) -> None:
    """Although they are beyond what they were already."""
    panel, said = MONITORING.panels["writes"], {"database": database.database}
    before = await monitored.sample("writes", **said)
    monitored.direct.execute("SELECT pg_stat_reset()")
    monitored.direct.execute("CREATE TABLE t AS SELECT generate_series(1, 100000)")
    monitored.until("SELECT sum(tup_inserted) >= 100000 FROM pg_stat_database WHERE datname = %s", database.database)
    after = await monitored.sample("writes", **said)
    assert cast(int, after.rows[0][0]) > cast(int, before.rows[0][0])
    assert rates(before, after, panel).rows == ((None, None, None),)


async def test_a_pool_of_one(database: Target, poolers: Callable[[int], Pooler]) -> None:
    """Two connections to a pooler take turns at its only one, and no panel waits for ever."""
    async with monitoring(poolers(1).target(database)) as reader:
        found = await read_all(reader, chosen(MONITORING, {}), list(MONITORING.panels.values()))
    assert [name for name, each in found.items() if not isinstance(each, Sample)] == []
