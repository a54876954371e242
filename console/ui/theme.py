"""The colours of the house: dark, light and high contrast. Python says what is true, these say how it looks."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme


def _lines(border: str, faint: str, *, ground: str, moving: str) -> Mapping[str, str]:
    """Return the colours of borders and scroll bars."""
    return {
        "border": border,
        "border-blurred": faint,
        "scrollbar": border,
        "scrollbar-hover": moving,
        "scrollbar-active": moving,
        "scrollbar-background": ground,
        "scrollbar-background-hover": ground,
        "scrollbar-background-active": ground,
        "scrollbar-corner-color": ground,
    }


def _series(*colours: str) -> Mapping[str, str]:
    """Return the colours that tell lines and parts of a chart apart, in the order in which they are taken."""
    return {f"series-{place}": colour for place, colour in enumerate(colours, 1)}


# As far apart as eight colours can be for all eyes, those that lack a kind of cone too (tests/ui/test_series.py).
_ON_DARK = _series("#4c9be8", "#e69f3c", "#50d9ef", "#f4403d", "#ecdf28", "#9ab99b", "#d5fdc0", "#908892")
_ON_LIGHT = _series("#1a5fb4", "#ce3401", "#8c01fe", "#69436b", "#882517", "#150d9b", "#461854", "#2d010a")
_ON_BLACK = _series("#56b4e9", "#ffff00", "#b439eb", "#32f4d8", "#ec5f93", "#498503", "#d0a60b", "#b6df7b")


DARK = Theme(
    name="console-dark",
    primary="#4c9be8",
    secondary="#93a4c9",
    accent="#e8b04c",
    foreground="#d7dce5",
    background="#12151c",
    surface="#181c25",
    panel="#232937",
    success="#6bbf7b",
    warning="#e0a83f",
    error="#e5626a",
    dark=True,
    variables={**_lines("#3a4358", "#2a3040", ground="#181c25", moving="#4c9be8"), **_ON_DARK},
)
LIGHT = Theme(
    name="console-light",
    primary="#1a5fb4",
    secondary="#52607a",
    accent="#8a5200",
    foreground="#1d2330",
    background="#fbfbfa",
    surface="#fbfbfa",
    panel="#e4e5e6",
    success="#1f7a37",
    warning="#8f5a00",
    error="#b3202c",
    dark=False,
    variables={**_lines("#a9b0bd", "#cfd3da", ground="#fbfbfa", moving="#1a5fb4"), **_ON_LIGHT},
)
CONTRAST = Theme(
    name="console-contrast",
    primary="#ffff00",
    secondary="#ffffff",
    accent="#00ffff",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#303030",
    success="#00ff00",
    warning="#ffff00",
    error="#ff6060",
    dark=True,
    variables={**_lines("#ffffff", "#a0a0a0", ground="#303030", moving="#ffff00"), **_ON_BLACK},
)
THEMES = (DARK, LIGHT, CONTRAST)


def own_variables(theme: Theme) -> dict[str, str]:
    """Return the variables of ours that a theme of others lacks."""
    return dict(_ON_DARK if theme.dark else _ON_LIGHT)
