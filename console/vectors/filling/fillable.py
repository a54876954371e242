"""A declared vector column that exists, and the statements that fill it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from console.db.compose import SQL, Composable, Composed, Identifier, Placeholder
from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError
from console.sql import queries
from console.text import sanitize
from console.vectors.filling.declared import FILE, Declared

_READ = SQL("SELECT {key}, {text} FROM {table} AS t WHERE {conditions} ORDER BY {order} LIMIT %(size)s")
# A row that was filled or deleted meanwhile is left as it is.
_WRITE = SQL(
    "UPDATE {table} AS t SET {column} = v.vector::{type} FROM ROWS FROM ({values}) AS v ({names}, vector)"
    " WHERE {same} AND t.{column} IS NULL"
)


@dataclass(frozen=True, slots=True)
class Fillable:
    """A column that is declared and exists: its length and type, its table's key, the indexes that need to be rebuilt.

    `dimensions` is None for a column of any length. `key` has name and type (schema, name) of each of its columns.
    `lists` are its ivfflat indexes, whose lists are computed from the rows that are there when they are built.
    """

    declared: Declared
    dimensions: int | None
    type: tuple[str, str]
    key: tuple[tuple[str, tuple[str, str]], ...]
    lists: tuple[tuple[str, str], ...]

    @property
    def table(self) -> Identifier:
        """The quoted name of its table."""
        return _name(self.declared.schema, self.declared.table)

    def missing(self, size: int, seen: Sequence[str] | None = None) -> Query:
        """Return what reads keys and texts of the next rows to fill, after the key that was seen last."""
        params: dict[str, object] = {f"k{place}": value for place, value in enumerate(seen or ())}
        params |= {f"w{place}": list(values) for place, (_, values) in enumerate(self.declared.where)}
        sql = _READ.format(
            key=_listed(Identifier("t", name) for name in self._key),
            text=self._text,
            table=self.table,
            conditions=SQL(" AND ").join(self._conditions(after=seen is not None)),
            order=_listed(Identifier("t", name) for name in self._key),
        )
        return Query(sql, {**params, "size": size}, as_text=True)

    def write(self, keys: Sequence[Sequence[str]], vectors: Sequence[str]) -> tuple[Composed, Mapping[str, object]]:
        """Return the one statement that fills a batch of rows, and its parameters."""
        holes = [_array(f"k{place}", *type_) for place, (_, type_) in enumerate(self.key)]
        names = [Identifier(f"k{place}") for place in range(len(self.key))]
        same = [
            SQL("t.{} = v.{}").format(Identifier(name), alias) for name, alias in zip(self._key, names, strict=True)
        ]
        sql = _WRITE.format(
            table=self.table,
            column=Identifier(_doubled(self.declared.column)),
            type=_name(*self.type),
            values=_listed(
                SQL("pg_catalog.unnest({})").format(hole) for hole in (*holes, _array("vectors", "pg_catalog", "text"))
            ),
            names=_listed(names),
            same=SQL(" AND ").join(same),
        )
        params = {f"k{place}": list(values) for place, values in enumerate(zip(*keys, strict=True))}
        return sql, {**params, "vectors": list(vectors)}

    def rebuild(self) -> tuple[Composed, ...]:
        """Return what is due when the column is filled: its ivfflat indexes built again, and statistics."""
        return (
            *(SQL("REINDEX INDEX {}").format(Identifier(*index)) for index in self.lists),
            SQL("ANALYZE {}").format(Identifier(self.declared.schema, self.declared.table)),
        )

    @property
    def _key(self) -> tuple[str, ...]:
        return tuple(_doubled(name) for name, _ in self.key)

    @property
    def _text(self) -> Composable:
        parts = [Identifier("t", _doubled(name)) for name in self.declared.text]
        return SQL("pg_catalog.concat_ws(' ', {})").format(_listed(parts))

    def _conditions(self, *, after: bool) -> Iterable[Composable]:
        yield SQL("{} IS NULL").format(Identifier("t", _doubled(self.declared.column)))
        yield SQL("{} ~ '[^[:space:]]'").format(self._text)
        for place, (column, _) in enumerate(self.declared.where):
            hole = _array(f"w{place}", "pg_catalog", "text")
            yield SQL("{}::pg_catalog.text = ANY ({})").format(Identifier("t", _doubled(column)), hole)
        if after:
            key = _listed(Identifier("t", name) for name in self._key)
            last = _listed(
                SQL("{}::{}").format(Placeholder(f"k{place}"), _name(*type_))
                for place, (_, type_) in enumerate(self.key)
            )
            yield SQL("({}) > ({})").format(key, last)


async def look_up(session: Session, declared: Sequence[Declared]) -> tuple[Fillable, ...]:
    """Return the declared columns that exist; others belong to migrations that are not applied.

    Raises UsageError for what cannot be filled as it is declared.
    """
    asked = [
        Query(queries.load("vectors/fillable"), {"schema": each.schema, "table": each.table, "column": each.column})
        for each in declared
    ]
    answers = await session.read(*asked, doing="looking for columns to fill") if asked else []
    return tuple(_column(each, *rows[0]) for each, rows in zip(declared, answers, strict=True) if rows)


def _column(
    declared: Declared,
    dimensions: int,
    type_schema: str,
    type_name: str,
    columns: Sequence[str],
    key: Sequence[tuple[str, str, str]],
    lists: Sequence[tuple[str, str]],
) -> Fillable:
    if type_name not in ("vector", "halfvec"):
        raise UsageError(f"{FILE} declares {declared.label}, which is no vector but of type {sanitize(type_name)}.")
    named = (*declared.text, *(column for column, _ in declared.where))
    if absent := [name for name in named if name not in columns]:
        raise UsageError(
            f"{FILE} names the column {sanitize(absent[0])} for {declared.label}, which its table has not."
        )
    if not key:
        raise UsageError(f"{declared.label} cannot be filled: its table has no primary key to tell its rows apart.")
    return Fillable(
        declared,
        dimensions if dimensions > 0 else None,
        (type_schema, type_name),
        tuple((name, (schema, type_)) for name, schema, type_ in key),
        tuple((schema, name) for schema, name in lists),
    )


def _doubled(name: str) -> str:
    """Write `%` twice, since every statement with parameters takes it for the beginning of one."""
    return name.replace("%", "%%")


def _name(*parts: str) -> Identifier:
    return Identifier(*map(_doubled, parts))


def _listed(parts: Iterable[Composable]) -> Composed:
    return SQL(", ").join(parts)


def _array(hole: str, schema: str, name: str) -> Composed:
    return SQL("{}::{}[]").format(Placeholder(hole), _name(schema, name))
