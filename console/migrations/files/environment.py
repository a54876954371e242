"""Variables in a line of SQL as goose's ENVSUB knows them: `$NAME`, `${NAME}`, `${NAME:-word}`, `${NAME-word}`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from console.text import sanitize

_DOLLAR = re.compile(
    r"""
    (?P<escape> \\\\ | \\\$ | \$\$ )
    | \$\( | \$$
    | \$ (?P<plain> [A-Za-z]\w* )
    | \$\{ (?P<name> [A-Za-z]\w* ) (?: (?P<how> :- | - | \? ) (?P<word> [^{}$]* ) )? \}
    | (?P<other> \$ )
    """,
    re.VERBOSE | re.ASCII,
)


class Unset(Exception):
    """A variable without a value, or one written in a way that is not known; the text says so after “Line 3”."""


def expand(line: str, values: Mapping[str, str]) -> str:
    """Return a line with its variables filled in, from `values` first and the environment after that.

    Raises Unset. (goose itself puts nothing in the place of a variable that is not set.)

    >>> expand("GRANT $what ON t TO ${who:-app};", {"what": "SELECT"})
    'GRANT SELECT ON t TO app;'
    >>> expand("DO $$$$ cost 5$$;", {})
    'DO $$ cost 5$;'
    """
    return _DOLLAR.sub(lambda match: _value(match, values), line)


def _value(match: re.Match[str], values: Mapping[str, str]) -> str:
    if match["escape"]:
        return "$" if "$" in match["escape"] else match[0]
    if match["other"]:
        raise Unset(f"has “{sanitize(match.string[match.start() :].strip()[:20])}”, which ENVSUB cannot read.")
    name = match["plain"] or match["name"]
    if name is None:
        return match[0]
    value = values.get(name, os.environ.get(name))
    if match["how"] == ":-":
        return value or match["word"]
    if value is None and match["how"] == "-":
        return match["word"]
    if value is None:
        raise Unset(
            f"needs the environment variable {name}, which is not set. "
            "Set it, or give it a value under vars in the profile."
        )
    return value
