"""More texts like the sample's, and their vectors: sentences of one subject put together anew, embedded as the demo is.

Vectors from chance alone are all equally far from each other: they have no neighbours, which no index could then miss.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from struct import Struct

from console.vectors.embedders.embedder import Vector, padded
from console.vectors.embedders.hashing import HashingEmbedder

DIMENSIONS = 1536
_SENTENCES = 3, 5  # in a text; thirty sentences of a subject give 170,000 of them
_ROW = Struct(f"!hiiihh{DIMENSIONS}f")  # two columns: an integer, and a vector with its length
_INTEGER, _VECTOR = 4, 4 + 4 * DIMENSIONS
_HEADER, _TRAILER = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_BATCH = 1000


def by_subject(sentences: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the sentences of each subject."""
    found = defaultdict(list)
    for subject, sentence in sentences:
        found[subject].append(sentence)
    return found


def texts(sentences: Mapping[str, Sequence[str]], count: int) -> Iterator[tuple[str, str]]:
    """Yield so many subjects and texts, none of the same sentences as another; the same ones every time."""
    chance, seen, subjects = random.Random(3), set(), sorted(sentences)
    while len(seen) < count:
        subject = subjects[len(seen) % len(subjects)]
        known = sentences[subject]
        text = " ".join(known[place] for place in sorted(chance.sample(range(len(known)), chance.randint(*_SENTENCES))))
        if text not in seen:
            seen.add(text)
            yield subject, text


def vectors(texts: Sequence[str]) -> list[Vector]:
    """Return the vector of each text, with zeros up to the length that kimbleai's columns have."""
    return [padded(vector, DIMENSIONS) for vector in HashingEmbedder().vectors(texts) if vector is not None]


def copied(texts: Sequence[str]) -> Iterator[bytes]:
    """Yield what COPY reads in its binary format: a number from 1 and the vector of each text."""
    yield _HEADER
    for start in range(0, len(texts), _BATCH):
        batch = vectors(texts[start : start + _BATCH])
        yield b"".join(
            _ROW.pack(2, _INTEGER, number, _VECTOR, DIMENSIONS, 0, *vector)
            for number, vector in enumerate(batch, start + 1)
        )
    yield _TRAILER
