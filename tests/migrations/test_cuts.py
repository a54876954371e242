"""The connection breaks at every round trip: what is said is true, status is right, and up finishes."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.config.profile import Guard, Target
from console.db.local.embedded import Embedded
from console.db.session import Session
from console.errors import ConnectionFailed, ConnectionLost, ConsoleError
from console.migrations import history
from console.migrations.running import runner
from console.migrations.running.events import Event, MigrationApplied, Notice, StatementStarted
from tests.databases import Databases
from tests.migrations import logged
from tests.migrations.foreign import Site
from tests.migrations.logged import KINDS
from tests.migrations.project import QUICK, Project, of_kind, value
from tests.proxy import Proxy


@pytest.fixture
def proxy(server: Embedded) -> Iterator[Proxy]:
    """Return a proxy before the server."""
    with Proxy.before(str(server.socket), server.port) as running:
        yield running


def far(target: Target, proxy: Proxy) -> Target:
    """Return the way to a database through the proxy."""
    return replace(target, params={**target.params, "host": proxy.host, "port": str(proxy.port)})


class Line:
    """A project whose runner works through a line that can be cut."""

    def __init__(self, databases: Databases, proxy: Proxy, folder: Path, format: str, verb: str) -> None:
        self._databases, self._proxy, self._folder = databases, proxy, folder
        self._format, self._verb = format, verb
        self.trips = 0

    async def undisturbed(self) -> dict[str, Any]:
        """Run without a fault, and count the round trips."""
        return await self._live(None)

    async def cut_at(self, trip: int, *, answered: bool) -> dict[str, Any]:
        """Cut the line at one round trip, hold what is said against what is there, go on; return what is left."""
        return await self._live((trip, answered))

    async def _live(self, cut: tuple[int, bool] | None) -> dict[str, Any]:
        target = self._databases.make(logged.GROUND)
        try:
            with self._databases.connect(target) as connection:
                if self._verb == "down":
                    await self._straight(target, "up")
                said = await self._through_the_line(target, cut)
                await self._hold(connection, target, said)
                await self._straight(target, self._verb)
                assert logged.left_over(connection) == []
                return logged.traces(connection, self._format)
        finally:
            self._databases.drop(target)

    async def _through_the_line(self, target: Target, cut: tuple[int, bool] | None) -> str:
        async with await Session.open(far(target, self._proxy), what="runner") as session:
            site = Site(self._folder, session)
            planned = await (site.planned() if self._verb == "up" else site.planned_down(everything=True))
            self._proxy.reset()
            if cut is not None:
                self._proxy.cut_at_trip(cut[0], answered=cut[1])
            try:
                await site.run(planned, lease=0.3)
            except ConnectionFailed as error:
                assert cut is not None
                return f"{error.title} {error.detail}"
            finally:
                self.trips = self._proxy.trips
                self._proxy.reset()  # a run with fewer round trips than the undisturbed one has not been cut
            return ""

    async def _hold(self, connection: psycopg.Connection[Any], target: Target, said: str) -> None:
        """Hold status and what was said against what is there."""
        async with await Session.open(target, what="test") as session:
            await free(session)
            states = list((await Site(self._folder, session).states()).values())
        logged.must_agree(states, logged.log(connection), self._verb)
        assert said or states == ["applied" if self._verb == "up" else "pending"] * 3
        if "known" in said:  # only of what runs outside a transaction may nobody know
            assert "failed" in states, said

    async def _straight(self, target: Target, verb: str) -> None:
        async with await Session.open(target, what="test") as session:
            site = Site(self._folder, session)
            await (site.up() if verb == "up" else site.down(everything=True))


async def free(session: Session) -> None:
    """Wait until the lease is free, or has run out."""
    async with asyncio.timeout(60):
        while await value(session, "SELECT count(*) FROM pg_class WHERE relname = 'lease'") and await value(
            session, "SELECT count(*) FROM dbconsole.lease WHERE expires_at > now()"
        ):
            await asyncio.sleep(0.01)


async def endure(line: Line, cuts: slice) -> None:
    """Cut at these round trips, before and after the server has got them, and say all that went wrong."""
    wanted, wrong = await line.undisturbed(), []
    for trip, answered in [(trip, answered) for trip in range(1, line.trips + 1) for answered in (False, True)][cuts]:
        try:
            assert await line.cut_at(trip, answered=answered) == wanted
        except (AssertionError, ConsoleError, psycopg.Error, TimeoutError) as error:
            wrong.append(f"trip {trip}, answered {answered}: {error!r} {getattr(error, 'detail', '')}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("format", "verb"), [("dbconsole", "up"), ("golang-migrate", "down")])
async def test_at_some_round_trips(databases: Databases, proxy: Proxy, tmp_path: Path, format: str, verb: str) -> None:
    await endure(Line(databases, proxy, logged.lay(tmp_path, format), format, verb), slice(5, None, 29))


@pytest.mark.slow
@pytest.mark.parametrize("format", ["dbconsole", "golang-migrate", "prisma", "flyway"])
async def test_at_every_round_trip(databases: Databases, proxy: Proxy, tmp_path: Path, format: str) -> None:
    for verb in ("up", "down") if KINDS[format].downs else ("up",):
        await endure(Line(databases, proxy, logged.lay(tmp_path, format), format, verb), slice(None))


@pytest.fixture
async def distant(database: Target, proxy: Proxy, tmp_path: Path) -> Any:
    """Return a project whose session goes through the proxy."""
    async with await Session.open(far(database, proxy), what="test") as session:
        yield Project(tmp_path, session)


ONE = {"0001_one": "CREATE TABLE one (id int);", "0002_two": "CREATE TABLE two (id int);"}


@pytest.mark.parametrize("head", ["", "-- dbconsole: no-transaction\n"])
async def test_a_commit_whose_answer_is_lost_is_looked_up_and_the_run_goes_on(
    distant: Project, proxy: Proxy, head: str
) -> None:
    for name, text in ONE.items():
        distant.write(name, head + text)
    planned = await distant.planned_up()
    events: list[Event] = []
    async for event in runner.run(distant.session, planned, distant.consent, patience=QUICK):
        events.append(event)
        if isinstance(event, StatementStarted) and event.label == "0001_one":
            proxy.cut_at("COMMIT", answered=True)
    assert len(of_kind(events, MigrationApplied)) == 2
    [notice] = of_kind(events, Notice)
    assert "what was sent is committed" in notice.text
    assert (await distant.status()).up_to_date


async def test_a_commit_that_never_arrived_is_known_not_to_have(distant: Project, proxy: Proxy) -> None:
    for name, text in ONE.items():
        distant.write(name, text)
    planned = await distant.planned_up()
    with pytest.raises(ConnectionLost) as caught:
        async for event in runner.run(distant.session, planned, distant.consent, patience=QUICK):
            if isinstance(event, StatementStarted) and event.label == "0002_two":
                proxy.cut_at("COMMIT")
    assert caught.value.title == "The connection was lost while recording 0002_two; it was not committed."
    assert "Nothing of 0002_two remains." in caught.value.detail
    assert list((await distant.states()).values()) == ["applied", "pending"]


async def test_a_statement_nobody_waits_for_any_more_gives_its_locks_back(distant: Project, proxy: Proxy) -> None:
    """The server notices within seconds that the client is gone, and does not run a long statement to its end."""
    distant.write("0001_slow", "CREATE TABLE one (id int);\nSELECT pg_sleep(60);")
    planned = await distant.planned_up()
    with pytest.raises(ConnectionLost) as caught:
        async for event in runner.run(distant.session, planned, distant.consent, patience=QUICK):
            if isinstance(event, StatementStarted) and event.number == 2:
                asyncio.get_running_loop().call_later(0.2, proxy.cut)
    assert "Nothing of 0001_slow remains." in caught.value.detail
    distant.write("0001_slow", "CREATE TABLE one (id int);\nSELECT pg_sleep(0);")
    async with asyncio.timeout(15):
        await distant.up()
    assert (await distant.status()).up_to_date


@pytest.mark.parametrize(
    ("sign", "outside"),
    [
        (signal.SIGKILL, False),
        (signal.SIGQUIT, True),
        pytest.param(signal.SIGQUIT, False, marks=pytest.mark.slow),
        pytest.param(signal.SIGKILL, True, marks=pytest.mark.slow),
    ],
)
async def test_the_server_is_killed_and_comes_back(tmp_path: Path, *, sign: signal.Signals, outside: bool) -> None:
    """An immediate shutdown, and a kill -9, while a statement runs."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    server = Embedded.start(tmp_path / "server")
    target = Target("mortal", server.params(), guard=Guard.OPEN)
    try:
        async with await Session.open(target, what="test") as session:
            project = Project(folder, session)
            head = "-- dbconsole: no-transaction\n" if outside else ""
            slow = head + "CREATE TABLE log (id int);\nINSERT INTO log VALUES (1);\nSELECT pg_sleep({});"
            project.write("0001_one", "CREATE TABLE one (id int);")
            project.write("0002_slow", slow.format(60))
            planned = await project.planned_up()
            with pytest.raises(ConnectionFailed) as caught:
                going = runner.run(session, planned, project.consent, patience=QUICK, lease_seconds=1)
                async for event in going:
                    if isinstance(event, StatementStarted) and event.title.startswith("SELECT pg_sleep"):
                        assert server.pid is not None
                        asyncio.get_running_loop().call_later(0.2, os.kill, server.pid, sign)
            said = "2 statements are done and stay." if outside else "Nothing of 0002_slow remains."
            assert said in caught.value.detail
            while server.running or server._sharing.lives:
                await asyncio.sleep(0.05)
            server = Embedded.start(tmp_path / "server")
            await free(session)
            assert await project.states() == {"0001": "applied", "0002": "failed" if outside else "pending"}
            project.write("0002_slow", slow.format(0))
            await project.up()
            assert (await project.status()).up_to_date
            assert await project.value("SELECT array_agg(id) FROM public.log") == [1]
            applied = [each.version for each in (await history.read(session)).entries if each.outcome == "applied"]
            assert sorted(applied) == ["0001", "0002"]
    finally:
        server.destroy()
