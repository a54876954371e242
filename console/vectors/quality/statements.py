"""The statements that quality is judged by: a sample of rows, the nearest rows of a vector."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from console.db.compose import SQL, Composable, Placeholder
from console.db.composing import joined, name, verbatim
from console.db.query import Query
from console.sql.condition import checked
from console.vectors import text_path
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.metric import Kind, Metric
from console.vectors.search.operand import keyed, same
from console.vectors.search.question import Key

_STORED = "rmp"  # kinds of relations that have places of rows, and from which TABLESAMPLE takes
_SCANNED = 256 << 20  # bytes of a table that are read to the end for a sample
_PAGES = 64 << 20  # bytes of a larger one that are looked at, at least
_SPARE = 3.0  # so many times the rows that are wanted

# The rows are chosen first: only their vectors are fetched from where long values lie.
_SAMPLE = SQL(
    "SELECT {outer}, pg_catalog.encode({send}(s.vector), 'base64')"
    " FROM (SELECT {inner}, {vector} AS vector FROM {table} AS t{part}"
    " WHERE {conditions} ORDER BY {order} LIMIT %(most)s) AS s"
)
_NEAREST = SQL(
    "SELECT {columns}, {vector} {operator} {question} FROM {table} AS t WHERE {conditions}"
    " ORDER BY {order} LIMIT %(most)s"
)
_COUNTED = SQL("SELECT pg_catalog.count(*) FROM {table} AS t WHERE {conditions}")
# Digests are sorted, 16 bytes for each row, not thousands.
_EQUAL = SQL(
    "SELECT s.rows, pg_catalog.count(*) OVER (), s.digest, {outer} FROM (SELECT {inner}, d.digest,"
    " pg_catalog.count(*) OVER (PARTITION BY d.digest) AS rows FROM {table} AS t CROSS JOIN LATERAL"
    " (SELECT pg_catalog.md5({send}({vector}))::pg_catalog.uuid AS digest) AS d WHERE {conditions}) AS s"
    " WHERE s.rows > 1 ORDER BY s.rows DESC, s.digest, {outer} LIMIT %(most)s"
)
_CHANCE = SQL('pg_catalog.hashtextextended(({}) COLLATE pg_catalog."C", %(seed)s::pg_catalog.int8)')


def stored(column: VectorColumn) -> bool:
    """Whether rows have places: a view's and a foreign table's have none."""
    return column.relation_kind in _STORED


def table(column: VectorColumn) -> Composable:
    """Return the quoted name of a column's table."""
    return name(column.schema, column.table)


def vector(column: VectorColumn) -> Composable:
    """Return the column itself."""
    return name("t", column.name)


def place(column: VectorColumn) -> Composable:
    """Return what tells a row apart: its key, else, while nobody changes it, where it lies; nothing for a view.

    Where a row lies is told to those only who may read all of the table.
    """
    if column.key:
        return SQL("ROW({})::pg_catalog.text").format(joined(", ", _named("t", column.key)))
    if stored(column):
        return SQL("t.tableoid::pg_catalog.text || t.ctid::pg_catalog.text")
    return SQL("''")


def conditions(column: VectorColumn, where: str) -> Composable:
    """Return what rows must meet: that they have a vector, and a person's condition. Raises BadSql."""
    known = SQL("{} IS NOT NULL").format(vector(column))
    return SQL("{} AND {}").format(known, verbatim(checked(where))) if where else known


def partly(column: VectorColumn, most: int, where: str) -> float | None:
    """Return which per cent of a large table's pages are looked at for a sample, None for all of them.

    A condition may leave few rows, so that all are looked at.
    """
    if where or not stored(column) or column.size <= _SCANNED:
        return None
    by_pages = _PAGES / column.size
    by_rows = most * _SPARE / column.rows if column.rows > 0 else by_pages
    share = max(by_pages, by_rows)
    return share * 100 if share < 0.5 else None


def sample(column: VectorColumn, most: int, columns: Sequence[str], where: str, seed: int) -> Query:
    """Return what reads rows in an order of chance: place, key and columns as text, then the vector in base64."""
    part = partly(column, most, where)
    outer, inner = _selected(column, columns)
    sql = _SAMPLE.format(
        outer=outer,
        send=name(*_sender(column)),
        inner=inner,
        vector=vector(column),
        table=table(column),
        part=SQL(" TABLESAMPLE SYSTEM (%(part)s) REPEATABLE (%(seed)s)" if part else ""),
        conditions=conditions(column, where),
        order=_CHANCE.format(place(column)) if column.key or stored(column) else SQL("pg_catalog.random()"),
    )
    return Query(sql, {"most": most, "seed": seed, "part": part}, as_text=True, own_path=bool(where))


