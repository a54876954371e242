"""The words that already mean something on the command line, and what to say about one that means nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

_COMMANDS = """demo status up down redo history verify validate lint audit seed rehearse adopt repair new report drift
inspect query health activity dashboard search embed maintain fleet profiles help version"""

VERBS = frozenset(_COMMANDS.split())


class Sample(NamedTuple):
    """What a demo database holds: a folder of the bundled migrations, up to a version; None is all of them."""

    folder: str
    to: str | None = None


DEMOS: Mapping[str, Sample] = MappingProxyType(
    {
        "kimbleai": Sample("kimbleai"),
        "graph-dev": Sample("graph", to="0001"),
        "graph-prod": Sample("graph"),
        "skintwin": Sample("skintwin"),
        "analyticase": Sample("analyticase"),
        "negative_space": Sample("negative_space"),
    }
)
DEFAULT_DEMO = "kimbleai"

_PROFILE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}")


def objection(name: str) -> str | None:
    """Return why a profile may not have this name, as the end of a sentence; None if it may.

    >>> objection("prod"), objection("up")
    (None, 'is a command of dbconsole')
    """
    if name in VERBS:
        return "is a command of dbconsole"
    if not _PROFILE.fullmatch(name):
        return "may only have letters, digits, and . _ - inside (at most 63)"
    return None


def nearest(word: str, names: Iterable[str]) -> str | None:
    """Return the name that was probably meant.

    >>> nearest("stagin", ["prod", "staging"])
    'staging'
    """
    import difflib

    found = difflib.get_close_matches(word.lower(), sorted(names), n=1, cutoff=0.6)
    return found[0] if found else None
