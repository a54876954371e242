"""Panels stay fresh on a real server, for as long as somebody looks; the clock of the plan is the test's."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from console.config.profile import Target
from console.dashboards.definition import Dashboard
from console.dashboards.files.file import parse
from console.dashboards.reading.pacing import Pause
from console.dashboards.reading.polling import Poller
from console.dashboards.reading.reader import Reader
from console.db.query import Query
from console.db.session import Session
from console.errors import Refused, StatementFailed
from tests.databases import Databases

GROUND = """
CREATE TABLE counted (name text, n bigint, stats_reset timestamptz);
INSERT INTO counted VALUES ('a', 100, NULL);
CREATE FUNCTION careless() RETURNS int LANGUAGE sql VOLATILE AS 'SELECT 1';
"""
FILE = b"""
title = "t"
refresh = "1s"
layout = ["number counters slow long refused hand"]

[parameters.least]
kind = "number"
default = "0"

[panels.number]
title = "number"
kind = "number"
sql = "SELECT n FROM public.counted WHERE n >= %(least)s::int"

[panels.counters]
title = "counters"
kind = "line"
rate = true
sql = "SELECT name, n, stats_reset FROM public.counted"

[panels.slow]
title = "slow"
kind = "number"
sql = "SELECT 1 FROM pg_sleep(30)"

[panels.long]
title = "long"
kind = "number"
refresh = "1h"
sql = "SELECT 1 AS long FROM pg_sleep(30)"

[panels.refused]
title = "refused"
kind = "number"
sql = "SELECT careless()"

[panels.hand]
title = "hand"
kind = "number"
refresh = "manual"
sql = "SELECT count(*) FROM public.counted"
"""


class Watched:
    """A poller that runs, and the news it gave."""

    def __init__(self, reader: Reader) -> None:
        self.news: list[str] = []
        self._came = asyncio.Event()
        self.poller = Poller(reader, {"least": "0"}, news=self._hear)

    def _hear(self, name: str) -> None:
        self.news.append(name)
        self._came.set()

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait for news after which something holds."""
        async with asyncio.timeout(60):
            while not holds():
                self._came.clear()
                await self._came.wait()

    async def rests(self) -> None:
        """Wait until nothing is being read, nor would be within ten minutes."""
        panels = self.poller._watches
        await self.until(
            lambda: (
                not any(self.poller.state(name).reading for name in panels)
                and not self.poller._pacing.due(time.monotonic() + 600)
            )
        )

    def values(self, name: str) -> list[object]:
        return [row[-1] for sample in self.poller.state(name).ring for row in sample.rows]


@pytest.fixture
def definition() -> Dashboard:
    return parse(FILE, Path("t.toml"))


