"""What becomes of a panel that cannot be read: its own error, its age, and the others as they were."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from console.config.profile import Target
from console.db.local.embedded import Embedded
from tests.databases import Databases
from tests.proxy import Proxy
from tests.ui.dashboards.going import connections, one, opened, panel, readings, until
from tests.ui.driving import driven


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
                proxy.refuse(*["the database system is shutting down"] * 1000)
                proxy.cut()
                await console.sees(" ◌ ", "no answer")
                proxy.welcome()
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
