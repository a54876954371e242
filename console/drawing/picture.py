"""Text in roles instead of colours: the screen gives them the theme's colours, a pipe gives them none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a stretch of text stands for. SERIES_1 … SERIES_8 tell lines and parts apart."""

    PLAIN = "plain"
    MUTED = "muted"
    STRONG = "strong"
    AXIS = "axis"
    OK = "ok"
    WARN = "warn"
    CRIT = "crit"
    SERIES_1 = "series-1"
    SERIES_2 = "series-2"
    SERIES_3 = "series-3"
    SERIES_4 = "series-4"
    SERIES_5 = "series-5"
    SERIES_6 = "series-6"
    SERIES_7 = "series-7"
    SERIES_8 = "series-8"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one role; the text is sanitised already."""

    text: str
    role: Role = Role.PLAIN


Line = tuple[Span, ...]
Picture = tuple[Line, ...]


def plain(picture: Picture) -> str:
    """Return the text of a picture, lines without trailing blanks.

    >>> plain(((Span("a "), Span("b ", Role.WARN)), (Span("c"),)))
    'a b\\nc'
    """
    return "\n".join("".join(span.text for span in line).rstrip() for line in picture)
