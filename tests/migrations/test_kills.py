"""kill -9 at every message of a runner: status is right, up finishes, all is done once, the tool's ledger as ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.session import Session
from console.errors import ConsoleError
from console.migrations import history
from tests.databases import Databases
from tests.migrations import logged
from tests.migrations.doomed import RUN_OUT, Nursery, Order
from tests.migrations.foreign import Site
from tests.migrations.logged import KINDS

WAYS = [(name, verb) for (name, kind), verb in product(KINDS.items(), ("up", "down")) if verb == "up" or kind.downs]


@dataclass(frozen=True)
class Life:
    """A runner's life without a fault: the numbers of the messages it sends, and what it leaves."""

    messages: tuple[int, ...]
    left: dict[str, Any]


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    """Return where runners come from that are to die."""
    with Nursery.running() as running:
        yield running


@pytest.fixture(scope="module")
def undisturbed(
    nursery: Nursery, databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], Life]:
    """Return what a runner's life is like, by format and verb."""

    @cache
    def live(format: str, verb: str) -> Life:
        folder = logged.lay(tmp_path_factory.mktemp(format), format)
        target = databases.make(logged.GROUND)
        if verb == "down":
            applied(nursery, target, folder)
        end = nursery.run(Order(dict(target.params), str(folder), verb))
        assert end.said == ""
        with databases.connect(target) as connection:
            left = logged.traces(connection, format)
        databases.drop(target)
        return Life(end.messages, left)

    return live


@dataclass(frozen=True)
class Ordeal:
    """One format's project, that is brought up or down again and again and killed each time at another message."""

    nursery: Nursery
    databases: Databases
    folder: Path
    format: str
    verb: str

    async def left_after(self, last: int, *, sent: bool) -> dict[str, Any]:
        """Kill a runner at one message, hold status against what is there, go on to the end; return what is left."""
        target = self.databases.make(logged.GROUND)
        try:
            if self.verb == "down":
                applied(self.nursery, target, self.folder)
            end = self.nursery.run(Order(dict(target.params), str(self.folder), self.verb, last, sent))
            assert end.killed or last > 0.5 * max(end.messages), end  # a slow runner sends more: it looks why it waits
            with self.databases.connect(target) as connection:
                await gone(connection)
                return await self._finished(target, connection)
        finally:
            self.databases.drop(target)

    async def _finished(self, target: Target, connection: psycopg.Connection[Any]) -> dict[str, Any]:
        async with await Session.open(target, what="test") as session:
            site = Site(self.folder, session)
            states = list((await site.states()).values())
            logged.must_agree(states, logged.log(connection), self.verb)
            await (site.up() if self.verb == "up" else site.down(everything=True))
            assert logged.left_over(connection) == []
            outcomes = [each.outcome for each in (await history.read(session)).entries]
            assert outcomes.count(history.APPLIED) == 3
            assert outcomes.count(history.ROLLED_BACK) == (3 if self.verb == "down" else 0)
        return logged.traces(connection, self.format)


def applied(nursery: Nursery, target: Target, folder: Path) -> None:
    """Have everything applied by a runner that nothing happens to."""
    assert nursery.run(Order(dict(target.params), str(folder))).said == ""


async def gone(connection: psycopg.Connection[Any]) -> None:
    """Wait until the server has noticed that the runner is dead, and its lease has run out."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'dbconsole/doomed'"
    async with asyncio.timeout(60):
        while connection.execute(query).fetchone() != (0,):
            await asyncio.sleep(0.01)
    await asyncio.sleep(RUN_OUT)


async def endure(ordeal: Ordeal, life: Life, kills: list[tuple[int, bool]]) -> None:
    """Kill at each of these messages, and say all that went wrong."""
    wrong = []
    for last, sent in kills:
        try:
            left = await ordeal.left_after(last, sent=sent)
            assert left == life.left
        except (AssertionError, ConsoleError, psycopg.Error, TimeoutError) as error:
            wrong.append(f"message {last}, sent {sent}: {error!r} {getattr(error, 'detail', '')}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("format", "verb"), [("dbconsole", "up"), ("golang-migrate", "down"), ("prisma", "up")])
async def test_at_some_messages(
    nursery: Nursery, undisturbed: Any, databases: Databases, tmp_path: Path, format: str, verb: str
) -> None:
    life = undisturbed(format, verb)
    kills = [(last, number % 2 == 0) for number, last in enumerate(life.messages[3::10])]
    folder = logged.lay(tmp_path, format)
    await endure(Ordeal(nursery, databases, folder, format, verb), life, kills)


@pytest.mark.slow
@pytest.mark.parametrize("sent", [False, True])
@pytest.mark.parametrize(("format", "verb"), WAYS)
async def test_at_every_message(
    nursery: Nursery, undisturbed: Any, databases: Databases, tmp_path: Path, format: str, verb: str, *, sent: bool
) -> None:
    life = undisturbed(format, verb)
    folder = logged.lay(tmp_path, format)
    await endure(Ordeal(nursery, databases, folder, format, verb), life, [(each, sent) for each in life.messages])
