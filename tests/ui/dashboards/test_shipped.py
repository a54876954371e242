"""The dashboards that come with the console, on a sample system."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.config.profile import Target
from tests.ui.dashboards.going import listed, opened, panel, until
from tests.ui.driving import driven


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
