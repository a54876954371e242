"""Plain values in a Python file, found without running it: what a name is set to at the margin, and the docstring."""

from __future__ import annotations

import ast
import re

_LONGEST = 20_000  # signs of one value
_DOCSTRING = re.compile(
    r"""\A(?:[ \t\r\n]|\#[^\n]*\n)*[rRuU]?(?:\"\"\"(?P<double>.*?)\"\"\"|'''(?P<single>.*?)'''|"(?P<line>[^"\n]*)")""",
    re.DOTALL,
)


class NotPlain(Exception):
    """A name is set to something that is no plain value."""


def docstring(text: str) -> str:
    """Return a module's docstring as it is written, empty when there is none.

    >>> docstring("# a comment\\n'''Add orders.'''\\nx = 1")
    'Add orders.'
    """
    found = _DOCSTRING.match(text)
    return next((part for part in found.groups() if part is not None), "") if found else ""


def assigned(text: str, name: str) -> object:
    """Return the value that a name is set to at the margin of a Python file.

    Raises KeyError where it is not set, NotPlain where the value is no literal of strings, numbers and containers.

    >>> assigned("revision: str = 'ab12'\\ndown_revision = (\\n    'a',\\n    'b',\\n)", "down_revision")
    ('a', 'b')
    """
    found = _DOCSTRING.match(text)
    setting = re.compile(rf"^{re.escape(name)}[ \t]*(?::[^=\n]*)?=(?!=)[ \t]*", re.MULTILINE)
    match = setting.search(text, found.end() if found else 0)
    if match is None:
        raise KeyError(name)
    return _value(text[match.end() : match.end() + _LONGEST])


def _value(text: str) -> object:
    """Return the value that a text begins with: that of as many lines as make one."""
    end = text.find("\n")
    while True:
        piece = text if end < 0 else text[:end]
        if "\\" not in piece and piece.count("(") + piece.count("[") < 50:  # deep nesting is no name of a migration
            try:
                return ast.literal_eval(piece.strip())
            except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
                pass
        if end < 0 or text[:end].count("\n") > 100:
            raise NotPlain
        end = text.find("\n", end + 1)
