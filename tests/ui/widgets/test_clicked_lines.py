"""A click on a word of a line asks for the command that it stands for; blanks and titles ask for nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.ui import commands
from console.ui.widgets.clicked_line import ClickedLine
from console.ui.widgets.key_line import KeyLine
from console.ui.widgets.option_line import OptionLine, Said
from tests.ui.widgets.stage import on_stage

OPTIONS = Said("cost", (("p", "last 30 days", "board.period"), ("f", "user all", "board.filter")), "every 1 m")


def options() -> OptionLine:
    line = OptionLine()
    line.said = OPTIONS
    return line


def keys() -> KeyLine:
    line = KeyLine()
    line.shown = tuple((commands.by_id(name), "x", False) for name in ("drift.filter", "drift.prove", "quit"))
    return line


def place(line: ClickedLine, word: str) -> int:
    """Return the cell of the line in which a word begins."""
    return line.content_region.x - line.region.x + line.render_line(0).text.index(word)


@pytest.mark.parametrize(
    ("line", "word", "asked"),
    [
        (options, "cost", []),
        (options, "p last", ["board.period"]),
        (options, "30 days", ["board.period"]),
        (options, "user", ["board.filter"]),
        (options, "every", []),
        (keys, "filter", ["drift.filter"]),
        (keys, "prove", ["drift.prove"]),
        (keys, "quit", ["quit"]),
    ],
)
async def test_a_word_asks_for_its_command(line: Callable[[], ClickedLine], word: str, asked: list[str]) -> None:
    """From its first cell on."""
    shown = line()
    async with on_stage(shown, (80, 4)) as (stage, pilot):
        await pilot.click(shown, offset=(place(shown, word), 0))
        await pilot.pause()
        assert [message.command_id for message in stage.heard(ClickedLine.Chosen)] == asked


async def test_what_is_drawn_anew_is_clicked_anew() -> None:
    """Where a word stood that is gone, nothing is asked for."""
    shown = options()
    async with on_stage(shown, (80, 4)) as (stage, pilot):
        where = place(shown, "user")
        shown.said = Said("cost")
        await pilot.pause()
        await pilot.click(shown, offset=(where, 0))
        await pilot.pause()
        assert not stage.heard(ClickedLine.Chosen)


@pytest.mark.parametrize(
    ("width", "right"), [(30, "? help"), (60, "? help  q quit"), (80, "? help  ctrl+p palette  q quit")]
)
async def test_the_help_stays_longest_where_there_is_little_room(width: int, right: str) -> None:
    """Who has it finds the rest."""
    line = KeyLine()
    line.shown = tuple((command, command.keys, False) for command in commands.of("schema"))
    async with on_stage(line, (width, 4)):
        assert line.render_line(0).text.rstrip().endswith(f"  {right}")
