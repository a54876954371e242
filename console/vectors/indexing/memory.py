"""How much memory it takes to build an index, and what that means beside the server's maintenance_work_mem.

The formulas are those of pgvector 0.8's builds, measured: the numbers of tuples after which it says that the graph no
longer fits, and the smallest memory with which k-means does not refuse.
"""

from __future__ import annotations

from console.text import size
from console.vectors.metric import Kind

RAISED = 256 << 20  # bytes to which maintenance_work_mem is raised without being asked, for one build
_ELEMENT = 200  # bytes of an element of the graph besides its vector
_NEIGHBOUR = 32  # and for each of m
_SAMPLED, _LEAST = 50, 10_000  # rows that k-means takes for a list, and at least
_MORE = 1.04


def vector(kind: Kind, dimensions: int) -> int:
    """Return the bytes of one vector; of a sparse one what it takes with a tenth of its numbers, a hundred at most.

    >>> vector(Kind.VECTOR, 1536), vector(Kind.HALFVEC, 3072), vector(Kind.BIT, 1024)
    (6152, 6152, 136)
    """
    if kind is Kind.BIT:
        return 8 + dimensions // 8
    if kind is Kind.SPARSEVEC:
        return 16 + 8 * min(100, dimensions // 10 + 1)
    return 8 + dimensions * (4 if kind is Kind.VECTOR else 2)


def graph(rows: int, kind: Kind, dimensions: int, m: int) -> int:
    """Return the bytes of an hnsw graph in memory.

    >>> graph(1_000_000, Kind.VECTOR, 1536, 16) >> 20
    6546
    """
    return rows * (vector(kind, dimensions) + _ELEMENT + _NEIGHBOUR * m)


def means(rows: int, kind: Kind, dimensions: int, lists: int) -> int:
    """Return the bytes that k-means takes for the lists of an ivfflat index.

    >>> means(12_000, Kind.VECTOR, 384, 300) >> 20
    38
    """
    samples = max(_LEAST, _SAMPLED * lists)
    taken = min(rows, samples)
    each = vector(kind, dimensions)
    return int(_MORE * (samples * each + taken * (4 * lists + 8) + 2 * lists * each + 4 * lists * lists))


def setting(needed: int) -> str:
    """Return a value of maintenance_work_mem that has room for `needed` bytes: whole megabytes, a little more.

    >>> setting(40_000_000)
    '42MB'
    """
    return f"{int(needed * 1.05 / (1 << 20)) + 2}MB"


def sentence(method: str, needed: int, there: int) -> str:
    """Say what a build needs and what it finds; "" where that is enough."""
    if needed <= there:
        return ""
    amounts = f"about {size(needed)} of memory, and maintenance_work_mem is {size(there)}"
    if needed <= RAISED:
        return f"The build takes {amounts}: it is raised for this build."
    if method == "hnsw":
        part = there / needed
        return (
            f"The build takes {amounts}: about {part:.0%} of the graph fit, and the rest takes many times longer. "
            f"SET maintenance_work_mem = '{setting(needed)}' before it, if the server has that."
        )
    return f"The build takes {amounts}, and does not begin with less: it is raised for this build."
