"""Over TLS and with passwords, on a server that wants both; and in a language that nobody here speaks."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from console.config import passwords
from console.config.profile import Profile, Secret, Target
from console.config.target import resolve
from console.db import facts
from console.db.local import installations
from console.db.query import Query
from console.db.session import Session
from console.errors import AuthenticationFailed, ConnectionFailed, ConsoleError, Interrupted, StatementFailed, TimedOut
from tests import ports
from tests.databases import Databases
from tests.db.certificates import Certificates
from tests.proxy import Proxy

pytestmark = pytest.mark.tool

ONE = Query("SELECT 1")
# Everything that a URL, a connection string, a shell, a pattern or a terminal could trip over.
HOSTILE = Secret("p'a\"s\\s w@o:r/d#?&=%41%$HOME`id`;--é🔑=[bold]")
HBA = """\
local   all all           trust
hostssl all app  all      scram-sha-256
host    all open all      trust
"""


@dataclass(frozen=True)
class Secured:
    """A server with TLS, a role `app` with a password that comes only under TLS, and a role `open` for anybody."""

    databases: Databases
    certificates: Certificates
    port: int

    def target(self, password: str | None = HOSTILE, **changes: str) -> Target:
        """Return the way in over TCP as `app`."""
        params = {"host": "localhost", "hostaddr": "127.0.0.1", "port": str(self.port), "user": "app"}
        secret = Secret(password) if password is not None else None
        return Target("secured", {**params, "dbname": "postgres", "sslmode": "require", **changes}, password=secret)


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    """Run Debian's PostgreSQL, in German, with the certificates of an authority of our own."""
    certificates = Certificates.made_in(tmp_path_factory.mktemp("certificates"))
    found = [each for each in installations.found() if not each.embedded]
    if not found:
        pytest.fail("There is no PostgreSQL here; scripts/install-test-tools installs it.", pytrace=False)
    port = ports.free()
    settings = {"listen_addresses": "127.0.0.1", "port": str(port), "lc_messages": "C.UTF-8"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LANGUAGE", "de")
        running = Databases.started(tmp_path_factory.mktemp("tls"), installation=found[0], **settings)
        with running as databases:
            _secure(databases, certificates)
            yield Secured(databases, certificates, port)


async def test_under_tls_with_a_password(secured: Secured) -> None:
    async with await Session.open(secured.target()) as session:
        assert await session.read(ONE) == [[(1,)]]
        assert session.encrypted
        assert (await facts.read(session)).encrypted.startswith("by TLS")


@pytest.mark.parametrize(
    ("mode", "root", "host", "told"),
    [
        ("verify-full", "authority", "localhost", None),
        ("verify-ca", "authority", "other.example", None),
        ("verify-full", "stranger", "localhost", "certificate could not be verified"),
        ("verify-full", "authority", "other.example", "certificate is for another host name"),
        ("verify-full", "missing", "localhost", "certificate could not be verified"),
        ("disable", "authority", "localhost", "did not let us in"),
    ],
)
async def test_the_certificate_is_checked(secured: Secured, mode: str, root: str, host: str, told: str | None) -> None:
    file = getattr(secured.certificates, root, Path("/no/such/file"))
    target = secured.target(sslmode=mode, sslrootcert=str(file), host=host)
    if told is None:
        async with await Session.open(target) as session:
            assert await session.read(ONE) == [[(1,)]]
        return
    with pytest.raises(ConnectionFailed, match=told) as caught:
        await Session.open(target)
    assert caught.value.hint


async def test_round_trips_under_tls_with_a_password(secured: Secured) -> None:
    """TCP, the request for TLS, TLS, startup, two for the password, and one for everything that is read: seven.

    Servers before 18 cost one more: they want another curve (ssl_ecdh_curve) than the one that OpenSSL offers first.
    """
    with Proxy.before("127.0.0.1", secured.port) as proxy:
        target = secured.target(port=str(proxy.port))
        async with await Session.open(target) as session:
            await session.read(ONE)
            assert proxy.trips == 7 + 1


@pytest.mark.parametrize("password", ["wrong", "", None], ids=["wrong", "empty", "none"])
async def test_a_password_that_does_not_fit(secured: Secured, password: str | None) -> None:
    with pytest.raises(ConnectionFailed) as caught:
        await Session.open(secured.target(password))
    if not password:
        assert isinstance(caught.value, AuthenticationFailed)
        assert "there is none" in caught.value.title


async def test_the_password_of_the_environment(secured: Secured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", HOSTILE)
    async with await Session.open(secured.target(None)) as session:
        assert await session.read(ONE) == [[(1,)]]


async def test_the_password_of_pgpass(secured: Secured, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "pgpass"
    escaped = HOSTILE.replace("\\", "\\\\").replace(":", "\\:")
    file.write_text(f"localhost:{secured.port}:*:app:{escaped}\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    async with await Session.open(secured.target(None)) as session:
        assert await session.read(ONE) == [[(1,)]]


async def test_the_password_of_a_command(secured: Secured, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(HOSTILE + "\n")
    profile = Profile("secured", password_command=f"cat {tmp_path / 'secret'}")
    target = passwords.complete(replace(secured.target(None), profile=profile), environ=os.environ)
    async with await Session.open(target) as session:
        assert await session.read(ONE) == [[(1,)]]


async def test_a_password_in_a_url(secured: Secured, tmp_path: Path) -> None:
    from urllib.parse import quote

    url = f"postgresql://app:{quote(HOSTILE, safe='')}@localhost:{secured.port}/postgres?sslmode=require"
    async with await Session.open(resolve(url, environ={}, cwd=tmp_path)) as session:
        assert await session.read(ONE) == [[(1,)]]


async def test_a_password_that_is_changed_meanwhile(secured: Secured) -> None:
    async with await Session.open(secured.target(), what="changed") as session:
        await session.read(ONE)
        with secured.databases.connect() as connection:
            _set_password(connection, "another")
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE application_name = 'dbconsole/changed'"
            )
            try:
                with pytest.raises(ConnectionFailed) as caught:
                    await session.read(ONE)
            finally:
                _set_password(connection, HOSTILE)
        assert "could not be opened again" in caught.value.detail
        assert await session.read(ONE) == [[(1,)]]


async def test_the_password_is_seen_nowhere(
    secured: Secured, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    target = secured.target()
    shown = [repr(target), str(target), repr(target.password), f"{target!r}"]
    broken = ("user", "nobody"), ("dbname", "nowhere"), ("port", "1"), ("sslmode", "verify-full"), ("bad key", "1")
    for key, value in broken:
        try:
            async with await Session.open(secured.target(HOSTILE, **{key: value})) as session:
                await session.read(Query("SELECT nonsense"))
        except (ConsoleError, psycopg.Error) as error:
            shown += _all_of(error)
    async with await Session.open(target) as session:
        try:
            await session.read(Query("SELECT nonsense"))
        except ConsoleError as error:
            shown += _all_of(error)
        shown += [repr(session), repr(vars(session)), repr(await facts.read(session))]
        with secured.databases.connect() as connection:
            shown += [str(row) for row in connection.execute("SELECT * FROM pg_stat_activity").fetchall()]
            pids = [pid for (pid,) in connection.execute("SELECT pid FROM pg_stat_activity").fetchall()]
        shown += map(_command_line, (*pids, os.getpid()))
    shown += [record.getMessage() for record in caplog.records]
    shown += capfd.readouterr()
    assert len(shown) > 20
    for text in shown:
        assert HOSTILE not in text
        assert "w@o:r/d" not in text


async def test_another_language_is_understood_by_its_codes(secured: Secured) -> None:
    async with await Session.open(secured.target()) as session:
        with pytest.raises(StatementFailed, match="existiert nicht") as caught:
            [part async for part in session.stream("SELECT nonsense")]
        assert (caught.value.sqlstate, caught.value.column) == ("42703", 8)
        with pytest.raises(TimedOut):
            await session.read(Query("SELECT pg_catalog.pg_sleep(5)"), timeout=0.05)
        sleeping = asyncio.create_task(session.read(Query("SELECT pg_catalog.pg_sleep(30)"), timeout=60))
        async with asyncio.timeout(60):
            while not session.busy:
                await asyncio.sleep(0.01)
        assert await session.cancel()
        with pytest.raises(Interrupted):
            await sleeping


async def test_shorter_timeouts_of_the_role_do_not_end_our_reading(secured: Secured) -> None:
    with secured.databases.connect() as connection:
        connection.execute("ALTER ROLE app SET statement_timeout = '300ms'")
        try:
            async with await Session.open(secured.target()) as session:
                slow = Query("SELECT 1 FROM pg_catalog.pg_sleep(0.5)")
                assert await session.read(slow) == [[(1,)]]
                assert [part async for part in session.stream("SELECT 1 FROM pg_sleep(0.5)")][1:] == [[("1",)]]
                assert (await facts.read(session)).rights.statement_timeout == "300ms"
        finally:
            connection.execute("ALTER ROLE app RESET statement_timeout")


def _secure(databases: Databases, certificates: Certificates) -> None:
    data, user = databases.server.data, databases.server.user
    for source, name in ((certificates.server, "server.crt"), (certificates.key, "server.key")):
        shutil.copy(source, data / name)
        os.chown(data / name, user.uid, user.gid)
        (data / name).chmod(0o600)
    (data / "pg_hba.conf").write_text(HBA)
    with databases.connect() as connection:
        connection.execute("ALTER SYSTEM SET ssl = on")
        connection.execute("CREATE ROLE app LOGIN")
        connection.execute("CREATE ROLE open LOGIN")
        _set_password(connection, HOSTILE)
        connection.execute("SELECT pg_reload_conf()")
    with databases.connect() as connection:
        assert connection.execute("SHOW ssl").fetchone() == ("on",)


def _set_password(connection: psycopg.Connection[tuple[object]], password: str) -> None:
    connection.execute(sql.SQL("ALTER ROLE app PASSWORD {}").format(sql.Literal(str(password))))


def _all_of(error: BaseException) -> list[str]:
    """Return everything that could be shown of an error, the values in its frames among it."""
    lines = traceback.TracebackException.from_exception(error, capture_locals=True).format()
    return ["".join(lines), str(error), repr(error), repr(getattr(error, "as_dict", dict)())]


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""  # it has ended meanwhile
