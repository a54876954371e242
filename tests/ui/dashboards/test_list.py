"""The list of dashboards on a real database: what fits, what does not, what is broken."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from console.config.profile import Target
from tests.ui.dashboards.going import SALES, listed
from tests.ui.driving import driven


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
