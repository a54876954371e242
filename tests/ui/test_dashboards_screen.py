"""The dashboards screen on a real database: what fits, panels where the layout has them, choosing, pausing, failing."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from console.config.profile import Target
from console.db.embedded import Embedded
from console.ui.screens.dashboards.board import Board
from console.ui.screens.dashboards.panel_view import PanelView
from tests.databases import Databases
from tests.proxy import Proxy
from tests.ui.driving import Driver, driven

SHOP = """
CREATE TABLE sale (at timestamptz, shop text, amount numeric);
INSERT INTO sale SELECT now() - interval '1 hour' * (n - 0.5), CASE n % 3 WHEN 0 THEN 'North' ELSE 'South' END, 10
  FROM generate_series(1, 48) AS n;
"""
SALES = """
title = "Sales"
description = "What is sold."
requires = ["table:public.sale"]
refresh = "1s"
layout = ["total total pace pace", "shops shops shops shops"]
heights = [6, 9]

[parameters.period]
default = "7d"
choices = ["24h", "7d", "all"]

[parameters.shop]
sql = "SELECT DISTINCT shop, shop FROM public.sale ORDER BY 1"

[panels.total]
title = "taken"
kind = "table"
sql = '''SELECT sum(amount) AS total, count(*) AS sales FROM public.sale
  WHERE at >= %(since)s AND (%(shop)s::text IS NULL OR shop = %(shop)s)'''

[panels.pace]
title = "read at"
kind = "table"
sql = "SELECT clock_timestamp()::text AS moment"

[panels.shops]
title = "by shop"
kind = "bar"
sql = "SELECT shop, sum(amount) FROM public.sale WHERE at >= %(since)s GROUP BY 1 ORDER BY 2 DESC"
"""


@pytest.fixture
def shop(make_database: Callable[..., Target]) -> Target:
    """Return a database with sales: 16 in North, 32 in South, 10 each."""
    return make_database(SHOP)


@pytest.fixture
def write(home: Path) -> Callable[[str, str], Path]:
    """Return a way to write a dashboard of the user's own."""
    folder = home / "config" / "dashboards"
    folder.mkdir(parents=True)

    def written(name: str, text: str) -> Path:
        path = folder / f"{name}.toml"
        path.write_text(text)
        return path

    return written


@pytest.fixture
def sales(write: Callable[[str, str], Path]) -> Path:
    """Return the file of a dashboard on the sales."""
    return write("sales", SALES)


def one(panel: str, *, refresh: str = "1s", more: str = "") -> str:
    """Return a dashboard of one table panel beside `more`."""
    return f"""
title = "One"
refresh = "{refresh}"
layout = ["it"]
[panels.it]
title = "it"
kind = "table"
sql = '''{panel}'''
{more}"""


async def opened(console: Driver, name: str, *seen: str) -> Board:
    """Open a dashboard by its title."""
    await listed(console)
    screen = console.app.screen
    screen.query_one("#dashboards").reveal([name])  # type: ignore[attr-defined]
    await console.press("enter")
    await console.sees(*seen)
    return screen.query_one(Board)


async def listed(console: Driver) -> None:
    await console.sees("PG 18")
    await console.press("5")
    await console.sees("fit ─")


def panel(board: Board, name: str) -> PanelView:
    return board.panels.views[name]


def readings(board: Board, name: str) -> int:
    return len(panel(board, name).state.ring)


