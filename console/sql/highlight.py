"""SQL is cut into coloured spans: quickly, in one pass, whatever state the text is in while somebody types it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

from console.sql.words import KEYWORDS, TYPES

Kind: TypeAlias = Literal["keyword", "name", "string", "number", "comment", "operator", "type", "function", "plain"]


class Span(NamedTuple):
    """A stretch of the text, in characters from 0, `end` exclusive, and what it is."""

    start: int
    end: int
    kind: Kind


# Each branch ends where its sign ends or, unterminated, with the text: nothing is looked at twice, so that a text of
# nothing but opening quotes is as quick as any other. Block comments nest and are followed by hand.
_TOKEN = re.compile(
    r"""
    (?P<plain>      [ \t\r\n\f\v]+ )
  | (?P<comment>    --[^\n]* )
  | (?P<block>      /\* )
  | (?P<escape>     [eE]'(?:[^'\\]|\\.|''|\\\Z)*(?:'|\Z) )
  | (?P<string>     (?:[bBxXnN]|[uU]&)?'[^']*(?:''[^']*)*(?:'|\Z) )
  | (?P<quoted>     (?:[uU]&)?"[^"]*(?:""[^"]*)*(?:"|\Z) )
  | (?P<dollar>     \$(?:[^\W\d]\w*)?\$ )
  | (?P<number>     0[xX][0-9a-fA-F_]+ | 0[oO][0-7_]+ | 0[bB][01_]+
                  | (?:\d[\d_]*(?:\.(?!\.)[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)? )
  | (?P<word>       [^\W\d][\w$]* )
  | (?P<parameter>  \$\d+ )
  | (?P<operator>   (?:(?!--|/\*)[-+*/<>=~!@\#%^&|`?])+ | ::? )
  | (?P<other>      . )
    """,
    re.VERBOSE | re.DOTALL,
)
_BLOCK = re.compile(r"/\*|\*/")
_KINDS: dict[str, Kind] = {"escape": "string", "quoted": "name", "parameter": "number", "other": "plain"}


def spans(text: str) -> tuple[Span, ...]:
    """Cut a text into spans that cover it without a gap. Never raises.

    >>> [(kind, "SELECT 'a'"[start:end]) for start, end, kind in spans("SELECT 'a'")]
    [('keyword', 'SELECT'), ('plain', ' '), ('string', "'a'")]
    """
    return tuple(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        assert found is not None  # the last branch takes any sign
        end, kind = _span(text, found)
        yield Span(at, end, kind)
        at = end


def _span(text: str, found: re.Match[str]) -> tuple[int, Kind]:
    group = found.lastgroup or "other"
    if group == "word":
        return found.end(), _word(text, found)
    if group == "block":
        return _block_end(text, found.start()), "comment"
    if group == "dollar":
        return _dollar_end(text, found), "string"
    return found.end(), _KINDS.get(group, group)  # type: ignore[arg-type]


def _word(text: str, found: re.Match[str]) -> Kind:
    word = found[0].lower()
    after_dot = found.start() > 0 and text[found.start() - 1] == "."
    if not after_dot and word in TYPES:
        return "type"
    if not after_dot and word in KEYWORDS:
        return "keyword"
    return "function" if text.startswith("(", found.end()) else "name"


def _block_end(text: str, at: int) -> int:
    depth = 0
    for sign in _BLOCK.finditer(text, at):
        depth += 1 if sign[0] == "/*" else -1
        if depth == 0:
            return sign.end()
    return len(text)


def _dollar_end(text: str, found: re.Match[str]) -> int:
    end = text.find(found[0], found.end())
    return end + len(found[0]) if end >= 0 else len(text)
