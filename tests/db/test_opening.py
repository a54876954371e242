"""Getting in: patience with what sleeps or starts, sentences for every refusal, and few round trips."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from console.config.profile import Target
from console.db.guard import consent
from console.db.query import Query
from console.db.session import Session
from console.errors import AuthenticationFailed, ConnectionFailed, Unreachable
from tests.databases import Databases
from tests.db.conftest import Mortal
from tests.proxy import Proxy

ONE = Query("SELECT 1")
WAKING = [
    pytest.param("Couldn't connect to compute node", "Neon's compute is not up yet", id="Neon wakes"),
    pytest.param("Control plane request failed", "Neon's compute is not up yet", id="Neon's control plane"),
    pytest.param("the database system is starting up", "The server is starting up", id="57P03"),
    pytest.param("the database system is not yet accepting connections", "The server is starting up", id="recovery"),
    pytest.param("sorry, too many clients already", "no connection left", id="53300"),
    pytest.param("remaining connection slots are reserved for roles", "no connection left", id="reserved"),
    pytest.param("server login has been failing, try again later (server_login_retry)", "pooler answers", id="08P01"),
    pytest.param("query_wait_timeout", "pooler answers", id="pool is waited for"),
    pytest.param("(EMAXCONNSESSION) max clients reached in session mode", "no place left", id="Supavisor"),
]
REFUSALS = [
    ("(ENOTFOUND) tenant/user postgres.abc not found", AuthenticationFailed, "does not know this project"),
    ("Tenant or user not found", AuthenticationFailed, "does not know this project"),
    ("(ENOIDENTIFIER) no tenant identifier provided", AuthenticationFailed, "does not know this project"),
    ("(ECIRCUITBREAKER) too many failed attempts", AuthenticationFailed, "locked this role out"),
    ("(EADDRNOTALLOWED) address not in tenant allow_list", AuthenticationFailed, "does not let this address in"),
    ("(ESSLREQUIRED) SSL connection is required for user: x", ConnectionFailed, "wants an encrypted connection"),
    ("(EWRONGPASSWORD) wrong password", AuthenticationFailed, "does not accept this password"),
    ("Endpoint ID is not specified. Either please upgrade the client", AuthenticationFailed, "which compute is meant"),
    ("The requested endpoint cannot be found: endpoint cannot be found", Unreachable, "no such compute"),
    ("Your project has exceeded the compute time quota.", Unreachable, "quota is used up"),
    ("This IP address 1.2.3.4 is not allowed to connect to this endpoint.", AuthenticationFailed, "this address"),
    ("connection is insecure (try using `sslmode=require`)", ConnectionFailed, "wants an encrypted connection"),
    ("unsupported startup parameter: options", ConnectionFailed, "does not take a parameter"),
    ('no pg_hba.conf entry for host "1.2.3.4"', AuthenticationFailed, "does not let this role in from here"),
    ('permission denied for database "x"', AuthenticationFailed, "may not connect to that database"),
    ("the database system is shutting down", Unreachable, "is shutting down"),
    ("something that nobody has heard of", ConnectionFailed, "did not let us in"),
]


@pytest.mark.parametrize(("says", "told"), WAKING)
async def test_what_passes_is_waited_for(far: Target, proxy: Proxy, impatient: None, says: str, told: str) -> None:
    proxy.refuse(says, says)
    heard: list[str] = []
    session = Session(far)
    session.waiting = heard.append
    async with session:
        assert await session.read(ONE) == [[(1,)]]
    assert len(heard) == 2
    assert told in heard[0]


@pytest.mark.parametrize(("says", "told"), WAKING[:1])
async def test_patience_ends(far: Target, proxy: Proxy, impatient: None, says: str, told: str) -> None:
    proxy.refuse(*[says] * 9)
    with pytest.raises(Unreachable, match=told) as caught:
        await Session.open(far)
    assert says in caught.value.detail
    assert caught.value.hint


@pytest.mark.parametrize(("says", "kind", "told"), REFUSALS)
async def test_a_refusal_is_told_at_once(
    far: Target, proxy: Proxy, says: str, kind: type[ConnectionFailed], told: str
) -> None:
    proxy.refuse(says)
    with pytest.raises(kind, match=told) as caught:
        await Session.open(far)
    assert says in caught.value.detail
    assert far.name in caught.value.title


@pytest.mark.parametrize(
    ("changes", "kind", "told"),
    [
        ({"host": "127.0.0.1", "port": "1"}, Unreachable, "Nothing answers there"),
        ({"host": "/nowhere"}, Unreachable, "Nothing answers there"),
        ({"host": "no-such-host.invalid"}, Unreachable, "no host of that name"),
        ({"dbname": "no_such_database"}, ConnectionFailed, "no such database or role"),
        ({"user": "nobody_at_all"}, ConnectionFailed, "no such database or role"),
        ({"sslmode": "require", "host": "PROXY"}, ConnectionFailed, "has no TLS"),
        ({"sslmode": "verify-full", "host": "PROXY"}, ConnectionFailed, "has no TLS"),
    ],
)
async def test_what_is_wrong_is_named(
    database: Target, proxy: Proxy, changes: dict[str, str], kind: type[ConnectionFailed], told: str
) -> None:
    if changes.get("host") == "PROXY":
        changes = {**changes, "host": proxy.host, "port": str(proxy.port)}
    with pytest.raises(kind, match=told) as caught:
        await Session.open(replace(database, params={**database.params, **changes}))
    assert caught.value.hint


async def test_a_full_server_is_named(
    make_database: Callable[..., Target], databases: Databases, impatient: None
) -> None:
    target = make_database()
    with databases.connect() as connection:
        connection.execute(
            f"CREATE ROLE crowd LOGIN CONNECTION LIMIT 0; ALTER DATABASE {target.database} CONNECTION LIMIT 0"
        )
        with pytest.raises(ConnectionFailed, match="no connection left"):
            await Session.open(replace(target, params={**target.params, "user": "crowd"}))
        connection.execute("DROP ROLE crowd")


async def test_a_dropped_database_is_named(make_database: Callable[..., Target], databases: Databases) -> None:
    target = make_database()
    async with await Session.open(target) as session:
        await session.read(ONE)
        databases.drop(target)
        with pytest.raises(ConnectionFailed, match="no such database") as caught:
            await session.read(ONE)
    assert "could not be opened again" in caught.value.detail


async def test_a_restarted_server_is_come_back_to(mortal: Mortal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.db.connecting.opening._PAUSES", (0.1,) * 600)  # however long it takes to start here
    monkeypatch.setattr("console.db.connecting.opening._PATIENCE", 60)
    said: list[str] = []
    async with await Session.open(mortal.target) as session:
        session.lost = said.append
        await session.read(ONE)
        mortal.stop()
        coming = asyncio.create_task(session.read(ONE))  # it finds nobody at first
        await asyncio.to_thread(mortal.start)
        assert await coming == [[(1,)]]
    assert len(said) == 1


async def test_who_is_stopped_while_getting_in_leaves_no_connection(database: Target) -> None:
    """Not even when the task that was stopped is kept."""
    came, gone = asyncio.Event(), asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(8)
        came.set()
        while await reader.read(100):
            pass
        gone.set()
        writer.close()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        port = str(server.sockets[0].getsockname()[1])
        target = replace(database, params={**database.params, "host": "127.0.0.1", "port": port})
        task = asyncio.create_task(Session.open(target))
        await came.wait()
        task.cancel()
        await asyncio.wait({task})
        async with asyncio.timeout(60):
            await gone.wait()
        assert task.cancelled()


async def test_round_trips_until_the_first_read(far: Target, proxy: Proxy) -> None:
    """TCP, startup, and one for everything that is read; asking for TLS (sslmode=prefer) costs one more."""
    for mode, trips in (("disable", 3), ("prefer", 4)):
        proxy.reset()
        async with await Session.open(replace(far, params={**far.params, "sslmode": mode})) as session:
            await session.read(ONE, Query("SELECT 2"), Query("SELECT 3"))
            assert proxy.trips == trips
            await session.read(ONE)
            assert proxy.trips == trips + 1


async def test_round_trips_of_a_stream_and_of_a_write(far: Target, proxy: Proxy) -> None:
    async with await Session.open(far) as session:
        proxy.reset()
        [part async for part in session.stream("SELECT 1")]
        assert proxy.trips == 3  # the snapshot is taken first, and the transaction ended
        proxy.reset()
        async with session.writing(consent(far, action="test")) as writer:
            await writer.execute("CREATE TABLE t ()")
        assert proxy.trips == 3


async def test_a_distant_server_is_usable_within_four_of_its_round_trips(far: Target, proxy: Proxy) -> None:
    proxy.delay(0.02)
    loop = asyncio.get_running_loop()
    proxy.reset()
    began = loop.time()
    async with await Session.open(replace(far, params={**far.params, "sslmode": "disable"})) as session:
        await session.read(ONE)
        assert session.latency is not None
        assert session.latency >= 0.04
        assert proxy.trips <= 4
    assert loop.time() - began >= 3 * 0.04
