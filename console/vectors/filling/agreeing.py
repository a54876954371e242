"""Whether the vectors that are there were made by the embedder at hand: a few rows' texts are embedded and compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from console.db.session import Session
from console.errors import Refused
from console.text import plural
from console.vectors.embedders.embedder import Embedder
from console.vectors.embedders.fitting import fitted
from console.vectors.filling.declared import Declared
from console.vectors.filling.looking import look_up
from console.vectors.literal import numbers_of

_ROWS = 5
_LONGEST = 2_000  # characters: short texts cost little, and no model has cut them off
_OTHER = 0.5
_SAME = 0.95


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike vectors that are there and new ones of the same texts are: the median of `rows` cosine similarities.

    `similarity` is None where there was nothing to compare. Models that are not the same come to about 0, the same
    model with other texts to 0.6 or more, with the same texts to 1.
    """

    column: Declared
    name: str
    rows: int
    similarity: float | None

    @property
    def other(self) -> bool:
        """Whether another embedder has made what is there."""
        return self.similarity is not None and self.similarity < _OTHER

    @property
    def sentence(self) -> str:
        """What is to be said of it, "" where all is well or nothing is known."""
        if self.similarity is None or self.similarity >= _SAME:
            return ""
        alike = f"for {plural(self.rows, 'row')} looked at it is {self.similarity:.2f} alike"
        if self.other:
            return f"What is in {self.column.label} was not made by {self.name}: {alike}, where 1 is the same."
        return f"What is in {self.column.label} seems to stand for other texts, or other versions of them: {alike}."


async def agree(session: Session, declared: Declared, embedder: Embedder) -> Agreement:
    """Return how well an embedder agrees with a column; the texts of a few rows are sent to it.

    Raises UsageError, EmbedderFailed, StatementFailed and its kin, ConnectionFailed.
    """
    nothing = Agreement(declared, embedder.name, 0, None)
    for column in await look_up(session, [declared]):
        asked = column.filled(_ROWS, _LONGEST)
        [rows] = await session.read(asked, doing=f"looking at what is in {declared.label}")
        if not rows:
            return nothing
        fit = fitted(embedder, declared.label, column.dimensions)
        made = await fit.embed([text for text, _ in rows])
        pairs = zip(made, rows, strict=True)
        found = [_alike(new, numbers_of(old, column.kind)) for new, (_, old) in pairs if new is not None]
        return Agreement(declared, embedder.name, len(found), median(found)) if found else nothing
    return nothing


def must_agree(agreement: Agreement) -> None:
    """Raise Refused where two embedders would be mixed in one column, which no search can tell apart."""
    if agreement.other:
        raise Refused(
            agreement.sentence,
            detail="Vectors of two embedders cannot be compared with each other. Nothing was written.",
            hint="Name the embedder that has made them, or empty the column first and fill it anew.",
        )


def _alike(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the cosine similarity of two vectors, 0 for those that cannot be compared."""
    length = math.sqrt(math.fsum(value * value for value in one) * math.fsum(value * value for value in other))
    if len(one) != len(other) or not length:
        return 0.0
    return math.fsum(a * b for a, b in zip(one, other, strict=True)) / length
