"""The shipped dashboards of the sample systems: each panel shows what a plain statement finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from uuid import UUID

import pytest

from console.config.profile import Target
from console.dashboards import parameters
from console.dashboards.reading.reader import Reader, read_all
from console.dashboards.sample import Sample
from console.dashboards.shaping.shape import shape
from console.dashboards.shaping.shapes import Nothing
from console.db.session import Session
from tests.dashboards.shipped import DIRECT, ONE, SYSTEMS, Reading, choose, dashboard, opened, param, reading
from tests.databases import Databases

PANELS = [param(name, panel) for name in SYSTEMS for panel in dashboard(name).panels]
MOVING = {("graph", "waiting"): 600}  # what is reckoned with the moment itself may be so much apart


@pytest.fixture(scope="module")
def target(databases: Databases) -> Iterator[Callable[[str], Target]]:
    """Return the way to a database for each system, made when it is asked for."""
    made: dict[str, Target] = {}

    def make(name: str) -> Target:
        if name not in made:
            made[name] = databases.make(name)
        return made[name]

    yield make
    for each in made.values():
        databases.drop(each)


@pytest.fixture(scope="module")
def readings(databases: Databases, target: Callable[[str], Target]) -> Callable[[str, bool], Reading]:
    """Return a reader of whole dashboards, with the defaults or with something chosen; each is read once."""

    @cache
    def read(name: str, chosen: bool) -> Reading:
        here = target(SYSTEMS[name])
        with opened(databases.connect, here) as connection:
            said = choose(connection, ONE[name]) if chosen else {}
        return reading(here, dashboard(name), said)

    return read


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_panel_is_compared(name: str) -> None:
    assert DIRECT[name].keys() == dashboard(name).panels.keys()


@pytest.mark.parametrize("chosen", [False, True], ids=["usual", "chosen"])
@pytest.mark.parametrize(("name", "panel"), PANELS)
def test_a_panel_shows_what_is_there(
    name: str,
    panel: str,
    chosen: bool,
    databases: Databases,
    target: Callable[[str], Target],
    readings: Callable[[str, bool], Reading],
) -> None:
    read = readings(name, chosen)
    with opened(databases.connect, target(SYSTEMS[name])) as connection:
        cursor = connection.execute(DIRECT[name][panel].replace("now()", "%(now)s::timestamptz").encode(), read.values)
        assert cursor.description is not None
        names = [column.name for column in cursor.description]
        found = [tuple(map(plain, row)) for row in cursor]
    shown = columns(read.samples[panel], names)
    if moving := MOVING.get((name, panel)):
        assert shown == [pytest.approx(row, abs=moving) for row in found]
    else:
        assert shown == found


def columns(sample: Sample, names: list[str]) -> list[tuple[object, ...]]:
    places = [sample.place(name) for name in names]
    return [tuple(plain(row[place]) for place in places) for row in sample.rows]


def plain(value: object) -> object:
    """Return a value as both sides say it: times in UTC, six digits of a number, all else as text."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, UUID | str | bool):
        return str(value)
    return round(float(value), 6)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "panel"), PANELS)
def test_the_sample_data_makes_a_picture(name: str, panel: str, readings: Callable[[str, bool], Reading]) -> None:
    shown = shape(dashboard(name).panels[panel], [readings(name, False).samples[panel]])
    assert not isinstance(shown, Nothing)


@pytest.mark.parametrize("name", [param(name) for name in SYSTEMS])
async def test_the_guard_lets_all_of_it_through(name: str, target: Callable[[str], Target]) -> None:
    here = dashboard(name)
    async with await Session.open(target(SYSTEMS[name]), what="test") as session, Reader(session, here) as reader:
        found = await read_all(reader, parameters.chosen(here, {}))
        offered = {each.id: await reader.choices(each) for each in here.parameters}
    assert {panel: type(each) for panel, each in found.items()} == dict.fromkeys(here.panels, Sample)
    assert all(offered.values())