class TestList:
    async def test_what_fits_comes_first_and_the_others_say_why_not(self, shop: Target, sales: Path) -> None:
        """The user's own are marked; the right side says what is needed."""
        async with driven(shop, size=(160, 36)) as console:
            await listed(console)
            await console.sees("✓ Sales", "yours", "– Cost", "there is no table public.api_cost_tracking")
            fitting = [line for line in console.lines if "│  ✓ " in line]
            assert console.lines.index(fitting[-1]) < console.text.split("– ")[0].count("\n") + 1
            await console.press("end", "home", *["down"] * (len(fitting) - 1))
            await console.sees("✓ table public.sale", "period: 7d (3 choices)", "every 1 s", str(sales)[:40])

    async def test_a_broken_file_names_its_line(self, shop: Target, write: Callable[[str, str], Path]) -> None:
        """In the list and in full on the right; it cannot be opened."""
        write("wrong", 'title = "Wrong"\nlayout = ["a"]\n[panels.a]\ntitle = "a"\nkind = "lines"\nsql = "SELECT 1"\n')
        async with driven(shop, size=(160, 36)) as console:
            await listed(console)
            await console.press("end")
            await console.sees("✗ wrong", "│  ✗ wrong           wrong.toml, line 5: ")
            await console.press("enter")
            assert console.app.focused is console.app.screen.query_one("#about")

    async def test_files_are_read_again(self, shop: Target, write: Callable[[str, str], Path]) -> None:
        """`r` on the list finds what was written meanwhile."""
        async with driven(shop) as console:
            await listed(console)
            assert "Sales" not in console.text
            write("sales", SALES)
            await console.press("r")
            await console.sees("✓ Sales")

    async def test_the_path_is_copied(self, shop: Target, sales: Path) -> None:
        """To be opened in an editor."""
        async with driven(shop) as console:
            await listed(console)
            console.app.screen.query_one("#dashboards").reveal(["sales"])  # type: ignore[attr-defined]
            await console.press("y")
            assert console.app.clipboard == str(sales)


class TestBoard:
    async def test_panels_show_what_the_database_says(self, shop: Target, sales: Path) -> None:
        """Each in its frame, and the line above says what was chosen."""
        async with driven(shop) as console:
            await opened(console, "sales", "480", "North", "160", "320")
            await console.sees("Sales  p last 7 days ▾  f shop all ▾  e every 1 s ▾", "─ taken ─", "─ by shop ─")

    async def test_another_period_and_another_shop(self, shop: Target, sales: Path) -> None:
        """They are offered from the file and from the database, and every panel follows."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480")
            await console.press("p")
            await console.sees("Period", "last 24 hours", "another …")
            await console.press("up", "enter")
            await console.sees("p last 24 hours", "240")
            await console.press("f")
            await console.sees("Shop", "all", "North", "South")
            await console.press("down", "enter")
            await console.sees("f shop North", " 80 ")
            assert board.chosen == {"period": "24h", "shop": "North"}

    async def test_a_period_is_typed(self, shop: Target, sales: Path) -> None:
        """What is no period is said, and nothing changes."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480")
            for typed, seen in (("soon", "soon is no period"), ("3h", "last 3 hours")):
                await console.press("p")
                await console.sees("another …")
                await console.press("end", "enter")
                await console.sees("Periods are a number")
                await console.press("end", "ctrl+u")
                await console.type(typed)
                await console.press("enter")
                await console.sees(seen)
            assert board.chosen["period"] == "3h"

    async def test_what_was_chosen_is_remembered(self, shop: Target, sales: Path) -> None:
        """Other dashboards are looked at, and this one comes back as it was."""
        async with driven(shop) as console:
            await opened(console, "sales", "480")
            await console.press("p")
            await console.sees("last 24 hours")
            await console.press("home", "enter")
            await console.sees("p last 24 hours")
            await console.press("right_square_bracket")
            await console.sees_no_more("by shop")
            await console.press("left_square_bracket")
            await console.sees("p last 24 hours", "by shop")

    async def test_how_often_it_is_read(self, shop: Target, sales: Path) -> None:
        """By hand nothing comes but what is asked for."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480")
            await console.press("e")
            await console.sees("How often", "as the dashboard says", "every 30 s", "by hand: r")
            await console.press("end", "enter")
            await console.sees("e by hand")
            await settled(console, board)
            before = readings(board, "pace")
            await console.press("r")
            await until(console, lambda: readings(board, "pace") == before + 1)

    async def test_it_is_copied_as_text(self, shop: Target, sales: Path) -> None:
        """Title and picture, for a chat."""
        async with driven(shop) as console:
            await opened(console, "sales", "480", "North")
            await console.press("down", "y")
            await until(console, lambda: "North" in console.app.clipboard)
            assert console.app.clipboard.startswith("by shop\n")
            assert "320" in console.app.clipboard


class TestPanels:
    @pytest.mark.parametrize(("size", "beside"), [((80, 24), False), ((120, 36), True), ((200, 60), True)])
    async def test_the_layout_reflows(self, shop: Target, sales: Path, size: tuple[int, int], beside: bool) -> None:
        """Charts and tables stand one below the other at 80 columns; what stands there fills the screen."""
        async with driven(shop, size=size) as console:
            board = await opened(console, "sales", "480", "─ read at ─")
            first, second, last = (panel(board, name).region for name in ("total", "pace", "shops"))
            assert (first.y == second.y) is beside
            assert last.right == size[0] or board.panels.max_scroll_y
            assert first.right <= second.x or first.bottom <= second.y

    async def test_one_is_shown_alone_and_as_rows(self, shop: Target, sales: Path) -> None:
        """Enter gives it the room, `t` the values; escape goes back step by step."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480", "North")
            await console.press("down", "enter")
            await console.sees_no_more("─ taken ─")
            assert panel(board, "shops").region.height > 30
            await console.press("t")
            await console.sees("rows 1–2 of 2", "South", "320")
            await console.press("escape")
            await console.sees_no_more("rows 1–2")
            await console.press("escape")
            await console.sees("─ taken ─")
            await console.press("escape")
            await console.sees("What is sold.")

    async def test_arrows_go_to_the_panel_that_way(self, shop: Target, sales: Path) -> None:
        """Right, below, above."""
        async with driven(shop) as console:
            await opened(console, "sales", "480")
            for key, name in (("right", "pace"), ("down", "shops"), ("up", "total"), ("l", "pace"), ("h", "total")):
                await console.press(key)
                focused = console.app.focused
                assert isinstance(focused, PanelView)
                assert focused.panel.id == name

    async def test_hostile_names_do_no_harm(self, shop: Target, write: Callable[[str, str], Path]) -> None:
        """Escape codes and markup in titles and values are text."""
        write(
            "one", one("SELECT E'\\x1b[31mred [bold]' AS \"[u]name\"").replace('title = "it"', 'title = "[b]x\\u001b"')
        )
        async with driven(shop) as console:
            await opened(console, "one", "[b]x␛", "␛[31mred [bold]", "[u]name")


