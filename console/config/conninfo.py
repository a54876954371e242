"""Reads libpq's `key=value` connection strings, by libpq's own rules for quotes and backslashes."""

from __future__ import annotations

import re

from console.config import keywords
from console.errors import BadUrl

_PAIR = re.compile(
    r"\s*(?P<key>[^\s=]+)\s*=\s*(?:'(?P<quoted>(?:[^'\\]|\\.)*)'|(?P<plain>(?!')(?:[^\s\\]|\\.)*))", re.S
)
_BEGINS = re.compile(r"\s*([a-z_]+)\s*=")


def begins(text: str) -> bool:
    """Tell whether a text starts like a connection string: with a parameter of libpq and an equals sign.

    >>> begins("service=prod"), begins("host = a"), begins("select 1 = 1")
    (True, True, False)
    """
    found = _BEGINS.match(text)
    return found is not None and found[1] in keywords.KNOWN


def pairs(text: str, *, what: str) -> tuple[tuple[str, str], ...]:
    """Return the parameters as written, quotes and backslashes undone. Raises BadUrl, without the text.

    >>> pairs(r"host=a password='it\\'s'", what="The target")
    (('host', 'a'), ('password', "it's"))
    """
    found, place = [], 0
    text = text.rstrip()
    while place < len(text):
        pair = _PAIR.match(text, place)
        if pair is None:
            raise BadUrl(
                f"{what} cannot be read as key=value parameters.",
                hint="Write host=… dbname=… user=…; put a value with blanks in single quotes, "
                "and \\ before a quote or backslash inside it.",
            )
        value = pair["plain"] if pair["quoted"] is None else pair["quoted"]
        found.append((pair["key"], re.sub(r"\\(.)", r"\1", value, flags=re.S)))
        place = pair.end()
    return tuple(found)
