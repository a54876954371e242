"""Panels that ask for the same share a reading; each takes its own rows of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Target
from console.dashboards.definition import Kind, Panel
from console.dashboards.files.file import parse
from console.dashboards.parameters import chosen
from console.dashboards.reading.reader import Reader, read_all
from console.dashboards.reading.sharing import Shared, in_turn, only
from console.dashboards.sample import Failed, Head, Sample
from console.db.session import Session
from console.errors import StatementFailed

ROWS = (("day", "Monday", 1), ("day", None, 2), ("shop", "north", 3))
HEADS = (Head("part", "text", "text"), Head("name", "text", "text"), Head("sold", "bigint", "number"))
SAMPLE = Sample(HEADS, ROWS, 0.0, 0.0, 0.0)


def panel(**options: object) -> Panel:
    return Panel("p", "p", Kind.BAR, "SELECT 1", options=options)


@pytest.mark.parametrize(
    ("wanted", "names", "rows"),
    [
        ({"part": "day"}, ["name", "sold"], [("Monday", 1), (None, 2)]),
        ({"part": "shop", "sold": "3"}, ["name"], [("north",)]),
        ({"part": "nothing"}, ["name", "sold"], []),
        ({"missing": "day"}, ["part", "name", "sold"], list(ROWS)),
        ({}, ["part", "name", "sold"], list(ROWS)),
    ],
)
def test_the_rows_of_a_panel(wanted: dict[str, str], names: list[str], rows: list[tuple[object, ...]]) -> None:
    found = only(SAMPLE, panel(only=wanted))
    assert ([head.name for head in found.heads], list(found.rows)) == (names, rows)


@pytest.mark.parametrize(
    ("asked", "begun"),
    [
        ("", ""),
        ("xyz", "xyz"),
        ("aaxbbybza", "aaaxyzbbb"),
        ("xaby", "xaby"),
        ("xaabb", "aaxbb"),
        ("  x", "  x"),  # without a statement there is nothing to share
    ],
)
def test_what_is_costly_holds_up_nothing_quick(asked: str, begun: str) -> None:
    panels = [replace(panel(), id=str(place), sql=word.strip()) for place, word in enumerate(asked)]
    ordered = in_turn(panels)
    assert [each.sql for each in ordered] == [word.strip() for word in begun]
    for sql in set(asked.split()):
        ids = [each.id for each in ordered if each.sql == sql]
        assert ids == sorted(ids), "those of one kind stay in their order"


class Counted:
    """A reading that ends when it is told to, and counts how often it was begun."""

    def __init__(self, fails: StatementFailed | None = None) -> None:
        self.begun = 0
        self.may_end = asyncio.Event()
        self.fails = fails

    async def __call__(self) -> Sample:
        self.begun += 1
        await self.may_end.wait()
        if self.fails:
            raise self.fails
        return SAMPLE


async def begun(shared: Shared, reading: Counted, *keys: str) -> list[asyncio.Task[Sample]]:
    tasks = [asyncio.create_task(shared.read(key, reading)) for key in keys]
    await all_settled()
    return tasks


async def all_settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_what_runs_already_is_not_begun_again() -> None:
    shared, reading = Shared(), Counted()
    tasks = await begun(shared, reading, "same", "same", "other", "same")
    reading.may_end.set()
    assert await asyncio.gather(*tasks) == [SAMPLE] * 4
    assert reading.begun == 2
    await shared.read("same", reading)
    assert reading.begun == 3, "what has ended is not kept"


async def test_a_mistake_is_everybodys() -> None:
    shared, reading = Shared(), Counted(StatementFailed("No.", detail="why", hint="so", sqlstate="42601", line=2))
    tasks = await begun(shared, reading, "same", "same")
    reading.may_end.set()
    first, second = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(first, StatementFailed)
    assert isinstance(second, StatementFailed)
    assert first.as_dict() == second.as_dict()
    assert reading.begun == 1


async def test_who_waits_reads_when_the_first_is_called_off() -> None:
    shared, reading = Shared(), Counted()
    first, second, third = await begun(shared, reading, "same", "same", "same")
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    await all_settled()
    reading.may_end.set()
    assert await asyncio.gather(second, third) == [SAMPLE] * 2
    assert reading.begun == 2


async def test_who_waits_may_be_called_off() -> None:
    shared, reading = Shared(), Counted()
    first, second = await begun(shared, reading, "same", "same")
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    reading.may_end.set()
    assert await first == SAMPLE


FILE = """
title = "Calls"
layout = ["all north south"]
[parameters.least]
kind = "number"
default = "0"
"""
PANEL = """
[panels.{}]
title = "{}"
kind = "bar"
sql = "SELECT part, sold FROM sales WHERE sold >= %(least)s"
{}
"""
GROUND = """
CREATE TABLE sales (part text, sold int);
INSERT INTO sales VALUES ('north', 1), ('south', 2);
"""


async def test_a_statement_of_three_panels_runs_once(make_database: Callable[..., Target]) -> None:
    said = (("all", ""), ("north", 'only = { part = "north" }'), ("south", 'only = { part = "south" }'))
    text = FILE + "".join(PANEL.format(name, name, more) for name, more in said)
    here = parse(text.encode(), Path("calls.toml"))
    async with await Session.open(make_database(GROUND), what="test") as session, Reader(session, here) as reader:
        found = await read_all(reader, chosen(here, {}))
        samples = {name: each for name, each in found.items() if not isinstance(each, Failed)}
        assert {name: [row[-1] for row in each.rows] for name, each in samples.items()} == {
            "all": [1, 2],
            "north": [1],
            "south": [2],
        }
        assert len({each.at for each in samples.values()}) == 1
