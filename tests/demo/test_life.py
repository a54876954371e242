"""What goes on beside the console: traffic follows it about, and whatever ends it leaves nothing running."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from console.config.profile import Target
from console.demo.life import Life
from console.demo.server import Demo
from tests.databases import Databases
from tests.demo.clock import until

BUSY = "SELECT DISTINCT datname FROM pg_stat_activity WHERE application_name ^@ 'demo traffic/'"


class Nothing(Demo):
    """A demo of which nothing is missing."""

    async def clear(self) -> None:
        pass

    async def missing(self) -> tuple[str, ...]:
        return ()


@pytest.fixture
def targets(make_database: Callable[..., Target]) -> tuple[Target, Target]:
    """Return two databases with a sample system."""
    return replace(make_database("skintwin"), demo="skintwin"), replace(make_database("skintwin"), demo="skintwin")


@asynccontextmanager
async def life(databases: Databases, said: list[str], *, traffic: bool = True) -> AsyncIterator[Life]:
    """Let life go on for as long as the block lasts; no task of it is left then."""
    before = asyncio.all_tasks()
    going_on = Life(Nothing(databases.server), traffic=traffic, aside=said.append, tell=said.append)
    try:
        yield going_on
    finally:
        await going_on.leave()
    assert asyncio.all_tasks() == before


def busy(databases: Databases) -> set[str]:
    """Return the databases that have traffic."""
    with databases.connect() as connection:
        return {str(name) for (name,) in connection.execute(BUSY)}


async def test_traffic_follows(databases: Databases, targets: tuple[Target, Target]) -> None:
    first, second = targets
    said: list[str] = []
    async with life(databases, said) as going_on:
        going_on.opened(first)
        await until(lambda: busy(databases) == {first.database})
        assert said == ["traffic"]
        going_on.opened(second)
        await until(lambda: busy(databases) == {second.database})
        await going_on.elsewhere()
        assert said[-1] == ""
        await until(lambda: not busy(databases))
        going_on.opened(first)
        await until(lambda: busy(databases) == {first.database})
    await until(lambda: not busy(databases))


async def test_who_goes_to_and_fro_leaves_nothing(databases: Databases, targets: tuple[Target, Target]) -> None:
    async with life(databases, []) as going_on:
        for target in (*targets, *targets, *targets):
            going_on.opened(target)
            await asyncio.sleep(0)
        await until(lambda: busy(databases) == {targets[1].database})
        for target in (*targets, *targets):
            going_on.opened(target)
            await asyncio.sleep(0)
    await until(lambda: not busy(databases))


async def test_there_is_none_unless_it_is_wanted(databases: Databases, targets: tuple[Target, Target]) -> None:
    said: list[str] = []
    async with life(databases, said, traffic=False) as going_on:
        going_on.opened(targets[0])
        await asyncio.sleep(0.2)
        assert busy(databases) == set()
    assert said == []
