"""What is said of an index that is proposed: why this one, and what to know before it is built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from console.text import plural, sanitize, size
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.indexing import memory, sizing
from console.vectors.indexing.ground import Ground
from console.vectors.indexing.indexed import Indexed
from console.vectors.metric import Kind, Metric
from console.vectors.search.operand import cast_for


def reason(column: VectorColumn, what: Indexed, rows: int, broken: VectorIndex | None) -> str:
    """Say why this index; `broken` is one like it that is not valid."""
    if broken is not None:
        return f"index {broken.label} is for {what.metric.said}, but not valid: its build did not come to its end"
    fitting = [index for index in column.indexes if index.metric is what.metric and index.kind is what.kind]
    if fitting and fitting[0].building is not None:
        return f"index {fitting[0].label} is for {what.metric.said}, and is being built now"
    if fitting:
        return f"index {fitting[0].label} is for {what.metric.said} already"
    cast = cast_for(column, what.metric, column.dimensions)
    if cast is not None:
        made = sanitize(cast.index.expression)
        return f"index {cast.index.label} of {made} answers it already, by distances that are less exact"
    if column.indexes:
        there = column.indexes[0]
        return f"index {there.label} is for {there.metric.said}, and {what.metric.said} reads all rows"
    if rows <= sizing.FEW:
        return f"there is none; with {plural(rows, 'row')}, reading all of them is quick and exact"
    return f"there is none: each search reads all {rows:,} rows"


def remarks(
    column: VectorColumn, ground: Ground, what: Indexed, method: str, options: Mapping[str, int], needed: int
) -> Iterator[str]:
    """Yield what to know before it is built; "" where there is nothing to say."""
    if not ground.owned:
        table = sanitize(f"{column.schema}.{column.table}")
        yield f"Only the owner of {table} may build it, and this role is not its owner."
    yield what.remark
    yield memory.sentence(method, needed, ground.maintenance_work_mem)
    if method == "ivfflat":
        if ground.rows < sizing.FEW:
            yield (
                f"The lists of ivfflat are computed from the rows that are there when it is built, now "
                f"{plural(ground.rows, 'row')}: build it when the table is filled, or take hnsw."
            )
        yield probing(options["lists"])
    if method == "hnsw" and what.kind is Kind.SPARSEVEC:
        yield "A vector with more than 1,000 numbers other than 0 cannot be indexed: the build fails at the first one."
    if column.relation_kind == "p":
        leaves = sum(part.kind != "p" for part in ground.below)
        yield f"Each of the {plural(leaves, 'partition')} gets an index of its own, one after the other."
    elif ground.below:
        yield "Tables that inherit from this one are not in it."
    yield "NULL is in no index" + (", nor are vectors of zeros." if what.metric is Metric.COSINE else ".")
    if method == "hnsw" and needed > ground.shared_buffers:
        yield (
            f"It takes about {size(needed)} on disk, more than shared_buffers ({size(ground.shared_buffers)}): "
            "searches read from the disk until it is cached."
        )


def probing(lists: int) -> str:
    """Say how many lists a search should look at; "" where there is but one.

    >>> probing(100)
    'Search it with probes 10 to begin with: the usual 1 misses many of the nearest.'
    """
    probes = sizing.probes_for(lists)
    return (
        f"Search it with probes {probes} to begin with: the usual 1 misses many of the nearest." if probes > 1 else ""
    )