def rows(column: VectorColumn, keys: Sequence[Key], columns: Sequence[str]) -> Query:
    """Return what reads certain rows as `sample` reads them."""
    outer, inner = _selected(column, columns)
    params: dict[str, object] = {}
    for place, key in enumerate(keys):
        params |= keyed(key, f"r{place}_")
    alike = [SQL("({})").format(same(column, "t", f"r{place}_")) for place in range(len(keys))]
    known = SQL("{} AND ({})").format(conditions(column, ""), joined(" OR ", alike))
    sql = _SAMPLE.format(
        outer=outer,
        send=name(*_sender(column)),
        inner=inner,
        vector=vector(column),
        table=table(column),
        part=SQL(""),
        conditions=known,
        order=SQL("1"),
    )
    return Query(sql, {"most": len(keys), **params}, as_text=True)


def nearest(
    column: VectorColumn, metric: Metric, text: str, most: int, index: VectorIndex | None = None, within: str = ""
) -> Query:
    """Return what finds the rows nearest to a vector: place, key, and distance by `metric`, as text.

    They are found by what `index` is made of; the distance is that of the column itself. `within` is the condition of
    a partial index, as the server writes it.
    """
    known = SQL("{} IS NOT NULL").format(vector(column))
    sql = _NEAREST.format(
        columns=joined(", ", [place(column), *_named("t", column.key)]),
        vector=vector(column),
        operator=_operator(column, metric),
        question=_question(column),
        table=table(column),
        conditions=SQL("{} AND {}").format(known, verbatim(within)) if within else known,
        order=_order(column, metric, index),
    )
    return Query(sql, {"question": text, "most": most}, as_text=True)


def equal(column: VectorColumn, where: str, most: int) -> tuple[Query, Query]:
    """Return what counts the rows, and what reads those that share their vector with others, the greatest groups first.

    A row of the second is how many share it, how many share one in all, what they share, then place and key, as text.
    """
    outer, inner = _selected(column, ())
    found = _EQUAL.format(
        outer=outer,
        inner=inner,
        send=name(*_sender(column)),
        vector=vector(column),
        table=table(column),
        conditions=conditions(column, where),
    )
    counted = _COUNTED.format(table=table(column), conditions=conditions(column, where))
    return (
        Query(counted, {}, own_path=bool(where)),
        Query(found, {"most": most}, as_text=True, own_path=bool(where)),
    )


def _selected(column: VectorColumn, columns: Sequence[str]) -> tuple[Composable, Composable]:
    """Return a row's place, key and columns, as they are given by a subquery, and as this selects them."""
    paths = [text_path.parse(each, column.columns) or text_path.TextPath(each) for each in columns]
    values = [place(column), *_named("t", column.key), *(path.sql("t") for path in paths)]
    aliases = [name(f"c{number}") for number in range(len(values))]
    inner = [SQL("{} AS {}").format(value, alias) for value, alias in zip(values, aliases, strict=True)]
    return joined(", ", [SQL("s.{}").format(alias) for alias in aliases]), joined(", ", inner)


def _sender(column: VectorColumn) -> tuple[str, str]:
    return ("pg_catalog", "bit_send") if column.kind is Kind.BIT else (column.extension, f"{column.kind}_send")


def _operator(column: VectorColumn, metric: Metric) -> Composable:
    sign = verbatim(metric.operator)
    return SQL("OPERATOR({}.{})").format(name(column.extension), sign)


def _question(column: VectorColumn) -> Composable:
    return SQL("{}::{}").format(Placeholder("question"), _type(column, column.kind, column.dimensions))


def _order(column: VectorColumn, metric: Metric, index: VectorIndex | None) -> Composable:
    if index is None or not index.expression:
        return SQL("{} {} {}").format(vector(column), _operator(column, metric), _question(column))
    question: Composable = _question(column)
    if index.kind is Kind.BIT and column.kind is not Kind.BIT:
        question = SQL("{}({})").format(name(column.extension, "binary_quantize"), question)
    question = SQL("({})::{}").format(question, _type(column, index.kind, index.dimensions))
    return SQL("({}) {} {}").format(verbatim(index.expression), _operator(column, index.metric), question)


def _type(column: VectorColumn, kind: Kind, dimensions: int | None) -> Composable:
    own = name("pg_catalog" if kind is Kind.BIT else column.extension, kind)
    return SQL("{}({})").format(own, verbatim(str(dimensions))) if dimensions else own


def _named(of: str, names: Iterable[str]) -> list[Composable]:
    return [name(of, each) for each in names]