class TestReading:
    async def test_only_what_is_in_sight_is_read(self, shop: Target, write: Callable[[str, str], Path]) -> None:
        """What lies below the screen is read once it is scrolled to."""
        panels = "\n".join(f"[panels.p{n}]\ntitle = 'p{n}'\nkind = 'table'\nsql = 'SELECT {n}'" for n in range(8))
        layout = ", ".join(f"'p{n}'" for n in range(8))
        write("many", f"title = 'Many'\nrefresh = '1s'\nlayout = [{layout}]\n{panels}")
        async with driven(shop, size=(80, 24)) as console:
            board = await opened(console, "many", "─ p0 ─", "?column?")
            await settled(console, board)
            assert readings(board, "p0")
            assert not readings(board, "p7")
            await console.press(*["down"] * 7)
            await until(console, lambda: readings(board, "p7") > 0)

    async def test_nothing_is_read_that_nobody_sees(self, shop: Target, sales: Path) -> None:
        """Neither while another screen is in sight nor behind the list; coming back goes on."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480")
            for there, back in (("1", "5"), ("escape", "enter")):
                await console.press(there)
                await console.sees_no_more("─ by shop ─")
                assert board.read == ()
                await console.press(back)
                await console.sees("─ by shop ─")
                before = readings(board, "pace")
                await until(console, lambda before=before: readings(board, "pace") > before)  # type: ignore[misc]

    async def test_space_pauses_and_goes_on(self, shop: Target, sales: Path) -> None:
        """The line says so; `r` reads once all the same."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480")
            await console.press("space")
            await console.sees("‖ paused: space goes on")
            await settled(console, board)
            before = readings(board, "pace")
            await console.press("r")
            await until(console, lambda: readings(board, "pace") == before + 1)
            await console.press("space")
            await console.sees_no_more("paused")
            await until(console, lambda: readings(board, "pace") > before + 1)

    async def test_whoever_is_away_is_not_read_for(self, shop: Target, sales: Path) -> None:
        """After a time without a key it says so, and any key goes on."""
        async with driven(shop) as console:
            board = await opened(console, "sales", "480")
            assert board.poller is not None
            board.poller._pacing.touch(-1e9)
            board.poller._woken.set()
            await console.sees("‖ paused: no key for", "any key goes on")
            await console.press("right")
            await console.sees_no_more("paused")

    async def test_a_server_that_sleeps_is_left_alone_sooner(
        self, shop: Target, sales: Path, databases: Databases
    ) -> None:
        """After five minutes, and it says why: nobody pays for a board that nobody looks at."""
        with databases.connect() as behind:
            behind.execute(f"ALTER DATABASE {shop.database} SET neon.project_id = 'cool-darkness-1234'")
        async with driven(shop) as console:
            await console.sees("Neon · ")
            board = await opened(console, "sales", "480")
            assert board.poller is not None
            board.poller._pacing.touch(time.monotonic() - 299)
            assert board.poller.paused is None
            board.poller._pacing.touch(time.monotonic() - 301)
            board.poller._woken.set()
            await console.sees("‖ paused: no key for 5 m, and reading keeps Neon awake; any key goes on")
            await console.press("right")
            await console.sees_no_more("paused")

    async def test_connections_are_its_own_and_end(
        self, shop: Target, sales: Path, databases: Databases, make_database: Callable[..., Target]
    ) -> None:
        """Two of them, gone with the session they stood beside."""
        other = make_database()
        async with driven(shop, other) as console:
            await opened(console, "sales", "480")
            assert 1 <= connections(databases, shop) <= 2
            await console.press("o")
            await console.sees("Go to", other.name)
            await console.type(other.name)
            await console.press("enter")
            await console.sees(f"{other.name} ●", "– Sales")
            await until(console, lambda: connections(databases, shop) == 0)


