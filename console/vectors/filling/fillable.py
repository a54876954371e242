"""A vector column that is to be filled, and the statements that count, read, mark and fill its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.db.compose import SQL, Composable, Composed, Identifier, Placeholder
from console.db.composing import joined, name
from console.db.query import Query
from console.vectors import literal
from console.vectors.embedders.embedder import Vector, written
from console.vectors.filling import statements
from console.vectors.filling.declared import Declared
from console.vectors.filling.status import NONE, Status
from console.vectors.metric import Kind
from console.vectors.text_path import TextPath, parse

Statement = tuple[Composed, Mapping[str, object]]

_FEW, _FEW_PAGES = 50_000, 1 << 15
_SHORT = 64  # octets of a text that lies in its row, where looking at its signs costs nothing
_TEXT = ("pg_catalog", "text")


@dataclass(frozen=True, slots=True)
class Fillable:
    """A column that is declared and exists: its length and type, its table's key, the indexes that need to be rebuilt.

    `dimensions` is None for a column of any length. `key` has name and type (schema, name) of each of its columns.
    `lists` are its ivfflat indexes, whose lists are computed from the rows that are there when they are built. `status`
    is where the table says how far a row is. `pages` of 8 kB and `tuples` are the table's, as the statistics know them;
    `plain` tells a table from a foreign one or a view. `secured` tells that policies choose the role's rows.
    `columns` are the names of all columns of the table.
    """

    declared: Declared
    dimensions: int | None
    type: tuple[str, str]
    key: tuple[tuple[str, tuple[str, str]], ...]
    lists: tuple[tuple[str, str], ...]
    status: Status = NONE
    pages: int = 0
    tuples: int = 0
    plain: bool = True
    secured: bool = False
    columns: tuple[str, ...] = ()

    @property
    def kind(self) -> Kind:
        """The type, without its schema."""
        return Kind(self.type[1])

    @property
    def small(self) -> bool:
        """Whether its indexes can be built again while others hardly notice that they wait."""
        return self.tuples <= _FEW and self.pages <= _FEW_PAGES

    @property
    def table(self) -> Identifier:
        """The quoted name of its table."""
        return name(self.declared.schema, self.declared.table)

    def count(self, percent: float | None = None) -> Query:
        """Return what counts rows to fill, rows without a text, and octets of texts; of some percent of the pages."""
        octets = joined(" + ", (SQL("coalesce(pg_catalog.octet_length({}), 0)").format(text) for text in self._texts))
        # A long text is taken for one that says something: to look at it means to fetch it from where it is stored.
        said = SQL("({} > %(short)s OR {} ~ '[^[:space:]]')").format(octets, self._text)
        sql = statements.COUNT.format(
            said=said,
            octets=octets,
            table=self.table,
            sample=SQL("TABLESAMPLE SYSTEM (%(percent)s) REPEATABLE (1)") if percent is not None else SQL(""),
            conditions=joined(" AND ", (self._empty, *self._where)),
        )
        return Query(sql, {**self._wanted, "short": _SHORT, **({} if percent is None else {"percent": percent})})

    def missing(self, size: int, seen: Sequence[str] | None = None) -> Query:
        """Return what reads keys, states, stamps and texts of the next rows to fill, after the key that was seen last.

        A stamp tells a text that was changed from one that was not.
        """
        params: dict[str, object] = {f"k{place}": value for place, value in enumerate(seen or ())}
        sql = statements.READ.format(
            key=_listed(name("t", each) for each in self._key),
            status=name("t", self.status.column) if self.status.column is not None else SQL("NULL"),
            stamp=self._stamp,
            text=self._text,
            table=self.table,
            conditions=joined(" AND ", self._conditions(after=seen is not None)),
            order=_listed(name("t", each) for each in self._key),
        )
        return Query(sql, {**params, **self._wanted, "size": size}, as_text=True)

    def filled(self, size: int, longest: int) -> Query:
        """Return what reads texts and vectors of some rows that are filled, texts up to so many characters."""
        long_enough = SQL("pg_catalog.length({text}) BETWEEN 1 AND %(longest)s").format(text=self._text)
        sql = statements.FILLED.format(
            text=self._text,
            column=name("t", self.declared.column),
            table=self.table,
            conditions=joined(" AND ", (long_enough, *self._where)),
        )
        return Query(sql, {**self._wanted, "size": size, "longest": longest}, as_text=True)

    def write(self, keys: Sequence[Sequence[str]], stamps: Sequence[str], vectors: Sequence[str]) -> Statement:
        """Return the one statement that fills a batch of rows, and its parameters."""
        arrays = (_array("vectors", *_TEXT), _array("stamps", *_TEXT))
        sql = statements.WRITE.format(
            table=self.table,
            column=name(self.declared.column),
            type=name(*self.type),
            besides=SQL("").join(self._besides()),
            values=self._values(*arrays),
            names=_listed(self._names),
            same=self._same,
            stamp=self._stamp,
        )
        params = {"vectors": list(vectors), "stamps": list(stamps), "completed": self.status.completed}
        return sql, {**_columns(keys), **{key: value for key, value in params.items() if value is not None}}

    def mark(self, keys: Sequence[Sequence[str]], word: str, *, but: str | None = None) -> Statement:
        """Return what writes a word into the status of rows that are still empty, but not of those that say `but`."""
        assert self.status.column is not None
        assert self.status.type is not None
        sql = statements.MARK.format(
            table=self.table,
            status=name(self.status.column),
            column=name(self.declared.column),
            type=name(*self.status.type),
            values=self._values(),
            names=_listed(self._names),
            same=self._same,
        )
        return sql, {**_columns(keys), "word": word, "but": but if but is not None else word}

    def written(self, vector: Vector) -> str:
        """Return a vector as the column's type reads it."""
        return literal.written(vector, self.kind) if self.kind is Kind.SPARSEVEC else written(vector)

    def rebuild(self) -> tuple[Composed, ...]:
        """Return what is due when the column is filled: its ivfflat indexes built again."""
        return tuple(SQL("REINDEX INDEX {}").format(Identifier(*index)) for index in self.lists)

    def analyze(self) -> Composed:
        """Return what gathers statistics of its table."""
        return SQL("ANALYZE {}").format(Identifier(self.declared.schema, self.declared.table))

    def _besides(self) -> Iterable[Composable]:
        """Yield what is set besides the vector. A row that said completed, and since when, was so and keeps both."""
        status, completed = self.status, self.status.completed
        if status.column is not None and status.type is not None and completed is not None:
            yield SQL(", {} = %(completed)s::pg_catalog.text::{}").format(name(status.column), name(*status.type))
        if status.generated_at is None or status.time_type is None:
            return
        now = SQL("pg_catalog.statement_timestamp()::{}").format(name(*status.time_type))
        if status.column is None or completed is None:
            yield SQL(", {} = {}").format(name(status.generated_at), now)
            return
        yield SQL(
            ", {time} = CASE WHEN t.{status}::pg_catalog.text = %(completed)s::pg_catalog.text"
            " THEN coalesce(t.{time}, {now}) ELSE {now} END"
        ).format(time=name(status.generated_at), status=name(status.column), now=now)

    @property
    def _key(self) -> tuple[str, ...]:
        return tuple(each for each, _ in self.key)

    @property
    def _names(self) -> list[Identifier]:
        return [Identifier(f"k{place}") for place in range(len(self.key))]

    @property
    def _same(self) -> Composed:
        pairs = zip(self._key, self._names, strict=True)
        return joined(" AND ", (SQL("t.{} = v.{}").format(name(each), alias) for each, alias in pairs))

    def _values(self, *more: Composable) -> Composed:
        holes = (_array(f"k{place}", *type_) for place, (_, type_) in enumerate(self.key))
        return _listed(SQL("pg_catalog.unnest({})").format(hole) for hole in (*holes, *more))

    @property
    def _texts(self) -> list[Composable]:
        return [SQL("({})::pg_catalog.text").format(each.sql("t")) for each in self._paths]

    @property
    def _text(self) -> Composable:
        # Columns may have collations of their own, of which none can be chosen for all.
        parts = _listed(SQL("({})").format(each.sql("t")) if each.members else each.sql("t") for each in self._paths)
        return SQL("pg_catalog.concat_ws(' ', {}) COLLATE pg_catalog.\"default\"").format(parts)

    @property
    def _paths(self) -> list[TextPath]:
        """Where the texts are; whether they exist was looked at when they were looked up."""
        return [parse(each, self.columns) or TextPath(each) for each in self.declared.text]

    @property
    def _stamp(self) -> Composable:
        return SQL('pg_catalog.hashtextextended({} COLLATE pg_catalog."C", 0)::pg_catalog.text').format(self._text)

    @property
    def _empty(self) -> Composable:
        return SQL("{} IS NULL").format(name("t", self.declared.column))

    @property
    def _where(self) -> Iterable[Composable]:
        for place, (column, _) in enumerate(self.declared.where):
            hole = _array(f"w{place}", *_TEXT)
            yield SQL("{}::pg_catalog.text = ANY ({})").format(name("t", column), hole)

    @property
    def _wanted(self) -> dict[str, object]:
        return {f"w{place}": list(values) for place, (_, values) in enumerate(self.declared.where)}

    def _conditions(self, *, after: bool) -> Iterable[Composable]:
        yield self._empty
        yield SQL("{} ~ '[^[:space:]]'").format(self._text)
        yield from self._where
        if after:
            key = _listed(name("t", each) for each in self._key)
            last = _listed(
                SQL("{}::{}").format(Placeholder(f"k{place}"), name(*type_))
                for place, (_, type_) in enumerate(self.key)
            )
            yield SQL("({}) > ({})").format(key, last)


def _columns(keys: Sequence[Sequence[str]]) -> dict[str, object]:
    return {f"k{place}": list(values) for place, values in enumerate(zip(*keys, strict=True))}


def _listed(parts: Iterable[Composable]) -> Composed:
    return joined(", ", parts)


def _array(hole: str, schema: str, type_: str) -> Composed:
    return SQL("{}::{}[]").format(Placeholder(hole), name(schema, type_))
