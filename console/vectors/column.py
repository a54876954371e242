"""A column of vectors as the database has it: its type, its table, its indexes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from console.text import sanitize
from console.vectors.metric import Kind, Metric, metrics

_SYSTEM = {"ctid": "tid", "tableoid": "oid"}


@dataclass(frozen=True, slots=True)
class Building:
    """How far an index has come that is being built: PostgreSQL's own words and counts, `done` of `total` or None."""

    pid: int
    phase: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class VectorIndex:
    """An hnsw or ivfflat index of a column.

    `kind` and `dimensions` are of what is indexed, which differ from the column's where `expression` casts it
    (`(embedding)::halfvec(3072)`, as the server writes it; "" for the column itself). `predicate` is the condition of a
    partial index. `options` are m, ef_construction, lists as the server has them. `size` is bytes, `entries` the rows
    the statistics know of it, -1 when they know nothing.
    """

    oid: int
    schema: str
    name: str
    method: str
    metric: Metric
    kind: Kind
    dimensions: int | None
    expression: str = ""
    predicate: str = ""
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    valid: bool = True
    size: int = 0
    entries: int = -1
    building: Building | None = None

    @property
    def label(self) -> str:
        """Its name, harmless for a terminal."""
        return sanitize(self.name)


@dataclass(frozen=True, slots=True)
class VectorColumn:
    """A column of vectors.

    `relation_kind` is pg_class.relkind. `dimensions` is None where the column takes any length. `extension` is the
    schema pgvector lives in, `version` its version ("0.8.5"). `rows` and `size` (bytes, without TOAST and indexes) are
    what the statistics say, `rows` -1 when the table was never analysed. `key` are the columns that tell its rows apart
    (a primary key, else a unique index without nulls, of a view those of the one table it shows; else where a row lies;
    none for other views and foreign tables), `columns` all its columns by name, with the names of their types.
    `row_security` tells that policies choose this role's rows.
    """

    table_oid: int
    schema: str
    table: str
    name: str
    kind: Kind
    dimensions: int | None
    extension: str
    version: str
    relation_kind: str = "r"
    rows: int = -1
    size: int = 0
    key: tuple[str, ...] = ()
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    indexes: tuple[VectorIndex, ...] = ()
    row_security: bool = False

    @property
    def full_name(self) -> str:
        """Schema, table and column: `public.articles.embedding`, the name of its embedder in a profile."""
        return f"{self.schema}.{self.table}.{self.name}"

    @property
    def label(self) -> str:
        """The same, harmless for a terminal."""
        return sanitize(self.full_name)

    @property
    def placed(self) -> bool:
        """Whether its rows are told apart by where they lie, which holds until a row is written anew."""
        return "ctid" in self.key

    def type_of(self, name: str) -> str:
        """Return the name of a column's type, also of those that each table has; "" for none."""
        return self.columns.get(name) or _SYSTEM.get(name, "")

    @property
    def metric(self) -> Metric:
        """What to search by: the metric of its best index, else the most usual of its type."""
        fitting = [index for index in self.indexes if index.metric in metrics(self.kind)]
        best = min(fitting, key=lambda index: (not index.valid, bool(index.predicate), index.name), default=None)
        return best.metric if best else metrics(self.kind)[0]


@dataclass(frozen=True, slots=True)
class Filled:
    """How many rows of a column hold what: counted, or of `sampled` rows when the table is large (0: all counted)."""

    rows: int
    nulls: int
    zeros: int
    sampled: int = 0
