"""The colours of series: told apart by all eyes, and seen on their ground."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from textual.color import Color
from textual.theme import Theme

from console.ui.theme import THEMES

Triple = tuple[float, float, float]

# What eyes without one kind of cone see, in linear light: Machado, Oliveira and Fernandes (2009), severity 1.
EYES: dict[str, tuple[Triple, Triple, Triple]] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
LEAST_APART = 0.1  # in OKLab; about five times what is just seen
LEAST_CONTRAST = 4.5  # WCAG 2.1 for text: names stand in the colour of their series


def series(theme: Theme) -> list[str]:
    return [theme.variables[f"series-{place}"] for place in range(1, 9)]


def light(colour: str) -> Triple:
    def linear(share: float) -> float:
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = Color.parse(colour).normalized
    return linear(red), linear(green), linear(blue)


def seen(colour: str, eyes: tuple[Triple, Triple, Triple]) -> Triple:
    """Return where a colour is in OKLab for some eyes."""
    given = light(colour)
    red, green, blue = (
        min(1.0, max(0.0, sum(each * part for each, part in zip(row, given, strict=True)))) for row in eyes
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
    )


def luminance(colour: str) -> float:
    red, green, blue = light(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_series_are_told_apart(theme: Theme, eyes: str) -> None:
    near = {
        (one, other): round(apart, 3)
        for one, other in combinations(series(theme), 2)
        if (apart := math.dist(seen(one, EYES[eyes]), seen(other, EYES[eyes]))) < LEAST_APART
    }
    assert not near


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_series_are_seen_on_their_ground(theme: Theme) -> None:
    for ground in (theme.background, theme.surface):
        assert ground is not None
        for colour in series(theme):
            darker, lighter = sorted((luminance(colour), luminance(ground)))
            assert (lighter + 0.05) / (darker + 0.05) >= LEAST_CONTRAST, (colour, ground)
