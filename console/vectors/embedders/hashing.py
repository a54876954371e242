"""An embedder that needs nothing: words and pieces of words, each hashed to a place and a sign of the vector.

It knows no language and no meaning: texts are near each other when they share words, or words share pieces ("anchor",
"anchoring"). That is enough to find a subject by its words, the same on every machine, without a model or a network.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from zlib import crc32

from console.vectors.embedders.embedder import OnThisMachine, Vector
from console.vectors.embedders.stop_words import STOP_WORDS

# Measured on short documents of eight subjects (docs/decisions/0004): more does not find more.
DIMENSIONS = 1024

_WORD = re.compile(r"[^\W_]+")
_SIGNS = re.compile(r"\S+")  # what is left to compare where a text has no word at all
_STOP_WEIGHT = 0.1
_PIECES = (3, 4, 5)
_LONGEST = 64  # letters of a word that are looked at; what is longer is no word of a language
_ENDINGS = ("ations", "ation", "ings", "ing", "ments", "ment", "ies", "ers", "er", "ed", "es", "ly", "s", "e", "y")

Features = tuple[tuple[int, float], ...]


class HashingEmbedder(OnThisMachine):
    """Gives vectors of length 1. The same text gives the same vector on every machine and with every Python.

    Only sums, products and square roots are taken, which are exact to the last bit wherever there is IEEE 754.
    """

    name = "hashing"

    def __init__(self, dimensions: int = DIMENSIONS) -> None:
        self._dimensions = dimensions

    @property
    def dimensions(self) -> int:
        """How long its vectors are."""
        return self._dimensions

    def vectors(self, texts: Sequence[str]) -> list[Vector | None]:
        """Return a vector for each text, None for one without a sign in it."""
        return [self._vector(text) for text in texts]

    def _vector(self, text: str) -> Vector | None:
        found = Counter(words(text))
        # Features that meet in one place with opposite signs may leave nothing of a short text: then without signs.
        for features in (_features, _unsigned):
            places = self._places(found, features)
            length = math.sqrt(math.fsum(place * place for place in places))
            if length:
                return tuple(place / length for place in places)
        return None

    def _places(self, found: Counter[str], features: Callable[[str], Features]) -> list[float]:
        places = [0.0] * self._dimensions
        for word, count in found.items():
            often = math.sqrt(count)
            for number, weight in features(word):
                places[(number >> 1) % self._dimensions] += often * weight
        return places


def words(text: str) -> Iterator[str]:
    """Yield the words of a text, without case and accents; without any word, whatever signs stand between spaces.

    >>> list(words("Crème brûlée, 2 × idx_a")), list(words("?! ⛵"))
    (['creme', 'brulee', '2', 'idx', 'a'], ['?!', '⛵'])
    """
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in parts if not unicodedata.combining(sign)) if not parts.isascii() else parts
    found = _WORD if _WORD.search(plain) else _SIGNS
    return (match[0] for match in found.finditer(plain))


def stem(word: str) -> str:
    """Return a word without a common English ending, if three letters are left, and without a doubled last letter.

    >>> stem("planted"), stem("plants"), stem("running"), stem("runs"), stem("red")
    ('plant', 'plant', 'run', 'run', 'red')
    """
    ending = next((each for each in _ENDINGS if word.endswith(each) and len(word) >= len(each) + 3), "")
    left = word.removesuffix(ending)
    return left[:-1] if len(left) > 3 and left[-1] == left[-2] else left


@lru_cache(maxsize=1 << 16)
def _features(word: str) -> Features:
    """Return number and signed weight of a word and of its pieces; all pieces together weigh as much as the word."""
    if word in STOP_WORDS:
        return (_feature("w", word, _STOP_WEIGHT),)
    bounded = f"<{word[:_LONGEST]}>"
    pieces = [bounded[at : at + size] for size in _PIECES for at in range(len(bounded) - size + 1)]
    weight = 1 / math.sqrt(len(pieces)) if pieces else 0.0
    return (_feature("w", stem(word), 1.0), *(_feature("p", piece, weight) for piece in pieces))


def _unsigned(word: str) -> Features:
    return tuple((number, abs(weight)) for number, weight in _features(word))


def _feature(kind: str, text: str, weight: float) -> tuple[int, float]:
    number = crc32(f"{kind}:{text}".encode("utf-8", "surrogatepass"))
    return number, weight if number & 1 else -weight
