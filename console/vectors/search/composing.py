"""Puts a search by distance into SQL.

The plain form is the one that an index answers: `ORDER BY column <=> vector LIMIT k` and nothing else. What comes back
is put in order once more where it may be out of it (ivfflat reading on, relaxed order, an index of a cast), and a
largest distance is looked at behind the LIMIT, since before it an index would read on for rows that are never near.
"""

from __future__ import annotations

from collections.abc import Mapping

from console.db.compose import SQL, Composed
from console.db.composing import verbatim
from console.vectors.column import VectorColumn
from console.vectors.search.approach import Search
from console.vectors.search.question import Question
from console.vectors.search.statement import Statement, anded, named

_VECTORS = ("vector", "halfvec", "sparsevec")


def by_distance(search: Search) -> Statement:
    """Return the statement that finds the nearest rows. Raises BadSql for a condition that is none."""
    columns = shown(search.column)
    name = free("distance", columns)
    again = (
        search.cast is not None
        or search.taken > search.question.k
        or search.question.within is not None
        or search.out_of_order
    )
    sql = _again(search, name) if again else _plain(search, name, columns)
    return Statement(
        search.settings,
        sql,
        {**search.params, **_within(search.question)},
        ("came", "distance") if again and search.indexed and not search.exact else ("distance",),
        columns,
        own_path=search.conditional,
    )


def shown(column: VectorColumn) -> tuple[str, ...]:
    """Return the columns of a table that a person may look at: all but vectors, behind where a row lies as its key."""
    places = column.key if column.placed else ()
    of_table = (name for name, type_name in column.columns.items() if not is_vector(type_name) and name != column.name)
    return (*places, *of_table)


def is_vector(type_name: str) -> bool:
    """Return whether a type, as format_type writes it, is one of pgvector's.

    >>> is_vector("vector(3)"), is_vector('"my ext".halfvec(3)'), is_vector("tsvector"), is_vector("public.vector[]")
    (True, True, False, True)
    """
    return type_name.removesuffix("[]").partition("(")[0].rpartition(".")[2] in _VECTORS


def free(name: str, taken: tuple[str, ...]) -> str:
    """Return a name for what is worked out that no column has.

    >>> free("distance", ("id", "distance"))
    'distance_'
    """
    while name in taken:
        name += "_"
    return name


def selected(columns: tuple[str, ...]) -> Composed:
    """Return the columns, for the end of a list."""
    return Composed([SQL(",\n    {}").format(named("t", each)) for each in columns])


def table(column: VectorColumn) -> Composed:
    """Return the column's table under the name that conditions know it by."""
    return SQL("{} AS t").format(named(column.schema, column.table))


def _plain(search: Search, name: str, columns: tuple[str, ...]) -> Composed:
    # Equal ones come by their key, but where an index gives the order: it knows of no key.
    known = () if search.indexes else tuple(each for each in search.column.key if each in columns)
    keys = [SQL(", {}").format(named("t", each)) for each in known]
    return SQL("SELECT\n    {distance} AS {name}{columns}\nFROM {table}{where}\nORDER BY 1{keys}\nLIMIT {k}").format(
        distance=search.distance(),
        name=named(name),
        columns=selected(columns),
        table=table(search.column),
        where=anded(search.conditions()),
        keys=Composed(keys),
        k=verbatim(str(search.question.k)),
    )


def _again(search: Search, name: str) -> Composed:
    columns = shown(search.column)
    inner = SQL(
        "SELECT\n    {distance} AS {name}{columns}\nFROM {table}{where}\nORDER BY {nearest}\nLIMIT {taken}"
    ).format(
        distance=search.distance(),
        name=named(name),
        columns=selected(columns),
        table=table(search.column),
        where=anded(search.conditions()),
        nearest=search.nearest() if search.cast else SQL("1"),
        taken=verbatim(str(search.taken)),
    )
    limit = SQL("\nWHERE {} OPERATOR(pg_catalog.<=) %(within)s::pg_catalog.float8").format(named(name))
    keys = [SQL(", {}").format(named(each)) for each in search.column.key if each in columns]
    # How many rows the index gave tells whether there was enough to choose from.
    came = SQL("(SELECT pg_catalog.count(*) FROM nearest) AS {}, nearest.").format(named(free("came", columns)))
    # What has been in order by an index need not be: the planner is told so by the + 0.
    return SQL(
        "WITH nearest AS MATERIALIZED (\n{inner}\n)\nSELECT {came}*\nFROM nearest{within}\n"
        "ORDER BY {name} OPERATOR(pg_catalog.+) 0{keys}\nLIMIT {k}"
    ).format(
        inner=inner,
        came=came if search.indexed and not search.exact else SQL(""),
        within=limit if search.question.within is not None else SQL(""),
        name=named(name),
        keys=Composed(keys),
        k=verbatim(str(search.question.k)),
    )


def _within(question: Question) -> Mapping[str, object]:
    return {} if question.within is None else {"within": repr(float(question.within))}
