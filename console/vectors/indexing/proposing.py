"""Proposes the statements that build an index for a column: which method, with which options, and what it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from types import MappingProxyType

from console.db.session import Session
from console.errors import UsageError
from console.sql.quoting import dotted, ident
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.indexing import ground as grounds
from console.vectors.indexing import memory, saying, sizing
from console.vectors.indexing.ground import Ground, Partition
from console.vectors.indexing.indexed import Indexed, indexed
from console.vectors.metric import Kind, Metric

METHODS = ("hnsw", "ivfflat")
_USUAL = {"hnsw": {"m": 16, "ef_construction": 64}}
_LONGEST = 63  # bytes of a name


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to run for an index, and why.

    `settings` hold for the connection that runs `statements`, one after the other, none of them in a transaction.
    `name` is the index that comes of it, in `schema`. `metric`, `kind` and `dimensions` are of what is indexed, which
    may be a cast of the column. `memory` is the bytes that the build takes. `reason` says why this one, `remarks` what
    to know before.
    """

    column: VectorColumn
    metric: Metric
    method: str
    kind: Kind
    dimensions: int | None
    schema: str
    name: str
    statements: tuple[str, ...]
    reason: str
    settings: tuple[str, ...] = ()
    options: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    remarks: tuple[str, ...] = ()
    memory: int = 0
    replaces: str = ""

    @property
    def sql(self) -> str:
        """All of it, ready for psql."""
        return "".join(f"{statement};\n" for statement in (*self.settings, *self.statements))

    @property
    def sentence(self) -> str:
        """What it is, in a few words: `hnsw for cosine, m 16, ef_construction 64`."""
        options = "".join(f", {name} {value}" for name, value in self.options.items())
        cast = "" if self.kind is self.column.kind else f" of {self.kind}"
        return f"{self.method}{cast} for {self.metric.said}{options}"


async def proposals(
    session: Session, column: VectorColumn, *, metric: Metric | None = None, options: Mapping[str, int] | None = None
) -> tuple[Proposal, ...]:
    """Return what may be built for a metric (the column's own without one), the best first; never none.

    An index of it that is not valid is mended instead. `options` are m, ef_construction, lists where a person says
    them. Raises UsageError where no index can be; StatementFailed's kin.
    """
    found = await grounds.read(session, column)
    made, refused = [], []
    for method in METHODS:
        try:
            made.append(propose(column, found, metric or column.metric, method, options))
        except UsageError as error:
            refused.append(error)
    if not made:
        raise refused[0]
    return tuple(made)


def propose(
    column: VectorColumn,
    ground: Ground,
    metric: Metric,
    method: str = "hnsw",
    options: Mapping[str, int] | None = None,
) -> Proposal:
    """Return what to build with one method. Raises UsageError with a sentence where it cannot be."""
    _must_be_possible(column, ground)
    length = column.dimensions or grounds.usual(ground.lengths)
    what = indexed(column, metric, method, length, mixed=len(ground.lengths) > 1)
    chosen = _options(method, ground.rows, options or {})
    taken = _largest(column, ground)
    needed = _memory(method, taken, what, chosen)
    broken = _broken(column, what, method)
    name = broken.name if broken else _name(column, what, method, ground.names)
    schema = broken.schema if broken else column.schema
    return Proposal(
        column=column,
        metric=what.metric,
        method=method,
        kind=what.kind,
        dimensions=what.dimensions,
        schema=schema,
        name=name,
        statements=(mended(broken),) if broken else tuple(_statements(column, ground, what, method, name, chosen)),
        reason=saying.reason(column, what, ground.rows, broken),
        settings=tuple(_settings(method, needed, ground)),
        options=MappingProxyType(chosen),
        remarks=tuple(filter(None, saying.remarks(column, ground, what, method, chosen, needed))),
        memory=needed,
        replaces=broken.name if broken else "",
    )


def mended(index: VectorIndex) -> str:
    """Return the statement that makes an index anew while reading and writing go on."""
    return f"REINDEX INDEX CONCURRENTLY {dotted(index.schema, index.name)}"


def raising(needed: int) -> str:
    """Return the statement that gives a build its memory."""
    return f"SET maintenance_work_mem = '{memory.setting(needed)}'"


def _must_be_possible(column: VectorColumn, ground: Ground) -> None:
    if column.relation_kind in "vf":
        what = "view" if column.relation_kind == "v" else "foreign table"
        raise UsageError(
            f"{column.label} is of a {what}, which has no indexes.",
            hint="Index the table that its vectors are in.",
        )


