"""The shell around the screens: palette, help, switcher, trouble, lost connections, cancelling, leaving, sizes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest

from console.config.profile import Guard, Target
from console.db.session import Session
from console.errors import Unreachable
from console.ui.commands import COMMANDS, Command
from console.ui.doors import Saying
from console.ui.theme import THEMES
from tests.databases import Databases
from tests.ui.driving import PATIENCE, Driver, Straight, driven

LONG = "a_profile_with_a_name_that_is_longer_than_anybody_would_want_it_to_be_on_a_terminal"
SLOW = "CREATE VIEW slow AS SELECT count(*) FROM generate_series(1, 2000000000)"


class TestPalette:
    @pytest.mark.parametrize("command", [each for each in COMMANDS if each.where == "schema"], ids=lambda each: each.id)
    async def test_a_command_is_found_by_its_title(self, database: Target, command: Command) -> None:
        """Whatever has a key has a name."""
        async with driven(database) as console:
            await console.sees("PG 18")
            await console.press("ctrl+p")
            await console.sees("Search for commands")
            await console.type(command.title)
            await console.sees(command.help[:40])

    async def test_what_cannot_run_says_why(self, database: Target) -> None:
        """Instead of being missing."""
        async with driven(database, size=(160, 40)) as console:
            await console.sees("PG 18")
            await console.press("ctrl+p")
            await console.sees("Search for commands")
            await console.type("browse")
            await console.sees("This has no rows")

    async def test_it_runs_the_command(self, database: Target) -> None:
        """Enter does what the key would."""
        async with driven(database) as console:
            await console.sees("Schema ·")
            await console.press("ctrl+p")
            await console.sees("Search for commands")
            await console.type("Migrations")
            await console.sees("What is applied and pending")
            await console.press("enter", "enter")
            await console.sees("up down verify")

    async def test_words_of_what_a_command_does_find_it(self, database: Target) -> None:
        """Letters scattered over its sentence do not."""
        async with driven(database) as console:
            await console.sees("PG 18")
            await console.press("ctrl+p")
            await console.sees("Search for commands")
            await console.type("contrast")
            await console.sees("Dark, light, high contrast")
            assert "(d)" not in console.text

    async def test_it_leads_to_the_themes(self, database: Target) -> None:
        """And the chosen one is taken."""
        async with driven(database) as console:
            await console.sees("PG 18")
            await console.press("T")
            await console.sees("Search for themes")
            await console.type(THEMES[-1].name)
            await console.press("enter", "enter")
            await console.sees_no_more("Search for themes")
            assert console.app.theme == THEMES[-1].name


class TestHelp:
    async def test_it_lists_the_places_of_the_screen(self, database: Target) -> None:
        """The schema's keys, those of its rows, and those that hold everywhere."""
        async with driven(database, size=(120, 60)) as console:
            await console.sees("PG 18")
            await console.press("question_mark")
            await console.sees("Schema", "Find any object", "Rows", "foreign key", "Everywhere", "Moving about")
            await console.press("escape")
            await console.sees_no_more("Moving about")


class TestKeys:
    async def test_they_are_remapped_by_id(self, database: Target) -> None:
        """The new key works, the old one does not, and the footer tells the new one."""
        async with driven(database, keys={"schema.find": "ctrl+f"}) as console:
            await console.sees("Schema ·", "ctrl+f find")
            await console.press("slash")
            assert "Find in" not in console.text
            await console.press("ctrl+f")
            await console.sees("Find in")

    async def test_an_impossible_one_says_why(self, database: Target) -> None:
        """No key is dead."""
        async with driven(database) as console:
            await console.sees("PG 18")
            await console.press("b")
            await console.sees("This has no rows.")

    @pytest.mark.parametrize("key", ["q", "ctrl+c"])
    async def test_they_leave_with_nothing_running(self, database: Target, key: str) -> None:
        """Exit code 0, and the connection is gone."""
        async with driven(database) as console:
            await console.sees("Schema ·")
            await console.press(key)
            assert console.app.return_value == 0


