"""Templates that only a project's own runner fills in: recognised by their marks, so that no server sees them.

Marks within strings are data: the texts of mails and notifications have them. Those in the code of DO and of functions
count, as all others do.
"""

from __future__ import annotations

import re

from console.sql.highlight import spans

# An array such as '{{1,2},{3,4}}' and a format such as '{%s}' are not meant.
_BLOCK = re.compile(r"\{\{-?\s*(?:if|else|end|range|with|template|define|block|include)\b|\{%")
_CODE_FOLLOWS = frozenset({"as", "do", "plpgsql", "sql"})  # the word before a text in dollar quotes that is run
_DOLLARS = re.compile(r"\$(?:[^\W\d]\w*)?\$")
_SIGN = re.compile(r"[^\n]")
_MARK = re.compile(
    r"""
    \{\{-?\s*[.$][A-Za-z]                                                       # {{ .Schema }}, {{$name}}
    | \{\{-?\s*(?:if|else|end|range|with|template|define|block|include)\b[^\n]*\}\}
    | \{\{-?\s+[A-Za-z][\w.]*\s+-?\}\}                                          # {{ schema }}
    | \{\{-?\s*[A-Za-z]\w*\s+(?:[.$][A-Za-z]|"[^"\n]*"\s*-?\}\})           # {{ index .Options "Name" }}, {{ env "X" }}
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
    >>> marked("INSERT INTO mails VALUES ('Dear {{ name }},')")
    """
    if _MARK.search(text) is None:
        return None
    found = _MARK.search(_without_data(text))
    return None if found is None else text.count("\n", 0, found.start()) + 1


def _without_data(text: str) -> str:
    """Return a text of the same length with blanks for strings, and for comments that begin or end no block."""
    kept: list[str] = []
    word = ""
    for start, end, kind in spans(text):
        piece = text[start:end]
        if kind == "string":
            kept.append(_code(piece) if word in _CODE_FOLLOWS and piece.startswith("$") else _blank(piece))
        elif kind == "comment" and piece.startswith("--") and not _BLOCK.search(piece):
            kept.append(_blank(piece))
        else:
            kept.append(piece)
        word = piece.lower() if kind not in ("plain", "comment") else word
    return "".join(kept)


def _code(quoted: str) -> str:
    """Return a text in dollar quotes with blanks for the strings within."""
    quote = _DOLLARS.match(quoted)
    if quote is None or not quoted.endswith(quote[0], quote.end()):
        return quoted
    return quote[0] + _without_data(quoted[quote.end() : -quote.end()]) + quote[0]


def _blank(piece: str) -> str:
    return _SIGN.sub(" ", piece)


def sentence(text: str) -> str:
    """Say that a text is a template, and what to do about it; empty when it is none."""
    line = marked(text)
    if line is None:
        return ""
    return (
        f"Line {line} is a template that only the project's own runner fills in: "
        "run it with that, then record it here with adopt."
    )
