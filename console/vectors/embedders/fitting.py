"""An embedder for one column: its vectors come in the column's length, or it is said why they cannot."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from console.errors import UsageError
from console.vectors.embedders.embedder import Embedder, OnThisMachine, Vector, padded
from console.vectors.embedders.models import said_likely

_REMEMBERED = 256  # questions


class Fitted:
    """An embedder whose vectors have the length of a column (`dimensions`, None for one of any length).

    Those that are computed here are filled up with zeros, as they were when the column was filled: nobody else makes
    such vectors, and zeros change no distance. A model's vectors have to be as long as the column.
    """

    def __init__(self, embedder: Embedder, label: str, dimensions: int | None) -> None:
        self.inner = embedder
        self._label = label
        self._room = dimensions
        self._asked: OrderedDict[str, Vector | None] = OrderedDict()

    @property
    def name(self) -> str:
        """The embedder's."""
        return self.inner.name

    @property
    def dimensions(self) -> int | None:
        """The column's length, the embedder's where it takes any."""
        return self._room or self.inner.dimensions

    @property
    def notice(self) -> str:
        """The embedder's."""
        return self.inner.notice

    @property
    def here(self) -> bool:
        """Whether it computes on this machine."""
        return isinstance(self.inner, OnThisMachine)

    @property
    def model(self) -> str:
        """The embedder's."""
        return self.inner.model

    @property
    def price(self) -> float | None:
        """The embedder's."""
        return self.inner.price

    async def embed(self, texts: Sequence[str], *, question: bool = False) -> list[Vector | None]:
        """Return vectors of the column's length. Raises UsageError where the embedder makes others.

        What is searched for is remembered for a while: a search is often done again with another condition.
        """
        if not question:
            return await self._made(texts, question=False)
        new = [text for text in dict.fromkeys(texts) if text not in self._asked]
        self._asked.update(zip(new, await self._made(new, question=True) if new else [], strict=True))
        found = [self._asked[text] for text in texts]
        while len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)
        return found

    async def _made(self, texts: Sequence[str], *, question: bool) -> list[Vector | None]:
        found = await self.inner.embed(texts, question=question)
        return [None if vector is None else self._in_length(vector) for vector in found]

    async def close(self) -> None:
        """Let go of connections."""
        await self.inner.close()

    def check(self) -> None:
        """Raise UsageError where it is known beforehand that the lengths differ, before a word is sent."""
        made = self.inner.dimensions
        if self._room is not None and made is not None and not self._fits(made):
            raise mismatch(self._label, self._room, self.name, made)

    def _in_length(self, vector: Vector) -> Vector:
        if self._room is None or len(vector) == self._room:
            return vector
        if not self._fits(len(vector)):
            raise mismatch(self._label, self._room, self.name, len(vector))
        return padded(vector, self._room)

    def _fits(self, made: int) -> bool:
        return self._room is None or made == self._room or (self.here and made < self._room)


def fitted(embedder: Embedder, label: str, dimensions: int | None) -> Fitted:
    """Return an embedder for a column, `label` being its name for sentences.

    Raises UsageError where it is known already that it cannot be.
    """
    found = embedder if isinstance(embedder, Fitted) else Fitted(embedder, label, dimensions)
    found.check()
    return found


def mismatch(label: str, room: int, name: str, made: int) -> UsageError:
    """Return the sentence for vectors of another length than a column's, with the models that make its length."""
    return UsageError(
        f"{label} takes {room:,} dimensions, and {name} makes {made:,}.",
        detail=said_likely(room),
        hint="Search and fill with the embedder that has made the column's vectors: name it in the profile.",
    )
