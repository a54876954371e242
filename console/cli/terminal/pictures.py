"""Prints pictures: roles become a terminal's colours; a pipe gets the text."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TextIO, TypedDict

import click

from console.drawing.picture import Line, Role, Span

_SAMPLE = "█▁⣿┤─…"


class _Style(TypedDict, total=False):
    fg: str | int
    bold: bool
    dim: bool


# The series of the screen's theme among 256 colours, neither light nor dark: nobody says what ground a terminal has.
_STYLES: Mapping[Role, _Style] = MappingProxyType(
    {
        Role.PLAIN: {},
        Role.MUTED: {"dim": True},
        Role.AXIS: {"dim": True},
        Role.STRONG: {"bold": True},
        Role.OK: {"fg": "green"},
        Role.WARN: {"fg": "yellow"},
        Role.CRIT: {"fg": "red", "bold": True},
        Role.SERIES_1: {"fg": 68},
        Role.SERIES_2: {"fg": 172},
        Role.SERIES_3: {"fg": 37},
        Role.SERIES_4: {"fg": 96},
        Role.SERIES_5: {"fg": 178},
        Role.SERIES_6: {"fg": 62},
        Role.SERIES_7: {"fg": 107},
        Role.SERIES_8: {"fg": 131},
    }
)


def echo(picture: Iterable[Line]) -> None:
    """Print a picture on standard output, coloured on a terminal unless the environment wants none."""
    coloured = not (os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb")
    text = ["".join(_styled(span, coloured=coloured) for span in line) for line in picture]
    click.echo("\n".join(text))


def drawable(stream: TextIO) -> bool:
    """Tell whether a stream can carry the signs that pictures are made of."""
    try:
        _SAMPLE.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _styled(span: Span, *, coloured: bool) -> str:
    style = _STYLES[span.role] if coloured else {}
    return click.style(span.text, **style) if style else span.text
