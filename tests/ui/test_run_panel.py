"""The panel of a run: how far an index is, who is in the way and how that ends, and what a failure has left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from console.config.profile import Guard, Target
from console.errors import Refused
from console.migrations.running import events, runner
from console.migrations.running.work import Patience
from console.ui.screens.working.panel import RunPanel
from tests.databases import Databases
from tests.migrations.project import write
from tests.migrations.test_progress import SLOW, held
from tests.ui.driving import Driver, driven
from tests.ui.migrations.going import opened, with_folder
from tests.ui.widgets.stage import on_stage

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=str)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "shop"
    path.mkdir()
    write(path, "0001_people", "CREATE TABLE people (id int, name text);", "DROP TABLE people;")
    return path


def look(console: Driver, name: str) -> None:
    """Leave what is on the screen where a person can look at it, if one wants to."""
    if os.environ.get("LOOK_AT"):
        Path(os.environ["LOOK_AT"], f"{name}-{console.app.size.width}.txt").write_text(console.text)


async def go(console: Driver, *keys: str) -> None:
    """Apply, and say yes once it is asked."""
    await console.press(*keys, "u")
    await console.sees("y yes")
    await console.press("y")


@contextmanager
def holding(databases: Databases, target: Target) -> Iterator[psycopg.Connection[Any]]:
    with closing(databases.connect(target, application_name="forgetful")) as other:
        other.execute("BEGIN; LOCK TABLE people IN ACCESS SHARE MODE")
        yield other


@SIZES
async def test_the_phase_of_an_index_build(
    make_database: Any, databases: Databases, folder: Path, size: tuple[int, int]
) -> None:
    """A bar with its percentage, the phase in the server's words, and what is counted; gone when it is done."""
    target = with_folder(make_database(SLOW), folder)
    write(folder, "0002_slow", "-- dbconsole: no-transaction\nCREATE INDEX CONCURRENTLY slow ON big (slowly(id));")
    async with driven(target, size=size) as console:
        await opened(console)
        with held(databases, target):
            await go(console, "end")
            await console.sees(
                "building index: scanning table", "/30 blocks", "%", "0/1", "CREATE INDEX CONCURRENTLY slow"
            )
            look(console, "phase")
        await console.sees("2 migrations done", "2 applied")
        assert "blocks" not in console.text


@SIZES
async def test_who_is_in_the_way_is_ended(
    database: Target, folder: Path, databases: Databases, size: tuple[int, int]
) -> None:
    """The panel names the key; it asks, disconnects, and the run goes on."""
    target = with_folder(database, folder)
    async with driven(target, size=size) as console:
        await opened(console)
        await go(console, "end")
        await console.sees("1 applied")
        write(folder, "0002_age", "ALTER TABLE people ADD age int;", "SELECT 1;")
        with holding(databases, target) as other:
            pid = other.info.backend_pid
            await console.press("x")
            await console.sees("No run waits for a lock.")
            await console.press("r")
            await console.sees("1 pending")
            await go(console, "end")
            await console.sees("waiting for a lock", f"pid {pid}", "x ends it")
            look(console, "waiting")
            await console.press("x")
            await console.sees(f"Disconnect pid {pid}", "rolled back", f"SELECT pg_terminate_backend({pid});", "y yes")
            look(console, "asking")
            await console.press("y")
            await console.sees(f"pid {pid} was disconnected")
            await console.sees("1 migration done", "2 applied")


async def test_production_wants_its_name(
    database: Target, folder: Path, databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ending somebody's session is as grave as a migration; who was in the way can be ended after the run gave up."""
    monkeypatch.setattr(runner, "Patience", partial(Patience, 3.0, (0.05,)))
    prod = with_folder(database, folder, guard=Guard.PRODUCTION)
    write(folder, "0002_age", "ALTER TABLE people ADD age int;", "SELECT 1;")
    with databases.connect(database) as admin:
        admin.execute("CREATE TABLE people (id int)")
    async with driven(prod) as console:
        await opened(console)
        write(folder, "0001_people", "SELECT 1;", "SELECT 1;")
        await console.press("r")
        await console.sees("2 pending")
        with holding(databases, database) as other:
            await console.press("end", "u")
            await console.sees("Type")
            await console.type(prod.name)
            await console.press("enter")
            await console.sees("which was in the way")
            await console.press("x")
            await console.sees(f"Type {prod.name} to go on")
            await console.type("no")
            await console.press("enter", "escape")
            await console.sees_no_more("to go on")
            assert other.execute("SELECT 1").fetchone() == (1,)
            await console.press("x")
            await console.type(prod.name)
            await console.press("enter")
            await console.sees("was disconnected")


@SIZES
async def test_twins_keep_an_index_from_being_built(
    database: Target, folder: Path, databases: Databases, size: tuple[int, int]
) -> None:
    """The key that is there twice, the index that is left, R drops it, the data is mended, u finishes."""
    write(
        folder,
        "0002_unique",
        "-- dbconsole: no-transaction\nCREATE UNIQUE INDEX CONCURRENTLY people_name ON people (name);",
        "DROP INDEX people_name;",
    )
    with databases.connect(database) as admin:
        async with driven(with_folder(database, folder), size=size) as console:
            await opened(console)
            await go(console)
            await console.sees("1 applied, 1 pending")
            admin.execute("INSERT INTO people VALUES (1, 'Ada'), (2, 'Ada')")
            await go(console, "end")
            await console.sees("(name)=(Ada)", "1 applied, 1 failed", "public.people_name on public.people is")
            look(console, "left")
            await console.press("R")
            await console.sees("Mend 1 thing", "is an invalid index", "builds it again")
            look(console, "repair")
            await console.press("y")
            await console.sees("1 thing mended")
            await console.sees("1 applied, 1 failed")
            assert admin.execute("SELECT to_regclass('public.people_name')").fetchone() == (None,)
            admin.execute("DELETE FROM people WHERE id = 2")
            await go(console, "end")
            await console.sees("1 migration done", "2 applied")
    with databases.connect(database) as admin:
        assert admin.execute(
            "SELECT indisvalid FROM pg_index WHERE indexrelid = 'people_name'::regclass"
        ).fetchone() == (True,)


async def test_it_may_be_told_before_it_is_there_and_after_it_has_gone() -> None:
    """Work that is stopped when the console is left still says how it ended."""
    panel = RunPanel()
    panel.begin("apply 1 migration")
    async with on_stage(panel) as (stage, pilot):
        assert "starting …" in "\n".join(strip.text for strip in stage.screen._compositor.render_strips())
        await panel.remove()
        await pilot.pause()
        panel.take(events.WaitingForLock("0001_people", "ALTER TABLE", 1, 5, (), None))
        panel.fail(Refused("It was stopped."))
    assert panel.has_class("-failed")
