"""What turns words into vectors, whoever does it."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Protocol

Vector = tuple[float, ...]


class Embedder(Protocol):
    """Turns texts into vectors of one length; the same kind of embedder must have made what is searched in."""

    @property
    def name(self) -> str:
        """What it is called, harmless for a terminal: "wordllama", "text-embedding-3-small at api.openai.com"."""
        ...

    @property
    def dimensions(self) -> int | None:
        """How long its vectors are; None as long as only its first answer will tell."""
        ...

    @property
    def notice(self) -> str:
        """The sentence that says where words are sent, "" when they stay on this machine."""
        ...

    @property
    def model(self) -> str:
        """The model that an endpoint is asked for, "" on this machine."""
        ...

    @property
    def price(self) -> float | None:
        """Dollars for a million tokens: 0 for what costs nothing, None where it is not known."""
        ...

    async def embed(self, texts: Sequence[str], *, question: bool = False) -> list[Vector | None]:
        """Return a vector for each text, None for one that says nothing.

        `question` says that they are what is searched for, not what is searched in. Raises EmbedderFailed and its kin,
        UsageError.
        """
        ...

    async def close(self) -> None:
        """Let go of connections."""
        ...


class OnThisMachine(ABC):
    """An embedder that computes: it takes a processor for a while, sends nothing, and has nothing to close."""

    notice = model = ""
    price: float | None = 0.0

    @abstractmethod
    def vectors(self, texts: Sequence[str]) -> list[Vector | None]:
        """Return a vector for each text, None for one that says nothing."""

    async def embed(self, texts: Sequence[str], *, question: bool = False) -> list[Vector | None]:
        """Return the same, computed beside what else goes on."""
        return await asyncio.to_thread(self.vectors, texts)

    async def close(self) -> None:  # noqa: B027 - there is nothing to let go of
        """Do nothing."""


def padded(vector: Vector, dimensions: int) -> Vector:
    """Return a vector with zeros up to a column's length, which leaves lengths, angles and distances as they are.

    >>> padded((0.6, 0.8), 4)
    (0.6, 0.8, 0.0, 0.0)

    Raises ValueError for one that is too long.
    """
    if len(vector) > dimensions:
        raise ValueError(f"a vector of {len(vector)} dimensions does not fit into {dimensions}")
    return vector + (0.0,) * (dimensions - len(vector))


def written(vector: Vector) -> str:
    """Return a vector as pgvector reads it, with the digits that its single precision keeps.

    >>> written((0.5, -1 / 3, 0.0))
    '[0.5,-0.333333333,0]'
    """
    return f"[{','.join([format(value, '.9g') if value else '0' for value in vector])}]"