class TestSwitcher:
    async def test_another_database_is_shown_whole(
        self, database: Target, make_database: Callable[..., Target]
    ) -> None:
        """Nothing of the first one stays."""
        second = make_database("CREATE TABLE in_the_second (id int)")
        async with driven(database, second) as console:
            await console.sees("PG 18")
            await console.press("o")
            await console.sees("Go to", second.name)
            await console.type(second.name)
            await console.press("enter")
            await console.sees("in_the_second", f"{second.name} ●")

    async def test_one_that_does_not_open_leaves_the_first_as_it_was(self, skintwin: Target, database: Target) -> None:
        """The top line goes on saying where one is."""
        doors = Closed(skintwin, database)
        async with driven(doors=doors) as console:
            await console.sees("Schema ·", "PG 18")
            await console.press("o")
            await console.sees("Go to", database.name)
            await console.type(database.name)
            await console.press("enter")
            await console.sees("Nothing answers")
            assert f"{skintwin.name} ●" in console.lines[0]
            await console.press("escape")
            await console.sees("Schema ·", f"{skintwin.name} ●")

    async def test_production_stands_out(self, database: Target) -> None:
        """The banner is on the first line at any width, and the name is cut before it."""
        target = replace(database, name=LONG, guard=Guard.PRODUCTION)
        async with driven(target, size=(80, 24)) as console:
            await console.sees("PG 18")
            assert " PRODUCTION " in console.lines[0]
            assert len(console.lines[0]) <= 80


class TestTrouble:
    async def test_a_server_that_is_down_can_be_tried_again(self, database: Target) -> None:
        """The sentence, r, and then the tree."""
        async with driven(doors=Failing(database)) as console:
            await console.sees("Nothing answers", "r try again")
            await console.press("r")
            await console.sees("public", "Schema ·")

    async def test_one_can_go_elsewhere_or_leave(self, database: Target) -> None:
        """o opens the switcher, q leaves."""
        async with driven(doors=Failing(database)) as console:
            await console.sees("Nothing answers")
            await console.press("o")
            await console.sees("Go to")
            await console.press("escape", "q")
            assert console.app.return_value == 0

    async def test_one_can_leave_at_once(self, database: Target) -> None:
        async with driven(doors=Failing(database)) as console:
            await console.sees("Nothing answers", "q quit")
            await console.press("q")
            assert console.app.return_value == 0

    async def test_escape_leaves_an_empty_console_that_r_wakes(self, database: Target) -> None:
        """It says that there is no connection."""
        async with driven(doors=Failing(database)) as console:
            await console.sees("Nothing answers")
            await console.press("escape")
            await console.sees("no connection")
            await console.press("r")
            await console.sees("Schema ·")

    async def test_waiting_is_visible(self, database: Target) -> None:
        """What is waited for stands on top and in the empty tree."""
        doors = Waiting(database)
        async with driven(doors=doors) as console:
            await console.sees("building skintwin …")
            assert sum("building skintwin …" in line for line in console.lines) == 2
            doors.ready.set()
            await console.sees("Schema ·")


class TestConnections:
    async def test_the_provider_stands_on_top(self, database: Target, databases: Databases) -> None:
        """What the server says of itself is shown, as soon as it has answered."""
        with databases.connect() as behind:
            behind.execute(f"ALTER DATABASE {database.database} SET neon.project_id = 'cool-darkness-1234'")
        async with driven(database) as console:
            await console.sees("Neon · ")

    async def test_a_lost_one_comes_back_and_says_so(self, skintwin: Target, databases: Databases) -> None:
        """r reads again on a new connection."""
        async with driven(skintwin) as console:
            await console.sees("Schema ·")
            end_all(databases, skintwin)
            await console.press("r")
            await console.sees("lost")
            await console.press("down", "down")
            await console.sees("ceo_task_log · table", "task_id")

    async def test_a_slow_query_is_cancelled_on_the_server(
        self, make_database: Callable[..., Target], databases: Databases
    ) -> None:
        """ctrl+c cancels, the server confirms, and the rows say it."""
        target = make_database(SLOW)
        async with driven(target) as console:
            await find(console, "slow")
            await console.press("b")
            await until_active(databases, target)
            await console.press("ctrl+c")
            await console.sees("the server has confirmed it", "r tries again")
            assert console.app.return_value is None

    async def test_slow_rows_hold_up_nothing(self, make_database: Callable[..., Target], databases: Databases) -> None:
        """The columns of another table are shown meanwhile."""
        target = make_database(f"{SLOW}; CREATE TABLE quick (here int)")
        async with driven(target) as console:
            await find(console, "slow")
            await console.press("b")
            await until_active(databases, target)
            await console.press("escape")
            await find(console, "quick")
            await console.press("right_square_bracket", "right_square_bracket")
            await console.sees("public.quick", "here", "integer")

    async def test_nothing_is_asked_of_the_server_when_nothing_happens(self, database: Target) -> None:
        """No timer of ours runs, and no round trip is made."""
        async with driven(database) as console:
            await console.sees("Schema ·")
            await console.press("down")
            await console.sees("DDL")
            session = console.app.session
            assert session is not None
            async with asyncio.timeout(PATIENCE):
                trips = -1
                while session.trips != trips or [each for each in asyncio.all_tasks() if _is_a_timer(each)]:
                    trips = session.trips
                    await console.pilot.pause(0.5)


