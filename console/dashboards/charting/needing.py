"""What a dashboard of a person's statement cannot do without: the tables and views it reads, functions, extensions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from console.dashboards.definition import Need
from console.db.query import Query
from console.db.session import Session
from console.sql import queries
from console.sql.quoting import dotted

if TYPE_CHECKING:
    from console.sql.reading import Verdict


async def needs(session: Session, sql: str, verdict: Verdict) -> tuple[Need, ...]:
    """Return the needs of a statement that reads, as the search path finds its names now: one round trip.

    `verdict` is what the grammar said of it. An extension stands for all that it brought; PostgreSQL's own is none.
    Raises what reading raises.
    """
    names = [dict(zip(("kind", "schema", "name"), each, strict=True)) for each in _names(sql, verdict)]
    if not names:
        return ()
    query = Query(queries.load("dashboards/needed"), {"names": json.dumps(names)}, own_path=True)
    [rows] = await session.read(query, doing="looking what the query needs")
    return tuple(Need(kind, name if kind == "extension" else dotted(schema, name)) for kind, schema, name in rows)


def _names(sql: str, verdict: Verdict) -> Iterator[tuple[str, str, str]]:
    from console.sql import grammar, relations

    yield from (("relation", *each) for each in sorted(relations.relations(grammar.tree(sql))))
    yield from ((kind, schema, name) for kind, schema, name in verdict.names if kind in ("function", "type"))