@pytest.fixture
def ground(make_database: Callable[..., Target]) -> Target:
    return make_database(GROUND)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give statements that are read every second more time than that, and call nothing late: machines are slow."""
    monkeypatch.setattr("console.dashboards.reading.reader._LEAST", 30.0)
    monkeypatch.setattr("console.dashboards.reading.polling._HASTE", 60.0)
    monkeypatch.setattr("console.dashboards.reading.rates._DIFFER", 60.0)


@pytest.fixture
async def watched(ground: Target, definition: Dashboard) -> AsyncIterator[Watched]:
    async with await Session.open(ground, what="test") as session, Reader(session, definition) as reader:
        found = Watched(reader)
        async with running(found.poller):
            yield found


@contextlib.asynccontextmanager
async def running(poller: Poller) -> AsyncIterator[None]:
    task = asyncio.create_task(poller.run())
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_only_what_is_seen_is_read_again_and_again(watched: Watched) -> None:
    watched.poller.show(["number"])
    await watched.until(lambda: len(watched.values("number")) >= 2)
    assert set(watched.news) == {"number"}
    state = watched.poller.state("number")
    assert state.age is not None
    assert (state.failed, state.stale, state.ring.breaks) == (None, False, ())
    watched.poller.show([])
    await watched.rests()


async def test_counters_become_rates_and_a_reset_is_no_value(
    watched: Watched, ground: Target, databases: Databases
) -> None:
    watched.poller.show(["counters"])
    watch = watched.poller._watches["counters"]
    await watched.until(lambda: watch.counted is not None)
    first = watch.counted
    with databases.connect(ground) as connection:
        connection.execute("UPDATE counted SET n = n + 1000")
        await watched.until(lambda: any(watched.values("counters")))
        before, found = [first, *watch.ring][-2:]
        assert before is not None
        assert found is not None
        assert [head.name for head in found.heads] == ["name", "n"]
        assert found.rows[0][-1] == pytest.approx(1000 / (found.at - before.at)), "a thousand in about a second"
        connection.execute("UPDATE counted SET n = 5, stats_reset = now()")
        await watched.until(lambda: None in watched.values("counters"))
        await watched.until(lambda: watched.values("counters")[-1] == 0.0)
    assert all(value is None or (isinstance(value, float) and value >= 0) for value in watched.values("counters"))


async def test_what_fails_leaves_the_others_alone(watched: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.dashboards.reading.reader._LEAST", 0.5)
    watched.poller.show(["number", "slow", "refused"])
    await watched.until(lambda: watched.poller.state("slow").failed is not None)
    slow = watched.poller.state("slow").failed
    await watched.until(lambda: watched.poller.state("refused").failed is not None)
    refused = watched.poller.state("refused").failed
    await watched.until(lambda: len(watched.values("number")) >= 3)
    assert slow is not None
    assert refused is not None
    assert isinstance(slow.error, StatementFailed)
    assert slow.again == 4.0
    assert slow.error.hint == "It may take 800 ms, since it is read every 1.00 s: read it less often."
    assert isinstance(refused.error, Refused)
    assert refused.again is None
    assert watched.news.count("refused") == 2, "it is not tried again by itself"


async def test_a_failure_marks_what_was_read_as_old(watched: Watched, ground: Target, databases: Databases) -> None:
    watched.poller.show(["number"])
    await watched.until(lambda: bool(watched.values("number")))
    with databases.connect(ground) as connection:
        await asyncio.to_thread(connection.execute, "ALTER TABLE counted RENAME TO gone")
        await watched.until(lambda: watched.poller.state("number").failed is not None)
        state = watched.poller.state("number")
        assert (state.stale, len(state.ring) > 0) == (True, True)
        await asyncio.to_thread(connection.execute, "ALTER TABLE gone RENAME TO counted")
    watched.poller.again("number")
    await watched.until(lambda: watched.poller.state("number").failed is None)
    state = watched.poller.state("number")
    assert not state.stale
    assert state.ring.breaks == (len(state.ring) - 1,)


async def test_pausing(watched: Watched) -> None:
    watched.poller.show(["number", "hand"])
    await watched.until(lambda: bool(watched.values("number") and watched.values("hand")))
    watched.poller.toggle()
    await watched.rests()
    await watched.until(lambda: "" in watched.news)
    assert (watched.poller.paused, watched.poller.why) == (Pause.BY_HAND, "paused")
    seen = len(watched.values("number"))
    watched.poller.again("hand")
    await watched.until(lambda: len(watched.values("hand")) == 2)
    assert len(watched.values("number")) == seen
    watched.poller.toggle()
    await watched.until(lambda: len(watched.values("number")) > seen)
    assert (watched.poller.why, len(watched.values("hand"))) == ("", 2)


async def test_another_choice_shows_nothing_of_the_one_before(watched: Watched) -> None:
    watched.poller.show(["number", "long"])
    await watched.until(lambda: bool(watched.values("number")) and watched.poller.state("long").reading)
    before = watched.poller._watches["long"].task
    watched.poller.choose({"least": "1000"})
    assert watched.values("number") == []
    await watched.until(lambda: len(watched.poller.state("number").ring) > 0)
    assert watched.values("number") == []
    assert before is not None
    await asyncio.wait([before], timeout=60)
    assert before.cancelled(), "what was asked for before is not waited for"
    await watched.until(lambda: watched.poller.state("long").reading)


async def test_another_refresh(watched: Watched) -> None:
    watched.poller.show(["number", "hand"])
    await watched.until(lambda: bool(watched.values("number") and watched.values("hand")))
    watched.poller.every(0)
    await watched.rests()
    seen = len(watched.values("number"))
    watched.poller.every(1)
    await watched.until(lambda: len(watched.values("number")) > seen)
    assert len(watched.values("hand")) == 1
    assert watched.poller.refresh == 1


async def test_connections_that_are_lost_are_opened_again(
    watched: Watched, ground: Target, databases: Databases
) -> None:
    watched.poller.show(["number"])
    await watched.until(lambda: bool(watched.values("number")))
    with databases.connect(ground) as connection:
        for _ in range(2):
            ended = connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE application_name = 'dbconsole/dashboard' AND datname = current_database()"
            ).fetchall()
            assert (True,) in ended
            seen = len(watched.values("number"))
            await watched.until(lambda seen=seen: len(watched.values("number")) > seen)  # type: ignore[misc]
    assert watched.poller.state("number").failed is None


async def test_it_may_be_run_again(ground: Target, definition: Dashboard, databases: Databases) -> None:
    async with await Session.open(ground, what="test") as session, Reader(session, definition) as reader:
        found = Watched(reader)
        found.poller.show(["number", "long"])
        async with running(found.poller):
            await found.until(lambda: bool(found.values("number")) and found.poller.state("long").reading)
        assert not found.poller.state("long").reading
        with databases.connect(ground) as connection:
            sql = "SELECT FROM pg_stat_activity WHERE state = 'active' AND query ~ '^SELECT 1 AS long' AND datname = %s"
            assert not connection.execute(sql, [ground.database]).fetchall(), "it is cancelled on the server"
        async with running(found.poller):
            seen = len(found.values("number"))
            await found.until(lambda: len(found.values("number")) > seen and found.poller.state("long").reading)


@pytest.mark.parametrize(
    ("sleeps", "idle", "seconds", "why"),
    [
        (True, True, 300, "paused: no key for 5 m, and reading keeps Neon awake"),
        (True, False, 300, "paused: no key for 5 m, and reading keeps Neon awake"),
        (False, True, 900, "paused: no key for 15 m"),
        (False, False, None, ""),
    ],
)
async def test_nothing_is_read_for_whoever_has_gone(
    ground: Target, definition: Dashboard, databases: Databases, sleeps: bool, idle: bool, seconds: float, why: str
) -> None:
    if sleeps:
        with databases.connect(ground) as connection:
            connection.execute(f"ALTER DATABASE {ground.database} SET neon.project_id = 'cool-darkness-1234'".encode())
    now = [1000.0]
    async with await Session.open(ground, what="test") as session, Reader(session, definition) as reader:
        await session.read(Query("SELECT 1"))
        poller = Poller(reader, {}, news=lambda _: None, idle=idle, clock=lambda: now[0])
        now[0] += (seconds or 1e6) - 1
        assert (poller.paused, poller.why) == (None, "")
        now[0] += 1
        assert (poller.paused, poller.why) == (Pause.IDLE if seconds else None, why)
        poller.touched()
        assert poller.paused is None


async def test_two_costly_statements_do_not_hold_up_a_quick_one(ground: Target) -> None:
    panel = '[panels.{}]\ntitle = "t"\nkind = "number"\nsql = "SELECT {}"\n'
    slow = "{} AS n FROM pg_sleep(30)"
    panels = [panel.format(name, slow.format(number)) for name, number in zip("abcd", (1, 1, 2, 2), strict=True)]
    text = 'title = "t"\nlayout = ["a b c d quick"]\n' + "".join([*panels, panel.format("quick", 7)])
    here = parse(text.encode(), Path("t.toml"))
    async with await Session.open(ground, what="test") as session, Reader(session, here) as reader:
        found = Watched(reader)
        async with running(found.poller):
            found.poller.show(here.panels)
            await found.until(lambda: found.values("quick") == [7])
            assert all(found.poller.state(name).reading for name in "abcd")