def _is_a_timer(task: asyncio.Task[object]) -> bool:
    return task.get_name().startswith("Timer")


class TestSizes:
    @pytest.mark.parametrize("size", [(80, 24), (100, 30), (120, 36), (200, 60)])
    async def test_no_line_is_too_long(self, skintwin: Target, size: tuple[int, int]) -> None:
        """At any size, on both screens, with a long name."""
        async with driven(replace(skintwin, name=LONG), size=size) as console:
            await console.sees("ceo_task_log")
            for key in ("down", "enter", "3"):
                await console.press(key)
                assert max(map(len, console.lines)) <= size[0]
                assert len(console.lines) <= size[1]

    async def test_the_focus_stays_when_the_terminal_is_resized(self, skintwin: Target) -> None:
        """What has the keys is what is seen."""
        async with driven(skintwin, size=(120, 36)) as console:
            await console.sees("ceo_task_log")
            await console.press("down", "down", "enter")
            await console.sees("task_id")
            await console.pilot.resize_terminal(80, 24)
            await console.sees("task_id")
            await console.sees_no_more("Schema ·")
            await console.press("escape")
            await console.sees("Schema ·")
            await console.sees_no_more("task_id")
            await console.pilot.resize_terminal(120, 36)
            await console.sees("Schema ·", "task_id")


class Failing(Straight):
    """Doors that do not open the first time."""

    async def open(self, target: Target, say: Saying) -> Session:
        if not hasattr(self, "asked"):
            self.asked = True
            raise Unreachable("Nothing answers at db.example.com:5432.", detail="Connection refused", hint="Start it.")
        return await super().open(target, say)


class Closed(Straight):
    """Doors of which only the first one opens."""

    async def open(self, target: Target, say: Saying) -> Session:
        if target.name != next(iter(self._targets)):
            raise Unreachable("Nothing answers at db.example.com:5432.", detail="Connection refused", hint="Start it.")
        return await super().open(target, say)


class Waiting(Straight):
    """Doors that say what they wait for until they are told to go on."""

    def __init__(self, first: Target) -> None:
        super().__init__(first)
        self.ready = asyncio.Event()

    async def open(self, target: Target, say: Saying) -> Session:
        say("building skintwin …")
        await self.ready.wait()
        return await super().open(target, say)


async def find(console: Driver, name: str) -> None:
    """Go to an object."""
    await console.sees("Schema ·")
    await console.press("slash")
    await console.type(name)
    await console.sees("Find in", f"public.{name}")
    await console.press("enter")
    await console.sees_no_more("Find in")


async def until_active(databases: Databases, target: Target) -> None:
    """Wait until the database works for the console."""
    with databases.connect() as behind:
        asked = "SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%%slow%%' AND datname = %s"
        while not behind.execute(asked, (target.database,)).fetchall():
            await asyncio.sleep(0.02)


def end_all(databases: Databases, target: Target) -> None:
    """End all connections to a database."""
    with databases.connect() as behind:
        asked = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        behind.execute(asked, (target.database,))
