"""The dashboard monitoring for roles with and without rights, behind a pooler, and on both ends of a replication."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from typing import cast

import pytest

from console.config.profile import Target
from console.dashboards.parameters import chosen
from console.dashboards.reading.rates import rates
from console.dashboards.reading.reader import read_all
from console.dashboards.sample import Sample
from console.db.local import service_user
from tests import in_memory
from tests.dashboards.monitored import MONITORING, Monitored, as_role, monitoring
from tests.databases import Databases

THEIRS = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND usename <> %s"
PREPARED = ("CREATE TABLE p (id int)", "BEGIN", "INSERT INTO p VALUES (1)", "PREPARE TRANSACTION 'forgotten'")
SEES_OTHERS = {"oldest", "waits", "longest", "progress", "replication"}


@pytest.fixture
def role(database: Target, databases: Databases) -> Iterator[str]:
    """Return a role that may log in, and nothing else."""
    name = f"plain_{database.database}"
    with databases.connect(database) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN".encode())
        yield name
        connection.execute(f"DROP OWNED BY {name}".encode())
        connection.execute(f"DROP ROLE {name}".encode())


def older(databases: Databases) -> set[str]:
    """Return the panels that want a newer server."""
    return set() if databases.server.installation.version >= 16 else {"io"}


async def failures(target: Target, without: set[str]) -> dict[str, object]:
    """Read all panels but some, and return those that failed."""
    panels = [panel for name, panel in MONITORING.panels.items() if name not in without]
    async with monitoring(target) as reader:
        found = await read_all(reader, chosen(MONITORING, {}), panels)
    return {name: each for name, each in found.items() if not isinstance(each, Sample)}


@pytest.mark.parametrize(
    ("granted", "missing"),
    [
        ("", SEES_OTHERS | {"wal_kept"}),
        ("pg_read_all_stats", {"wal_kept"}),
        ("pg_monitor", set[str]()),
    ],
)
async def test_what_a_role_may_see(
    database: Target, databases: Databases, role: str, granted: str, missing: set[str]
) -> None:
    with databases.connect(database) as direct:
        if granted:
            direct.execute(f"GRANT {granted} TO {role}".encode())
        async with monitoring(as_role(database, role)) as reader:
            found = await Monitored(reader, direct).fit()
    assert {name for name, _ in found.panels} == missing | older(databases)
    assert await failures(as_role(database, role), missing | older(databases)) == {}


async def test_what_is_hidden_is_said_to_be(database: Target, databases: Databases, role: str) -> None:
    """Sessions of others are counted without their state, and a database that may not be entered has no size."""
    name = database.database
    with closing(databases.connect(database)) as direct, closing(databases.connect("postgres")) as elsewhere:
        elsewhere.execute("CREATE DATABASE closed")
        try:
            elsewhere.execute("REVOKE CONNECT ON DATABASE closed FROM PUBLIC")
            async with monitoring(as_role(database, role)) as reader:
                plain = Monitored(reader, direct)
                states = {row["state"]: row["sessions"] for row in await plain.rows("states", database=name)}
                [server] = await plain.rows("connections")
                theirs = plain.one(
                    "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND usename <> %s", name, role
                )
                whole = plain.one("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
                sizes = {row["database"] for row in await plain.rows("databases")}
        finally:
            elsewhere.execute("DROP DATABASE closed WITH (FORCE)")
    assert states == {"active": 0, "idle": 1, "idle in transaction": 0, "not visible": theirs}
    assert server["value"] == whole
    assert "closed" not in sizes
    assert name in sizes


@pytest.mark.tool
async def test_behind_a_pooler(pooled: Target, databases: Databases) -> None:
    assert await failures(pooled, older(databases)) == {}


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Databases, Databases]]:
    """Return a primary and its standby."""
    folder = tmp_path_factory.mktemp("pair")
    with Databases.started(folder / "primary", fsync="on", max_prepared_transactions="2") as primary:
        server = primary.server
        user = service_user.current()
        place = in_memory.instead_of(folder / "standby")
        copy = service_user.data_home(user, place) / server.data.name
        user.around(copy.parent)
        user.own(copy)
        command = [str(server.installation.bin / "pg_basebackup"), "-D", str(copy), "-R", "-X", "stream", "-c", "fast"]
        command += ["-h", str(server.socket), "-p", str(server.port), "-U", "postgres"]
        subprocess.run(command, check=True, capture_output=True, **user.run_options())
        with Databases.started_in(place, max_prepared_transactions="2") as standby:
            yield primary, standby


async def test_both_ends_of_a_replication(pair: tuple[Databases, Databases]) -> None:
    primary, standby = pair
    behind = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) FROM pg_stat_replication"
    with closing(primary.connect()) as direct, closing(standby.connect()) as there:
        there.execute("SELECT pg_wal_replay_pause()")
        direct.execute("CREATE TABLE t AS SELECT repeat('x', 500) FROM generate_series(1, 2000)")
        target = primary.target("postgres")
        async with monitoring(target) as reader:
            at_primary = Monitored(reader, direct)
            at_primary.until("SELECT count(*) = 1 FROM pg_stat_replication WHERE write_lsn = pg_current_wal_lsn()")
            with at_primary.between(behind) as found:
                sent = await at_primary.row("replication")
        async with monitoring(standby.target("postgres")) as reader:
            at_standby = Monitored(reader, there)
            at_standby.until("SELECT pg_get_wal_replay_pause_state() = 'paused'")
            received = await at_standby.row("replication")
            uptime = await at_standby.row("uptime")
        lag = MONITORING.panels["replication"]
        there.execute("SELECT pg_wal_replay_resume()")
    assert found[0][0] <= cast(Decimal, sent["behind"]) <= found[1][0]
    assert (sent["state"], sent["sync"], sent["address"]) == ("streaming", "async", None)
    assert cast(Decimal, sent["behind"]) > 1_000_000
    assert (received["receiver"], received["state"]) == ("this server", "paused")
    assert cast(Decimal, received["behind"]) > 1_000_000
    assert str(uptime["note"]).endswith(" · standby")
    assert lag.thresholds.warn == 50 * 1024 * 1024


async def test_every_panel_on_a_standby(pair: tuple[Databases, Databases]) -> None:
    assert await failures(pair[1].target("postgres"), set()) == {}


async def test_a_prepared_transaction_is_an_open_one(pair: tuple[Databases, Databases]) -> None:
    primary, _ = pair
    with closing(primary.connect()) as direct:
        for statement in (
            "CREATE TABLE p (id int)",
            "BEGIN",
            "INSERT INTO p VALUES (1)",
            "PREPARE TRANSACTION 'forgotten'",
        ):
            direct.execute(statement.encode())
        async with monitoring(primary.target("postgres")) as reader:
            shown = await Monitored(reader, direct).row("oldest")
        direct.execute("ROLLBACK PREPARED 'forgotten'")
    assert shown["note"] == "prepared · postgres · forgotten"
    assert cast(float, shown["value"]) > 0


async def test_one_end_is_taken_for_the_other(pair: tuple[Databases, Databases]) -> None:
    """Behind one address: what the other has counted is no work that was done in between."""
    primary, standby = pair
    panel = MONITORING.panels["transactions"]
    with closing(primary.connect()) as direct, closing(standby.connect()) as there:
        async with monitoring(standby.target("postgres")) as reader:
            before = await Monitored(reader, there).sample("transactions")
        for _ in range(100):
            direct.execute("SELECT txid_current()")
        async with monitoring(primary.target("postgres")) as reader:
            at_primary = Monitored(reader, direct)
            count = cast(Decimal, before.rows[0][0])
            at_primary.until("SELECT sum(xact_commit) > %s FROM pg_stat_database", count)
            after = await at_primary.sample("transactions")
    assert cast(Decimal, after.rows[0][0]) > count
    assert rates(before, after, panel).rows == ((None, None),)


async def test_a_standby_becomes_the_primary(pair: tuple[Databases, Databases]) -> None:
    """Under a board that is open: every panel goes on, and what is said of the standby is said no more."""
    standby = pair[1]
    panels = list(MONITORING.panels.values())
    with closing(standby.connect()) as there:
        async with monitoring(standby.target("postgres")) as reader:
            promoted = Monitored(reader, there)
            before = await read_all(reader, chosen(MONITORING, {}), panels)
            there.execute("SELECT pg_promote()")
            promoted.until("SELECT NOT pg_is_in_recovery()")
            after = await read_all(reader, chosen(MONITORING, {}), panels)
            uptime, lag = await promoted.row("uptime"), await promoted.rows("replication")
    assert [name for name, each in (before | after).items() if not isinstance(each, Sample)] == []
    assert str(uptime["note"]).endswith(" · primary")
    assert lag == []


def test_thresholds() -> None:
    """What is said to be bad is: three quarters and nine tenths of the connections, five and fifteen minutes."""
    limits = {
        name: (panel.thresholds.warn, panel.thresholds.crit)
        for name, panel in MONITORING.panels.items()
        if panel.thresholds.warn is not None
    }
    assert limits == {
        "connections": (75, 90),
        "oldest": (300, 900),
        "blocked": (60, 120),
        "wal_kept": (150, 300),
        "wraparound": (50, 75),
        "replication": (50 * 2**20, 100 * 2**20),
        "slots": (2**30, 5 * 2**30),
    }
