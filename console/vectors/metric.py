"""How far apart two vectors are: pgvector's operators, and what their distances say.

Operators, operator classes and types by pgvector 0.8. An inner product comes negative from the database, so that less
is nearer with every metric.
"""

from __future__ import annotations

import enum
import math


class Kind(enum.StrEnum):
    """The types that a vector may have; a `bit` is one where a column has an index of vectors."""

    VECTOR = "vector"
    HALFVEC = "halfvec"
    SPARSEVEC = "sparsevec"
    BIT = "bit"


class Metric(enum.StrEnum):
    """A way to measure distance, by the word a person uses for it."""

    COSINE = "cosine"
    L2 = "l2"
    INNER = "ip"
    L1 = "l1"
    HAMMING = "hamming"
    JACCARD = "jaccard"

    @property
    def operator(self) -> str:
        """The operator that gives the distance."""
        return _OPERATORS[self]

    @property
    def said(self) -> str:
        """How it is called in a sentence."""
        return _SAID.get(self, str(self))

    def operator_class(self, kind: Kind) -> str:
        """Return the name of the operator class that an index of it needs: `halfvec_l2_ops`.

        >>> Metric.INNER.operator_class(Kind.VECTOR)
        'vector_ip_ops'
        """
        return f"{kind}_{self}_ops"

    def similarity(self, distance: float | None, dimensions: int | None = None) -> float | None:
        """Return how alike, None where it has no meaning: 1 is the same, but for an inner product, which is itself.

        Cosine runs from -1 to 1, hamming is the part of equal bits (of `dimensions`), distances without an end are
        taken as 1 / (1 + distance).

        >>> Metric.COSINE.similarity(0.25), Metric.L2.similarity(1.0), Metric.INNER.similarity(-0.5)
        (0.75, 0.5, 0.5)
        """
        if distance is None or math.isnan(distance):
            return None
        if self is Metric.INNER:
            return -distance
        if self in (Metric.COSINE, Metric.JACCARD):
            return 1 - distance
        if self is Metric.HAMMING:
            return 1 - distance / dimensions if dimensions else None
        return 1 / (1 + distance)


_OPERATORS = {
    Metric.COSINE: "<=>",
    Metric.L2: "<->",
    Metric.INNER: "<#>",
    Metric.L1: "<+>",
    Metric.HAMMING: "<~>",
    Metric.JACCARD: "<%>",
}
_SAID = {Metric.INNER: "inner product", Metric.L2: "L2", Metric.L1: "L1"}
_OF_NUMBERS = (Metric.COSINE, Metric.L2, Metric.INNER, Metric.L1)


def metrics(kind: Kind) -> tuple[Metric, ...]:
    """Return the metrics of a type, the most usual first.

    >>> [str(each) for each in metrics(Kind.BIT)]
    ['hamming', 'jaccard']
    """
    return (Metric.HAMMING, Metric.JACCARD) if kind is Kind.BIT else _OF_NUMBERS


def indexable(kind: Kind, metric: Metric, method: str) -> bool:
    """Whether `hnsw` or `ivfflat` has an operator class for it.

    >>> indexable(Kind.VECTOR, Metric.L1, "ivfflat"), indexable(Kind.SPARSEVEC, Metric.L1, "hnsw")
    (False, True)
    """
    if metric not in metrics(kind):
        return False
    return method == "hnsw" or (kind is not Kind.SPARSEVEC and metric not in (Metric.L1, Metric.JACCARD))
