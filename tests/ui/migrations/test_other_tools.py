"""Migrations in another tool's ledger, and those that only their own tool runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.config.profile import Target
from console.ui.screens.migrations.screen import MigrationsScreen
from tests.databases import Databases
from tests.migrations.foreign import make
from tests.migrations.own_tools import OWN
from tests.ui.driving import driven
from tests.ui.migrations.going import applied, opened, with_folder


class TestAnotherTools:
    async def test_it_is_run_in_its_own_ledger(self, database: Target, tmp_path: Path, databases: Databases) -> None:
        """The title says whose ledger it is, and why; what is applied is written there."""
        make(tmp_path / "app", "dbmate")
        async with driven(with_folder(database, tmp_path / "app")) as console:
            await opened(console, "app · ledger dbmate", "format dbmate", "3 pending")
            await console.press("end", "u")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("3 migrations done", "3 applied")
            await console.press("d")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("2 applied, 1 pending")
        with databases.connect(database) as connection:
            rows = connection.execute("SELECT version FROM public.schema_migrations ORDER BY 1").fetchall()
        assert rows == [("20240101000001",), ("20240101000002",)]

    async def test_an_edited_file_is_shown_beside_what_was_applied(self, database: Target, tmp_path: Path) -> None:
        """Supabase's ledger keeps the text; the tab is there for that migration only."""
        path = tmp_path / "shop"
        make(path, "supabase")
        async with driven(with_folder(database, path)) as console:
            await applied(console)
            assert "diff" not in console.text
            (path / "20240101000001_people.sql").write_text("CREATE TABLE public.people (id bigint PRIMARY KEY);")
            await console.press("r", "home")
            await console.sees("edited", "verify diff lint checks plan trial")
            await console.press("enter", *["right_square_bracket"] * 3)
            await console.sees("-CREATE TABLE public.people (id int", "+CREATE TABLE public.people (id bigint")
            await console.press("escape", "down")
            await console.sees("INSERT INTO public.people")
            assert "diff" not in console.text

    async def test_what_is_not_clear_is_said(self, database: Target, tmp_path: Path, databases: Databases) -> None:
        """A table of the ledger's name that is another tool's keeps everything from being run."""
        make(tmp_path / "app", "dbmate")
        with databases.connect(database) as connection:
            connection.execute("CREATE TABLE public.schema_migrations (version bigint PRIMARY KEY, dirty boolean)")
        async with driven(with_folder(database, tmp_path / "app")) as console:
            await opened(console, "it looks like that of golang-migrate")


class TestOwnTools:
    """Migrations that only their own tool runs."""

    @pytest.mark.parametrize("tool", sorted(OWN))
    async def test_their_state_is_shown_and_why_nothing_runs_here(
        self, database: Target, databases: Databases, tmp_path: Path, tool: str
    ) -> None:
        """The states, what applies and rolls back, the text as it is; u and d say whose command does it."""
        own = OWN[tool]
        own.make(tmp_path)
        with databases.connect(database) as connection:
            for statement in own.records(tmp_path):
                connection.execute(statement)  # type: ignore[call-overload]
        below = {"sqitch": ".", "alembic": "alembic"}.get(tool, "migrations")
        async with driven(with_folder(database, tmp_path / below), size=(120, 36)) as console:
            await opened(console, f"ledger {tool}", own.versions[0], "2 applied, 1 pending", "CREAT")
            await console.sees(own.command, "are only read here")
            await console.press("end", "u")
            await console.sees("only read here; ")
            screen = console.app.screen
            assert isinstance(screen, MigrationsScreen)
            assert own.command in (screen.why_not_up() or "")
            for why in (screen.why_not_down(), screen.why_not_adopt(), screen.why_not_repair()):
                assert "only read here" in (why or "")
