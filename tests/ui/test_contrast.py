"""Every theme can be read: what is drawn as text stands out from its ground by 4.5 to 1 at least."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rich.color import ColorType
from rich.segment import Segment
from textual.color import Color

from console.config.profile import Target
from console.ui.theme import THEMES
from tests.ui.driving import Driver, driven

ENOUGH = 4.5


@pytest.mark.parametrize(
    "theme", [THEMES[0].name, *(pytest.param(each.name, marks=pytest.mark.slow) for each in THEMES[1:])]
)
async def test_screens_can_be_read(skintwin: Target, theme: str) -> None:
    """Tree, lists, rows, statements, find, help, palette, switcher, migrations, dashboards: all that has letters."""
    async with driven(skintwin, theme=theme, size=(120, 36)) as console:
        await console.sees("objects in")
        faint = set(unreadable(console, "start"))
        for key, seen in (
            ("down,down", "task_id"),
            ("d", "CREATE TABLE"),
            ("b", "rows 1–"),
            ("question_mark", "Everywhere"),
            ("escape,slash", "Find in"),
            ("escape,o", "Go to"),
            ("escape,ctrl+p", "Search for commands"),
            ("escape,3", "Migrations"),
            ("5", "fit ─"),
            ("enter", "sessions by state"),
        ):
            await console.press(*key.split(","))
            await console.sees(seen)
            faint.update(unreadable(console, seen))
        assert not faint


def unreadable(console: Driver, where: str) -> Iterator[tuple[str, str, float]]:
    """Yield where, a text, and its contrast, for what stands out too little."""
    screen = console.app.screen
    region = screen.children[-1].region if screen.is_modal else screen.region  # below a question all is dimmed
    strips = console.strips[region.y : region.bottom]
    for strip in strips:
        for segment in strip.crop(region.x, region.right):
            ratio = contrast(segment)
            if ratio < ENOUGH and any(sign.isalnum() for sign in segment.text):
                yield where, segment.text.strip(), round(ratio, 1)


def contrast(segment: Segment) -> float:
    """Return the contrast of a segment's text with its ground, as WCAG reckons it."""
    style = segment.style
    if style is None or style.color is None or style.bgcolor is None:
        return 21.0
    if ColorType.DEFAULT in (style.color.type, style.bgcolor.type):
        return 21.0
    text, ground = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
    if style.dim:
        text = ground.blend(text, 0.5)
    lighter, darker = sorted((luminance(text), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: Color) -> float:
    """Return the relative luminance, from 0 to 1."""
    red, green, blue = (linear(part) for part in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