def _options(method: str, rows: int, said: Mapping[str, int]) -> dict[str, int]:
    usual = _USUAL.get(method) or {"lists": sizing.lists_for(rows)}
    chosen = {name: said.get(name, value) for name, value in usual.items()}
    for name, value in chosen.items():
        low, high = _RANGES[name]
        if not low <= value <= high:
            raise UsageError(f"{name} is a number from {low} to {high:,}, and {value:,} was said.")
    if method == "hnsw" and chosen["ef_construction"] < 2 * chosen["m"]:
        raise UsageError(f"ef_construction must be twice m at least: {2 * chosen['m']} for m {chosen['m']}.")
    return chosen


_RANGES = {"m": (2, 100), "ef_construction": (4, 1_000), "lists": (1, 32_768)}


def _largest(column: VectorColumn, ground: Ground) -> int:
    """Return the rows of the largest index that is built at once: a partition has one of its own."""
    leaves = [each.rows for each in ground.below if each.kind != "p"]
    if column.relation_kind != "p" or not leaves:
        return ground.rows
    return max(*leaves, 0) if max(leaves) >= 0 else ground.rows


def _memory(method: str, rows: int, what: Indexed, options: Mapping[str, int]) -> int:
    if method == "hnsw":
        return memory.graph(rows, what.kind, what.dimensions, options["m"])
    return memory.means(rows, what.kind, what.dimensions, options["lists"])


def _settings(method: str, needed: int, ground: Ground) -> Iterator[str]:
    """Yield what raises the memory: k-means does not begin with less, a graph may go on on disk."""
    if needed > ground.maintenance_work_mem and (method == "ivfflat" or needed <= memory.RAISED):
        yield raising(needed)


def _broken(column: VectorColumn, what: Indexed, method: str) -> VectorIndex | None:
    """Return an index that is what is wanted but for not being valid, and that nobody is building."""
    for index in column.indexes:
        same = (index.method, index.metric, index.kind) == (method, what.metric, what.kind)
        if same and not index.valid and index.building is None and column.relation_kind != "p":
            return index
    return None


def _name(column: VectorColumn, what: Indexed, method: str, taken: Iterable[str]) -> str:
    """Return a name that nobody has yet."""
    return _free([column.table, column.name, str(what.metric), method], frozenset(taken))


def _free(parts: Sequence[str], taken: frozenset[str]) -> str:
    """Join the names of a table and a column with what says the index; what does not fit is cut from the names.

    >>> _free(["docs", "e", "l2", "hnsw"], frozenset({"docs_e_l2_hnsw"}))
    'docs_e_l2_hnsw_2'
    """
    names = "_".join(parts[:2]).encode()
    for number in count(1):
        ending = f"_{'_'.join(parts[2:])}{f'_{number}' if number > 1 else ''}"
        name = names[: _LONGEST - len(ending)].decode(errors="ignore") + ending
        if name not in taken:
            return name
    raise AssertionError("numbers do not end")


def _statements(
    column: VectorColumn, ground: Ground, what: Indexed, method: str, name: str, options: Mapping[str, int]
) -> Iterator[str]:
    """Yield the statements; on a partitioned table the index is made empty, and those of its partitions attached."""

    def create(index: str, table: str, said: Mapping[str, int], *, only: bool = False) -> str:
        how = f"INDEX {ident(index)} ON ONLY" if only else f"INDEX CONCURRENTLY {ident(index)} ON"
        listed = ", ".join(f"{option} = {value}" for option, value in said.items())
        where = f" WHERE {what.condition}" if what.condition else ""
        return f"CREATE {how} {table} USING {method} ({what.sql}) WITH ({listed}){where}"

    if column.relation_kind != "p":
        yield create(name, dotted(column.schema, column.table), options)
        return
    yield create(name, dotted(column.schema, column.table), options, only=True)
    made = {column.table_oid: (column.schema, name)}
    taken = set(ground.names) | {name}
    for part in ground.below:
        own = _free([part.table, column.name, str(what.metric), method], frozenset(taken))
        taken.add(own)
        made[part.oid] = (part.schema, own)
        yield create(own, dotted(part.schema, part.table), _of_part(part, options), only=part.kind == "p")
        yield f"ALTER INDEX {dotted(*made[part.parent])} ATTACH PARTITION {dotted(part.schema, own)}"


def _of_part(part: Partition, options: Mapping[str, int]) -> Mapping[str, int]:
    """Return the options of a partition's index: it has lists for its own rows."""
    if "lists" in options and part.rows >= 0 and part.kind != "p":
        return {"lists": sizing.lists_for(part.rows)}
    return options
