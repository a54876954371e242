"""Vectors as embedders make them: in groups of unequal size, along few of their directions, of length 1.

Vectors from chance alone are all equally far from each other: no index finds its way among them. Here a passage lies
near its topic, topics lie nearer to some than to others, and most of what tells passages apart is in the first of 64
hidden directions, as with real ones. The same seeds give the same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

DIMENSIONS = 384
_HIDDEN, _TOPICS = 64, 300
_NOISE = 0.02  # of each of the 384 numbers, in all directions
_BATCH = 5000
_HEADER, _TRAILER = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
_LIST = """
    index query plan row table lock vacuum page tuple heap buffer cache wal commit standby replica slot sequence column
    type cast view trigger role grant schema extension vector distance recall probe list graph layer neighbour
"""
_WORDS = _LIST.split()
_LONG = 24  # words of a passage, which have all the same number of letters in the database
_WORD = 9


def made(rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the topic of each row, and its vector in a row of a matrix of single precision."""
    chance = np.random.default_rng(7)
    spread = 1 / np.sqrt(np.arange(1, _HIDDEN + 1))
    ways = np.linalg.qr(chance.normal(size=(DIMENSIONS, _HIDDEN)))[0].T
    sizes = 1 / np.arange(1, _TOPICS + 1)
    topics = chance.choice(_TOPICS, size=rows, p=sizes / sizes.sum())
    centres = chance.normal(size=(_TOPICS, _HIDDEN)) * spread
    hidden = centres[topics] + 0.6 * chance.normal(size=(rows, _HIDDEN)) * spread
    vectors = hidden @ ways + _NOISE * chance.normal(size=(rows, DIMENSIONS))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return topics, vectors.astype(np.float32)


def copied(topics: np.ndarray, vectors: np.ndarray) -> Iterator[bytes]:
    """Yield what COPY reads in its binary format: a number from 1, the topic, a text, and the vector."""
    chance = np.random.default_rng(11)
    words = np.array([word.ljust(_WORD)[:_WORD].encode() for word in _WORDS], dtype=f"S{_WORD}")
    yield _HEADER
    for start in range(0, len(vectors), _BATCH):
        part = vectors[start : start + _BATCH]
        rows = np.zeros(len(part), _ROW)
        rows["columns"], rows["id size"], rows["topic size"] = 4, 4, 4
        rows["id"] = np.arange(start + 1, start + 1 + len(part))
        rows["topic"] = topics[start : start + len(part)]
        rows["text size"] = _LONG * _WORD
        picked = words[chance.integers(len(words), size=(len(part), _LONG))]
        rows["text"] = np.ascontiguousarray(picked).view(f"V{_LONG * _WORD}")[:, 0]
        rows["vector size"], rows["length"], rows["vector"] = 4 + 4 * DIMENSIONS, DIMENSIONS, part
        yield rows.tobytes()
    yield _TRAILER


_ROW = np.dtype(
    [
        ("columns", ">i2"),
        ("id size", ">i4"),
        ("id", ">i4"),
        ("topic size", ">i4"),
        ("topic", ">i4"),
        ("text size", ">i4"),
        ("text", f"V{_LONG * _WORD}"),
        ("vector size", ">i4"),
        ("length", ">i2"),
        ("unused", ">i2"),
        ("vector", ">f4", (DIMENSIONS,)),
    ]
)
