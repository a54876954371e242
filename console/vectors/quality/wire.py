"""Vectors between the server and numpy, bit for bit.

The server sends what its binary output is, in base64: five times as quick as its numbers as text, and a third of their
length. A vector goes back as text with nine digits, which give the same single precision again.
"""

from __future__ import annotations

import binascii
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from console.vectors.metric import Kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.float32]  # a row is a vector

FOLDED = 4096  # places that vectors are folded into whose own are too many to write out
LONGEST = 1 << 15


def read(values: Sequence[str], kind: Kind) -> tuple[Matrix, list[int]]:
    """Return vectors as rows of a matrix, and which of the values they are: those of the length that most have.

    A bit is 0 or 1. Sparse vectors of more than 32,768 dimensions are folded into 4,096: each dimension is added to one
    place or taken from it, which keeps lengths and angles as they are, but for a few per cent.
    """
    import numpy as np

    found = [_Raw(binascii.a2b_base64(value), kind) for value in values]
    if not found:
        return np.zeros((0, 0), np.float32), []
    usual = Counter(each.dimensions for each in found).most_common(1)[0][0]
    kept = [place for place, each in enumerate(found) if each.dimensions == usual]
    matrix = np.zeros((len(kept), min(usual, FOLDED) if usual > LONGEST and kind is Kind.SPARSEVEC else usual), "f4")
    for row, place in zip(matrix, kept, strict=True):
        found[place].write(row)
    return matrix, kept


class _Raw:
    """A vector as pgvector's send functions and bit_send write it: lengths first, most significant byte first."""

    def __init__(self, data: bytes, kind: Kind) -> None:
        self._data = data
        self._kind = kind
        size = 2 if kind in (Kind.VECTOR, Kind.HALFVEC) else 4
        self.dimensions = int.from_bytes(data[:size], "big")

    def write(self, row: NDArray[Any]) -> None:
        """Write the vector into a row of zeros."""
        import numpy as np

        match self._kind:
            case Kind.VECTOR:
                row[:] = np.frombuffer(self._data, ">f4", offset=4)
            case Kind.HALFVEC:
                row[:] = np.frombuffer(self._data, ">f2", offset=4)
            case Kind.BIT:
                row[:] = np.unpackbits(np.frombuffer(self._data, "u1", offset=4))[: self.dimensions]
            case Kind.SPARSEVEC:
                self._write_sparse(row)

    def _write_sparse(self, row: NDArray[Any]) -> None:
        import numpy as np

        count = int.from_bytes(self._data[4:8], "big")
        places = np.frombuffer(self._data, ">i4", count, offset=12).astype(np.int64)
        values = np.frombuffer(self._data, ">f4", count, offset=12 + 4 * count)
        if len(row) == self.dimensions:
            row[places] = values
            return
        mixed = (places * 0x9E3779B1 & 0xFFFFFFFF) ^ places >> 7
        np.add.at(row, mixed % FOLDED, np.where(mixed >> 16 & 1, values, -values))


def written(vector: NDArray[Any], kind: Kind) -> str:
    """Return a vector as pgvector reads it.

    >>> import numpy as np
    >>> written(np.array([0.5, 0, -1 / 3], "f4"), Kind.VECTOR), written(np.array([0, 0.5], "f4"), Kind.SPARSEVEC)
    ('[0.5,0,-0.333333343]', '{2:0.5}/2')
    >>> written(np.array([1, 0, 1], "f4"), Kind.BIT)
    '101'
    """
    if kind is Kind.BIT:
        return "".join("1" if value else "0" for value in vector.tolist())
    if kind is Kind.SPARSEVEC:
        parts = [f"{place + 1}:{vector[place]:.9g}" for place in vector.nonzero()[0].tolist()]
        return f"{{{','.join(parts)}}}/{len(vector)}"
    return f"[{','.join([f'{value:.9g}' for value in vector.tolist()])}]"
