"""A dashboard is read as often as it says, and only while somebody looks."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from console.config.profile import Target
from tests.databases import Databases
from tests.ui.dashboards.going import SHOP, connections, opened, readings, settled, until
from tests.ui.driving import driven


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
            board.poller._pacing.touch(time.monotonic() - 200)
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
