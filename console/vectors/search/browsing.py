"""Some rows that have a vector, before anything is asked."""

from __future__ import annotations

from console.db.compose import SQL, Composed
from console.db.composing import verbatim
from console.vectors.column import VectorColumn
from console.vectors.search.approach import where
from console.vectors.search.composing import selected, shown, table
from console.vectors.search.question import Question
from console.vectors.search.statement import Statement, anded, named


def browsed(column: VectorColumn, question: Question) -> Statement:
    """Return the statement that reads the first rows by their key. Raises BadSql for a condition that is none."""
    columns = shown(column)
    there = SQL("{} IS NOT NULL").format(named("t", column.name))
    order = SQL("\nORDER BY {}").format(SQL(", ").join([named("t", each) for each in column.key]))
    sql = SQL("SELECT\n    NULL::pg_catalog.float8 AS {name}{columns}\nFROM {table}{where}{order}\nLIMIT {k}").format(
        name=named("distance"),
        columns=selected(columns),
        table=table(column),
        where=anded([there, *where(question)]),
        # By where they lie they come by themselves.
        order=order if column.key and not column.placed else Composed([]),
        k=verbatim(str(question.k)),
    )
    return Statement((), sql, {}, ("distance",), columns, own_path=bool(question.where.strip()))
