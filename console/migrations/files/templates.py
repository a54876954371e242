"""Templates that only a project's own runner fills in: recognised by their marks, so that no server sees them."""

from __future__ import annotations

import re

# An array such as '{{1,2},{3,4}}' and a format such as '{%s}' are not meant.
_MARK = re.compile(
    r"""
    \{\{-?\s*[.$][A-Za-z]                                                       # {{ .Schema }}, {{$name}}
    | \{\{-?\s*(?:if|else|end|range|with|template|define|block|include)\b[^\n]*\}\}
    | \{\{-?\s+[A-Za-z][\w.]*\s+-?\}\}                                          # {{ schema }}
    | \{%-?\s+[A-Za-z][^\n]*%\}                                                 # {% if … %}
    | /\*\s*TEMPLATE\b
    """,
    re.VERBOSE,
)


def marked(text: str) -> int | None:
    """Return the line, from 1, on which a text turns out to be a template; None when it is plain SQL.

    >>> marked("SELECT 1;\\nCREATE TABLE {{ .Schema }}.t ();")
    2
    >>> marked("SELECT '{{1,2},{3,4}}'::int[], format('{%s}', 1)")
    """
    found = _MARK.search(text)
    return None if found is None else text.count("\n", 0, found.start()) + 1


def sentence(text: str) -> str:
    """Say that a text is a template, and what to do about it; empty when it is none."""
    line = marked(text)
    if line is None:
        return ""
    return (
        f"Line {line} is a template that only the project's own runner fills in: "
        "run it with that, then record it here with adopt."
    )
