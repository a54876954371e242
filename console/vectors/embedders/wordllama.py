"""An embedder on this machine: the model that lies in the wheel of `wordllama`, 16 MB, without a network."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from console.errors import UsageError
from console.vectors.embedders.embedder import OnThisMachine, Vector

DIMENSIONS = 256
_LONGEST = 100_000  # characters of a text that are looked at
_AT_ONCE = 64
_ROOM = 400_000  # characters of a batch; the model takes some 300 bytes for each


class WordllamaEmbedder(OnThisMachine):
    """Gives vectors of length 1: the mean of what the model knows of a text's pieces of words.

    Its vectors may be cut: the first numbers are made to say most. It knows meanings that the hashing embedder does
    not, English best. Raises UsageError at once where the extra is not installed.
    """

    name = "wordllama"

    def __init__(self, dimensions: int = DIMENSIONS) -> None:
        _must_be_installed()
        self._dimensions = min(dimensions, DIMENSIONS)

    @property
    def dimensions(self) -> int:
        """How long its vectors are."""
        return self._dimensions

    def vectors(self, texts: Sequence[str]) -> list[Vector | None]:
        """Return a vector for each text, None for one without anything to read. The first call loads the model."""
        found: list[Vector | None] = [None] * len(texts)
        readable = {
            place: text[:_LONGEST].encode("utf-8", "replace").decode()
            for place, text in enumerate(texts)
            if text.strip()
        }
        for places in _alike(readable):
            for place, vector in zip(places, self._of([readable[place] for place in places]), strict=True):
                found[place] = vector
        return found

    def _of(self, texts: list[str]) -> Iterator[Vector | None]:
        import numpy

        rows = numpy.asarray(_model().embed(texts, batch_size=_AT_ONCE), dtype=numpy.float64)[:, : self._dimensions]
        for row in rows:
            length = float(numpy.sqrt(row @ row))
            yield tuple((row / length).tolist()) if 0 < length < float("inf") else None


def installed() -> bool:
    """Tell whether the extra is there, without loading it."""
    return importlib.util.find_spec("wordllama") is not None


@cache
def _model() -> Any:
    """Load the model from the wheel's own folder: the library looks for its tokenizer elsewhere and would download."""
    package = importlib.import_module("wordllama")
    assert package.__file__ is not None
    return package.WordLlama.load(cache_dir=Path(package.__file__).parent, disable_download=True)


def _alike(texts: Mapping[int, str]) -> Iterator[list[int]]:
    """Yield places of texts of like length: the model takes as much memory for each of a batch as for its longest."""
    batch: list[int] = []
    for place in sorted(texts, key=lambda place: len(texts[place])):
        if batch and (len(batch) == _AT_ONCE or (len(batch) + 1) * len(texts[place]) > _ROOM):
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def _must_be_installed() -> None:
    if not installed():
        raise UsageError(
            "The embedder wordllama is not installed.",
            hint="It is an extra, with its model in the wheel: pip install 'dbconsole[embed]'.",
        )