async def test_behind_a_pooler(pooled: Target, database: Target, sales: Path, databases: Databases) -> None:
    """One that hands out a connection for a transaction: two panels at once, values, another period."""
    with databases.connect(database) as connection:
        connection.execute(SHOP)
    async with driven(pooled) as console:
        board = await opened(console, "sales", "480", "North", "South")
        await console.press("p")
        await console.sees("last 24 hours")
        await console.press("up", "enter")
        await console.sees("p last 24 hours ▾", "240")
        before = readings(board, "pace")
        await until(console, lambda: readings(board, "pace") > before)
        assert "✗" not in "\n".join(console.lines)


class TestFailing:
    async def test_each_panel_has_its_own_error(self, shop: Target, write: Callable[[str, str], Path]) -> None:
        """The others go on; one that lacks something is skipped and says why."""
        more = textwrap.dedent("""
            [panels.bad]
            title = "bad"
            kind = "table"
            sql = "SELECT 1 / 0"
            [panels.lacking]
            title = "lacking"
            kind = "table"
            requires = ["extension:hstore"]
            sql = "SELECT 'hstore'::regtype"
        """)
        write("one", one("SELECT 'fine'", more=more).replace('["it"]', '["it bad lacking"]'))
        async with driven(shop) as console:
            board = await opened(console, "one", "fine", "division by", "– skipped: the extension hstore")
            await console.sees("✗ failed, again in")
            before = readings(board, "it")
            await until(console, lambda: readings(board, "it") > before)
            assert not readings(board, "lacking")

    async def test_what_was_read_stays_with_its_age(
        self, shop: Target, write: Callable[[str, str], Path], databases: Databases
    ) -> None:
        """And the error stands below it; when the table is there again, all is well."""
        write("one", one("SELECT count(*) AS sales FROM public.sale"))
        async with driven(shop) as console:
            board = await opened(console, "one", "48")
            with databases.connect(shop) as connection:
                connection.execute("ALTER TABLE sale RENAME TO gone")
                await console.sees("48", "✗", "sale", "failed", " old ")
                assert panel(board, "it").has_class("-failed")
                connection.execute("ALTER TABLE gone RENAME TO sale")
                connection.execute("INSERT INTO sale VALUES (now(), 'East', 1)")
            await console.press("r")
            await console.sees("49")
            await console.sees_no_more("failed")

    async def test_a_locked_table_holds_up_its_panel_alone(
        self, shop: Target, write: Callable[[str, str], Path], databases: Databases
    ) -> None:
        """All of the error has room where a picture leaves some; when the lock is gone it goes on by itself."""
        clock = '[panels.clock]\ntitle = "clock"\nkind = "table"\nsql = "SELECT clock_timestamp()::text AS now"'
        file = one("SELECT count(*) AS sales FROM public.sale", more=clock)
        write("one", file.replace('["it"]', '["it", "clock"]\nheights = [9, 5]'))
        async with driven(shop) as console:
            board = await opened(console, "one", "48")
            with databases.connect(shop) as connection, connection.transaction():
                connection.execute("LOCK TABLE sale IN ACCESS EXCLUSIVE MODE")
                await console.sees("✗ failed, again in", "statement timeout", "read it less often", "48")
                before = readings(board, "clock")
                await until(console, lambda: readings(board, "clock") > before)
            await console.sees_no_more("failed")

    async def test_a_server_that_was_away_is_read_again_by_itself(
        self, shop: Target, write: Callable[[str, str], Path], databases: Databases
    ) -> None:
        """What was read stays meanwhile."""
        write("one", one("SELECT count(*) AS sales FROM public.sale"))
        async with driven(shop) as console:
            await opened(console, "one", "48")
            with databases.connect() as behind:
                behind.execute(f"ALTER DATABASE {shop.database} ALLOW_CONNECTIONS false")
                asked = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
                behind.execute(asked, (shop.database,))
                await console.sees("✗", "48", " old ", "again in")
                behind.execute(f"ALTER DATABASE {shop.database} ALLOW_CONNECTIONS true")
            await console.sees_no_more("✗")

    async def test_the_top_line_says_whether_the_server_answers(
        self, shop: Target, write: Callable[[str, str], Path], server: Embedded
    ) -> None:
        """A dot is green for as long as somebody answers; also when only the board asks."""
        write("one", one("SELECT count(*) AS sales FROM public.sale"))
        with Proxy.before(str(server.socket), server.port) as proxy:
            there = {**shop.params, "host": proxy.host, "port": str(proxy.port)}
            async with driven(replace(shop, params=there)) as console:
                await opened(console, "one", "48")
                assert " ● " in console.lines[0]
                proxy.refuse(*["the database system is shutting down"] * 4)
                proxy.cut()
                await console.sees(" ◌ ", "no answer")
                await console.sees_no_more(" ◌ ")
                assert " ● " in console.lines[0]

    async def test_what_may_write_is_refused(self, shop: Target, write: Callable[[str, str], Path]) -> None:
        """A file of a stranger can do no more than a person browsing."""
        write("one", one("SELECT pg_advisory_lock(1)"))
        async with driven(shop) as console:
            await opened(console, "one", "✗", "r tries again")

    async def test_a_slow_one_is_cancelled(
        self, shop: Target, write: Callable[[str, str], Path], databases: Databases
    ) -> None:
        """Ctrl-C, and the server confirms it; it does not begin again by itself."""
        write("one", one("SELECT count(*) FROM generate_series(1, 2000000000)", refresh="10m"))
        async with driven(shop) as console:
            await opened(console, "one", "reading …")
            await until(console, lambda: connections(databases, shop, running="generate_series") == 1)
            await console.sees("─ reading for")
            await console.press("ctrl+c")
            await console.sees("Cancelled; the server has confirmed it.", "‖ paused")


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_shipped_ones_on_a_sample_system(make_database: Callable[..., Target], size: tuple[int, int]) -> None:
    """Every panel in sight shows something, no line is too long, and none has failed."""
    async with driven(make_database("kimbleai"), size=size) as console:
        await listed(console)
        names = [each.found.id for each in console.app.screen.known if each.ok]  # type: ignore[attr-defined]
        assert {"cost", "activity", "kimbleai", "monitoring"} <= set(names)
        board = await opened(console, names[0], "every")
        for name in names:
            await until(console, lambda name=name: board.dashboard is not None and board.dashboard.id == name)  # type: ignore[misc]
            await until(console, lambda: all(len(panel(board, each).state.ring) for each in board.panels.seen))
            for each in board.panels.seen:
                view = panel(board, each)
                assert view.state.failed is None, view.state.failed
                assert view.picture, each
            assert "‖" not in console.text
            assert max(map(len, console.lines)) <= size[0]
            await console.press("right_square_bracket")


async def until(console: Driver, true: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(1500):
        if true():
            return
        await console.pilot.pause(0.02)
    raise AssertionError(console.text)


async def settled(console: Driver, board: Board) -> None:
    """Wait until no panel is being read."""
    await until(console, lambda: not any(view.state.reading for view in board.panels.views.values()))


def connections(databases: Databases, target: Target, *, running: str = "") -> int:
    """Return how many connections the board has, or how many of these run a statement with some text in it."""
    with databases.connect() as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND application_name LIKE '%%dashboard%%'"
            " AND (%s = '' OR state = 'active' AND position(%s IN query) > 0)",
            (target.database, running, running),
        ).fetchone()
    assert row is not None
    return int(row[0])
