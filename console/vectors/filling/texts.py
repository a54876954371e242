"""Texts that an endpoint refuses: those that it takes are embedded all the same, the others are found and named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.errors import TextRefused
from console.vectors.embedders.embedder import Embedder, Vector

_HARMLESS = "text"


@dataclass(frozen=True, slots=True)
class Embedded:
    """A vector for each text, None for one that says nothing or was refused; `remark` is why the last one was."""

    vectors: tuple[Vector | None, ...]
    remark: str = ""


async def embed(embedder: Embedder, texts: Sequence[str]) -> Embedded:
    """Return the vectors of texts, whichever an endpoint takes.

    Raises EmbedderFailed and its kin: TextRefused where it takes no text at all, which is no fault of these.
    """
    try:
        return Embedded(tuple(await embedder.embed(texts)))
    except TextRefused:
        await embedder.embed([_HARMLESS])
    return await _one_by_one(embedder, texts)


async def _one_by_one(embedder: Embedder, texts: Sequence[str]) -> Embedded:
    """Halve what is refused until single texts are left."""
    try:
        return Embedded(tuple(await embedder.embed(texts)))
    except TextRefused as refusal:
        if len(texts) == 1:
            return Embedded((None,), refusal.detail or refusal.title)
    middle = len(texts) // 2
    first, second = await _one_by_one(embedder, texts[:middle]), await _one_by_one(embedder, texts[middle:])
    return Embedded(first.vectors + second.vectors, second.remark or first.remark)
