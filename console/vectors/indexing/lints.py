"""What is not as it should be with a column of vectors and its indexes, and the SQL that mends it."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from console.db.compose import SQL, Identifier
from console.db.query import Query
from console.db.session import Session
from console.errors import TimedOut, UsageError
from console.sql import queries
from console.sql.quoting import dotted, ident
from console.text import plural, sanitize, size
from console.vectors import counting
from console.vectors.column import Building, Filled, VectorColumn, VectorIndex
from console.vectors.indexing import ground as grounds
from console.vectors.indexing import sizing
from console.vectors.indexing.ground import Ground
from console.vectors.indexing.lists import lists
from console.vectors.indexing.proposing import METHODS, mended, propose
from console.vectors.metric import Kind, Metric
from console.vectors.search.knobs import version_of

NEWEST = (0, 8, 6)
_FIXED = (
    ((0, 8, 2), "parallel builds of hnsw may write beyond their memory"),
    ((0, 8, 3), "VACUUM may corrupt an hnsw index"),
    ((0, 8, 4), "VACUUM may leave an hnsw graph unrepaired"),
    (NEWEST, "mistakes in it are mended since"),
)
_FEWEST_LISTS = 0.2  # of what suits the rows
_ALIKE = 0.01  # part by which lengths of vectors may differ and count as one
_TRYING = 3.0  # seconds for the lists of one index
_READ = 100  # times that a table is read whole while its index is not used, and something is odd
_NORMS = SQL("SELECT min(n), max(n) FROM (SELECT {}.{}({}) AS n FROM {} WHERE {} IS NOT NULL LIMIT 1000) AS t")


@dataclass(frozen=True, slots=True)
class Lint:
    """One thing: `id` is its name in JSON, `remedy` SQL for psql, "" where there is none."""

    id: str
    sentence: str
    remedy: str = ""


async def lint(session: Session, column: VectorColumn, *, timeout: float = 5.0) -> tuple[Lint, ...]:
    """Look a column over: what the catalog says, what its rows hold, what its indexes find.

    What takes longer than `timeout` seconds is left out. Raises UsageError when the table is gone; StatementFailed's
    kin.
    """
    ground = await grounds.read(session, column)
    found = list(of_catalog(column, ground))
    # Uses are read first: what the others ask may go through the very index.
    parts = (_used, _lists, _held, _norms)
    for part in (look(session, column, ground, timeout) for look in parts):
        with contextlib.suppress(TimedOut):
            found.extend([each async for each in part])
    return tuple(found)


def of_catalog(column: VectorColumn, ground: Ground) -> Iterator[Lint]:
    """Yield what the catalog alone tells."""
    yield from _version(column, ground)
    yield from _missing(column, ground)
    for index in column.indexes:
        yield from _index(index, column, ground)
    yield from _twice(column)
    if column.rows < 0 and column.relation_kind in "rmp":
        name = dotted(column.schema, column.table)
        yield Lint("never_analysed", "The table was never analysed: plans are made blindly.", f"ANALYZE {name};")
    if column.dimensions is None:
        yield Lint("any_length", "The column takes vectors of any length: an index of it needs a cast.")


def _version(column: VectorColumn, ground: Ground) -> Iterator[Lint]:
    here = version_of(column.version)
    if here >= NEWEST:
        return
    why = next(said for version, said in _FIXED if here < version)
    said = f"pgvector {sanitize(column.version)} is older than {'.'.join(map(str, NEWEST))}: {why}."
    newer = version_of(ground.available) > here
    yield Lint(
        "version",
        said if newer else f"{said} The server has no newer one.",
        "ALTER EXTENSION vector UPDATE;" if newer else "",
    )


def _missing(column: VectorColumn, ground: Ground) -> Iterator[Lint]:
    if ground.rows <= sizing.FEW or column.relation_kind in "vf" or column.indexes:
        return
    said = f"No index is on {ground.rows:,} vectors: each search reads them all."
    if column.relation_kind == "p":
        said = f"No index is on the table of {ground.rows:,} vectors: each search reads all partitions that have none."
    remedy = ""
    for method in reversed(METHODS):
        with contextlib.suppress(UsageError):
            remedy = propose(column, ground, column.metric, method).sql.rstrip()
    yield Lint("no_index", said, remedy)


def _under_way(label: str, building: Building) -> str:
    """Say how far a build is, and how to stop it: also one that nobody waits for any more.

    >>> _under_way("a_e", Building(4711, "building index: loading tuples", 1, 4))
    'a_e is being built now: loading tuples, 25 %. SELECT pg_cancel_backend(4711) stops it.'
    """
    phase = sanitize(building.phase.removeprefix("building index: "))
    done = f", {building.done * 100 // building.total} %" if building.total else ""
    return f"{label} is being built now: {phase}{done}. SELECT pg_cancel_backend({building.pid}) stops it."


def _index(index: VectorIndex, column: VectorColumn, ground: Ground) -> Iterator[Lint]:
    if index.building is not None:
        yield Lint("building", _under_way(index.label, index.building))
    if not index.valid and index.building is None:
        said = f"{index.label} is not valid: its build did not come to its end. Writes pay for it, no search uses it."
        yield Lint("invalid_index", said, f"{mended(index)};")
    if index.size > ground.shared_buffers:
        has, room = size(index.size), size(ground.shared_buffers)
        yield Lint("larger_than_memory", f"{index.label} has {has}, and shared_buffers only {room}.")
    suited = sizing.lists_for(ground.rows)
    count = int(index.options.get("lists", 0))
    if index.method == "ivfflat" and count < _FEWEST_LISTS * suited:
        name = dotted(index.schema, index.name)
        remedy = f"ALTER INDEX {name} SET (lists = {suited});\n{mended(index)};"
        said = f"{index.label} has {plural(count, 'list')} for {ground.rows:,} rows: each search reads far too many."
        yield Lint("few_lists", said, remedy if column.relation_kind != "p" else "")


def _twice(column: VectorColumn) -> Iterator[Lint]:
    """Yield indexes that serve the same searches as another; an hnsw stays before an ivfflat."""
    kept: dict[tuple[object, ...], VectorIndex] = {}
    for index in sorted(column.indexes, key=lambda each: METHODS.index(each.method) if each.method in METHODS else 9):
        same = (index.metric, index.kind, index.dimensions, index.expression, index.predicate)
        if not index.valid:
            continue
        if (other := kept.setdefault(same, index)) is not index:
            how = "" if column.relation_kind == "p" else "CONCURRENTLY "
            said = f"{other.label} and {index.label} are both for {index.metric.said}: every write pays twice."
            yield Lint("two_alike", said, f"DROP INDEX {how}{dotted(index.schema, index.name)};")


async def _lists(session: Session, column: VectorColumn, ground: Ground, timeout: float) -> AsyncIterator[Lint]:
    for index in column.indexes:
        if index.method != "ivfflat" or not index.valid:
            continue
        found = await lists(session, column, index, timeout=min(timeout, _TRYING))
        if found is None or not found.sentence:
            continue
        probes = f"ALTER DATABASE {ident(ground.database)} SET ivfflat.probes = {found.advised};"
        remedy = f"{mended(index)};" if found.stale else probes
        yield Lint("stale_lists" if found.stale else "few_probes", found.sentence, remedy)


async def _held(session: Session, column: VectorColumn, ground: Ground, timeout: float) -> AsyncIterator[Lint]:
    held = await counting.count(session, column, timeout=timeout)
    about = "about " if held.sampled else ""
    if held.nulls:
        said = f"{about}{held.nulls:,} of {plural(held.rows, 'row')} have no vector: no search by vectors finds them."
        yield Lint("nulls", said[0].upper() + said[1:])
    if _matters(held, column):
        said = f"{about}{plural(held.zeros, 'vector')} of zeros: a cosine distance to them is not a number."
        yield Lint("zeros", said[0].upper() + said[1:])


def _matters(held: Filled, column: VectorColumn) -> bool:
    return held.zeros > 0 and column.metric is Metric.COSINE


async def _used(session: Session, column: VectorColumn, ground: Ground, timeout: float) -> AsyncIterator[Lint]:
    """Yield indexes of large tables that no search has used, while the table was read whole."""
    if column.rows <= sizing.FEW:
        return
    asked = Query(queries.load("vectors/used"), {"table": column.table_oid})
    [rows] = await session.read(asked, timeout=timeout, doing=f"looking at {column.label}")
    uses = {oid: (used, read) for oid, used, read in rows}
    for index in column.indexes:
        used, read = uses.get(index.oid, (1, 0))
        if index.valid and not used and read >= _READ:
            said = (
                f"{index.label} was never used, and the table was read whole {plural(read, 'time')}: "
                f"it serves {index.metric.said} with ORDER BY and LIMIT only."
            )
            yield Lint("unused_index", said)


async def _norms(session: Session, column: VectorColumn, ground: Ground, timeout: float) -> AsyncIterator[Lint]:
    """Yield that an inner product ranks by length as well, where vectors differ in it."""
    if column.metric is not Metric.INNER:
        return
    norm = "vector_norm" if column.kind is Kind.VECTOR else "l2_norm"
    name = Identifier(column.name)
    asked = _NORMS.format(
        *(Identifier(column.extension), Identifier(norm), name, Identifier(column.schema, column.table), name)
    )
    [[(low, high)]] = await session.read(Query(asked), timeout=timeout, doing=f"looking at {column.label}")
    if low is not None and high - low > _ALIKE * high:
        said = f"The vectors are from {low:.3g} to {high:.3g} long: an inner product prefers the long ones to the near."
        yield Lint("lengths", said)
