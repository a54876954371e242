"""The shadow: the right PostgreSQL is chosen, and nothing of it stays behind, whatever happens."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.db.local import installations, shadow
from console.db.local.installations import Installation
from console.db.local.postmaster import exists, wait
from console.db.local.shadow import Shadow, Source
from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError

KILLED = """
import asyncio, sys
from console.db.local.shadow import Shadow
async def main():
    async with Shadow.running(major=18) as found:
        print(found.server.pid, found.server.data, flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


@pytest.fixture(autouse=True)
def tmp(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have shadows in a folder of the test's own, and see that none is left in it."""
    folder = tmp_path_factory.mktemp("tmp")
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    assert list(folder.iterdir()) == []
    monkeypatch.setattr(tempfile, "tempdir", None)


def is_gone(pid: int | None, data: Path) -> bool:
    return pid is not None and wait(lambda: not exists(pid), 20) and not data.exists()


def is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())


def killed() -> tuple[subprocess.Popen[str], int, Path]:
    """Start a program that runs a shadow and waits; return it, and the server's process and data."""
    process = subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process.stdout:
        pid, data = process.stdout.readline().split()
    return process, int(pid), Path(data)


class TestWhatIsChosen:
    HERE = (
        Installation(18, Path("/own/18/bin")),
        Installation(18, Path("/wheel/18/bin"), embedded=True),
        Installation(16, Path("/wheel/16/bin"), embedded=True),
        Installation(15, Path("/own/15/bin")),
    )

    @pytest.fixture(autouse=True)
    def _offers(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Installation, "offers", lambda one, name: name == "vector" and one.embedded)

    @pytest.mark.parametrize(
        ("major", "extensions", "place"),
        [
            (18, (), "/own/18/bin"),  # a person's own has contrib
            (18, ("vector",), "/wheel/18/bin"),
            (15, (), "/own/15/bin"),
            (15, ("vector",), "/wheel/16/bin"),  # what is needed, then the nearest
            (17, ("vector",), "/wheel/18/bin"),
            (14, (), "/own/15/bin"),
            (18, ("nobody_has_it",), "/own/18/bin"),
        ],
    )
    def test_extensions_first_then_the_nearest(self, major: int, extensions: tuple[str, ...], place: str) -> None:
        assert str(shadow.choose(self.HERE, major=major, extensions=extensions).bin) == place

    @pytest.mark.parametrize(
        ("major", "extensions", "place"),
        [
            (18, ("pgcrypto", "vector"), "/wheel/18/bin"),
            (16, ("pgcrypto", "vector"), "/wheel/18/bin"),  # 16 has no way to stand in for anything
            (15, ("pgcrypto",), "/own/18/bin"),
        ],
    )
    def test_what_can_be_stood_in_for_is_had(self, major: int, extensions: tuple[str, ...], place: str) -> None:
        assert str(shadow.choose(self.HERE, major=major, extensions=extensions).bin) == place

    def test_none_is_a_sentence(self) -> None:
        with pytest.raises(UsageError, match="no PostgreSQL on this machine"):
            shadow.choose((), major=18, extensions=())


def test_an_installation_knows_its_extensions() -> None:
    wheel = installations.embedded()
    assert wheel.offers("vector")
    assert wheel.offers("plpgsql")
    assert not wheel.offers("pg_stat_statements")


async def test_it_runs_and_is_destroyed() -> None:
    async with Shadow.running(major=16, extensions=["vector"]) as found:
        pid, data = found.server.pid, found.server.data
        assert (found.version, pid is not None, data.exists()) == (16, True, True)
        async with await Session.open(found.target, what="test") as session:
            [[(version,)]] = await session.read(Query("SELECT current_setting('server_version_num')::int / 10000"))
        assert version == 16
    assert is_gone(pid, data)


@pytest.mark.parametrize("source", [Source.EMBEDDED, None])
async def test_it_stands_in_for_what_its_programs_lack(source: Source | None) -> None:
    async with Shadow.running(major=18, extensions=["vector", "pgcrypto"], source=source) as found:
        assert "vector" not in found.standins
        async with await Session.open(found.target, what="test") as session:
            [rows] = await session.read(Query("SELECT name::text FROM pg_available_extensions"))
        assert {name for (name,) in rows} >= {"vector", "pgcrypto"} | found.standins


async def test_it_is_destroyed_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError):
        async with Shadow.running(major=18) as found:
            pid, data = found.server.pid, found.server.data
            raise ZeroDivisionError
    assert is_gone(pid, data)


async def test_it_is_destroyed_when_cancelled() -> None:
    seen: list[Shadow] = []

    async def use() -> None:
        async with Shadow.running(major=18) as found:
            seen.append(found)
            await asyncio.Event().wait()

    task = asyncio.create_task(use())
    while not seen:
        await asyncio.sleep(0.01)
    pid, data = seen[0].server.pid, seen[0].server.data
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert is_gone(pid, data)


@pytest.mark.parametrize("times", [1, 3])
async def test_it_is_destroyed_when_cancelled_while_it_starts(tmp: Path, times: int) -> None:
    """Whoever cancels more than once does not wait, and all the same nothing stays."""

    async def use() -> None:
        async with Shadow.running(major=18):
            pytest.fail("it was cancelled before")

    task = asyncio.create_task(use())
    while is_empty(tmp):
        await asyncio.sleep(0.01)
    for _ in range(times):
        task.cancel()
        await asyncio.sleep(0.01)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await asyncio.to_thread(wait, lambda: is_empty(tmp), 60)


async def test_one_that_does_not_start_leaves_nothing(tmp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(shadow._SETTINGS, "shared_buffers", "nonsense")
    with pytest.raises(Exception, match="did not start"):
        async with Shadow.running(major=18):
            pytest.fail("it cannot run")


async def test_what_a_killed_program_left_is_removed_by_the_next(tmp: Path) -> None:
    process, pid, data = killed()
    async with Shadow.running(major=18):
        assert exists(pid), "a living program keeps its own"
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert exists(pid)
    async with Shadow.running(major=18):
        assert is_gone(pid, data)
