"""Which parts of a text are the words that were asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from console.vectors.embedders.hashing import stem
from console.vectors.embedders.stop_words import STOP_WORDS

Span = tuple[int, int]

_WORD = re.compile(r"[^\W_]+")
_LEFT_OUT = re.compile(r'(?<!\S)-(?:"[^"]*"|\S+)')
_LED_UP_TO = 0.3  # of the room stands before the first marked word
_LOOKED_AT = 1_000_000  # characters of a text; what lies behind them is not marked
_WORD_UP_TO = 100  # characters of a word are compared


def words(question: str) -> tuple[str, ...]:
    """Return the words of a question that are worth marking, without those it leaves out.

    >>> words('how to "reset my password" -admin or not')
    ('reset', 'password')
    """
    found = [match[0] for match in _WORD.finditer(_LEFT_OUT.sub(" ", question))]
    telling = [word for word in found if _plain(word) not in STOP_WORDS]
    return tuple(dict.fromkeys(telling or found))


def marks(text: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Return where a text has one of the words, whatever its case, accents and ending: places from and to.

    >>> marks("Resetting passwords: reset it", ["reset", "password"])
    ((0, 9), (10, 19), (21, 26))
    """
    return tuple(_marked(text, words))


def excerpt(text: str, words: Iterable[str], width: int) -> str:
    """Return a line of a text of at most `width` signs, from its beginning, else where the first marked word is.

    >>> excerpt("one two three four five six seven", ["six"], 16)
    '… five six seven'
    """
    line = " ".join(text.split())
    if len(line) <= width or width < 3:
        return line[: max(width, 0)]
    first = next(_marked(line, words), (0, 0))
    start = 0 if first[1] <= width - 1 else min(first[0] - int(width * _LED_UP_TO), len(line) - width + 1)
    end = start + width - (start > 0)
    return f"{'…' if start else ''}{line[start:end] if end >= len(line) else line[start : end - 1] + '…'}"


def _marked(text: str, words: Iterable[str]) -> Iterator[Span]:
    wanted = {_root(word[:_WORD_UP_TO]) for word in words}
    found = _WORD.finditer(text, 0, _LOOKED_AT) if wanted else iter(())
    return (match.span() for match in found if _root(match[0][:_WORD_UP_TO]) in wanted)


@lru_cache(maxsize=20_000)
def _root(word: str) -> str:
    return stem(_plain(word))


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))
