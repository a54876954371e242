"""How values are said, the same way everywhere, and how foreign text is made harmless for a terminal."""

from __future__ import annotations

import re
import unicodedata

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_THOUSANDS = ("k", "M", "G", "T")
_SPANS = ((86400 * 365, "y"), (86400, "d"), (3600, "h"), (60, "m"), (1, "s"))

# What a terminal or a reader could take for something else than text: C0, DEL, C1, the marks that turn the direction
# of writing, zero-width signs, line and paragraph separators, tags, and lone surrogates.
HOSTILE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_HOSTILE_IN_LINES = re.compile(HOSTILE.pattern.replace("\x00-\x1f", "\x00-\x08\x0b-\x1f"))


def sanitize(text: str, *, lines: bool = False) -> str:
    r"""Return `text` with every sign shown that a terminal would act on.

    Control signs become their pictures, others their number; `lines` keeps line feeds and tabs.

    >>> sanitize("a\x1b[31mb")
    'a␛[31mb'
    >>> sanitize("x\u202egnp.exe")
    'x⟨202E⟩gnp.exe'
    >>> sanitize("a\nb"), sanitize("a\nb", lines=True)
    ('a␊b', 'a\nb')
    """
    pattern = _HOSTILE_IN_LINES if lines else HOSTILE
    return pattern.sub(_picture, text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"⟨{code:04X}⟩"


def width(text: str) -> int:
    """Return how many cells a terminal takes for a text: two for what East Asian scripts write wide and for emoji.

    >>> width("abc"), width("e\u0301"), width("日本"), width("🙂")
    (3, 1, 4, 2)
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def cut(text: str, room: int) -> str:
    """Return as much of a text as fits into `room` cells, with … where something is left out.

    >>> cut("abcdef", 4), cut("abc", 3), cut("日本語", 4), cut("abc", 0)
    ('abc…', 'abc', '日…', '')
    """
    if width(text) <= room:
        return text
    kept, left = [], room - 1
    for sign in text:
        left -= _cells(sign)
        if left < 0:
            break
        kept.append(sign)
    return "".join(kept) + "…" if room > 0 else ""


def _cells(sign: str) -> int:
    if sign.isascii():
        return 1
    kind = unicodedata.category(sign)
    if kind in ("Mn", "Me"):
        return 0
    # Python's tables are older than some terminals': what they do not know yet in the planes of emoji is taken for one.
    unknown = kind == "Cn" and "\U0001f000" <= sign <= "\U0001ffff"
    return 2 if unknown or unicodedata.east_asian_width(sign) in "WF" else 1


def size(count: int | float | None) -> str:
    """Say a number of bytes with three digits.

    >>> size(0), size(512), size(1536), size(123_456_789), size(None)
    ('0 B', '512 B', '1.50 kB', '118 MB', '–')
    """
    if count is None:
        return "–"
    value, unit = float(count), 0
    while abs(value) >= 999.5 and unit < len(_UNITS) - 1:
        value /= 1024
        unit += 1
    if unit == 0:
        return f"{int(value)} B"
    digits = 2 if abs(value) < 9.995 else 1 if abs(value) < 99.95 else 0
    return f"{value:.{digits}f} {_UNITS[unit]}"


def count(number: int | float | None) -> str:
    """Say how many, short enough for a column.

    >>> count(0), count(999), count(1234), count(12_345), count(1_234_567), count(None)
    ('0', '999', '1,234', '12.3 k', '1.23 M', '–')
    """
    if number is None:
        return "–"
    if abs(number) < 10_000:
        return f"{int(number):,}"
    value, unit = number / 1000, 0
    while abs(value) >= 999.5 and unit < len(_THOUSANDS) - 1:
        value /= 1000
        unit += 1
    digits = 2 if abs(value) < 9.995 else 1 if abs(value) < 99.95 else 0
    return f"{value:.{digits}f} {_THOUSANDS[unit]}"


def duration(seconds: float | None) -> str:
    """Say how long something took.

    >>> duration(0.0004), duration(0.214), duration(1.25), duration(75), duration(7_260), duration(None)
    ('0.4 ms', '214 ms', '1.25 s', '1 m 15 s', '2 h 1 m', '–')
    """
    if seconds is None:
        return "–"
    if seconds < 0.01:
        return f"{seconds * 1000:.1f} ms"
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.2f} s" if seconds < 10 else f"{seconds:.1f} s"
    whole = round(seconds)
    for index, (length, name) in enumerate(_SPANS[:-1]):
        if whole >= length:
            next_length, next_name = _SPANS[index + 1]
            rest = whole % length // next_length
            return f"{whole // length} {name}" + (f" {rest} {next_name}" if rest else "")
    return f"{whole} s"


def age(seconds: float | None) -> str:
    """Say how long ago, in one unit.

    >>> age(3), age(240), age(7_300), age(200_000), age(None)
    ('3 s', '4 m', '2 h', '2 d', '–')
    """
    if seconds is None:
        return "–"
    whole = max(0, int(seconds))
    for length, name in _SPANS:
        if whole >= length:
            return f"{whole // length} {name}"
    return "0 s"


def plural(number: int, one: str, many: str | None = None) -> str:
    """Say a number with its noun.

    >>> plural(1, "migration"), plural(3, "migration"), plural(2, "index", "indexes")
    ('1 migration', '3 migrations', '2 indexes')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
