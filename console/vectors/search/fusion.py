"""Words by meaning and words by letter, fused by reciprocal rank: a row scores 1 / (60 + rank) in each list it is in.

After Cormack, Clarke and Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods"
(2009), whose constant is 60. Ranks need no common scale, which a distance and a rank of words do not have.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TypeVar

from console.db.compose import SQL, Composable, Composed
from console.db.composing import verbatim
from console.errors import UsageError
from console.text import sanitize
from console.vectors.search import fulltext
from console.vectors.search.approach import Search
from console.vectors.search.composing import by_distance, free, selected, shown, table
from console.vectors.search.statement import Statement, anded, named

K = 60
_FEWEST = 40  # rows of each list that are looked at, or four times as many as are wanted

Thing = TypeVar("Thing", bound=Hashable)


def fused(*lists: Sequence[Thing]) -> list[tuple[Thing, float]]:
    """Return all things with their scores, the best first; equal ones as they come.

    >>> [thing for thing, _ in fused(["a", "b", "c"], ["b", "d"])]
    ['b', 'a', 'd', 'c']
    """
    scores: dict[Thing, float] = {}
    for each in lists:
        for rank, thing in enumerate(each, 1):
            scores[thing] = scores.get(thing, 0.0) + 1 / (K + rank)
    return sorted(scores.items(), key=lambda pair: -pair[1])


def any_of(text: str) -> str:
    """Return a question in plain words as one that any of them answers; one with signs of its own stays as it is.

    Few rows have all the words of a sentence. Those that have most of them come first in any case.

    >>> any_of("how do we pay"), any_of('"pay for" calls'), any_of("pay -later"), any_of("pay or borrow")
    ('how or do or we or pay', '"pay for" calls', 'pay -later', 'pay or borrow')
    """
    words = text.split()
    signs = any(word.startswith("-") or '"' in word or word.lower() == "or" for word in words)
    return text if signs else " or ".join(dict.fromkeys(words))


def by_distance_alone(search: Search) -> Statement:
    """Return the half of it that an index of vectors may answer, to be explained."""
    return by_distance(replace(search, question=replace(search.question, k=_depth(search), within=None)))


def hybrid(search: Search, document: fulltext.Document, text: str) -> Statement:
    """Return the statement that does the same on the server. Raises UsageError where rows cannot be told apart."""
    key = _key(search)
    columns = shown(search.column)
    depth = _depth(search)
    names = [named(f"key{place}") for place in range(len(key))]
    sql = _FUSED.format(
        near=_near(search, key, names, depth),
        words=_words(search, document, key, names, depth),
        keys=_listed(names),
        k=verbatim(str(K)),
        best=verbatim(str(search.question.k)),
        distance=search.distance(),
        name=named(free("distance", columns)),
        score=named(free("score", columns)),
        columns=selected(columns),
        table=table(search.column),
        same=SQL(" AND ").join(
            [SQL("{} OPERATOR(pg_catalog.=) b.{}").format(mine, name) for mine, name in zip(key, names, strict=True)]
        ),
        within=_within(search),
        order=_listed([SQL("b.{}").format(name) for name in names]),
    )
    nearest = by_distance_alone(search)
    within = {} if search.question.within is None else {"within": repr(float(search.question.within))}
    params = {**search.params, **within, "text": text}
    return Statement(nearest.settings, sql, params, ("distance", "score"), columns, own_path=nearest.own_path)


_FUSED = SQL(
    """\
WITH near AS MATERIALIZED (
{near}
), words AS MATERIALIZED (
{words}
), best AS (
    SELECT
        {keys},
        pg_catalog.sum(1::pg_catalog.float8 OPERATOR(pg_catalog./) ({k} OPERATOR(pg_catalog.+) r.rank)) AS score
    FROM (
        SELECT {keys}, pg_catalog.row_number() OVER (ORDER BY far OPERATOR(pg_catalog.+) 0, {keys}) AS rank FROM near
        UNION ALL
        SELECT {keys}, pg_catalog.row_number() OVER (ORDER BY well DESC, {keys}) AS rank FROM words
    ) AS r
    GROUP BY {keys}
)
SELECT
    {distance} AS {name},
    b.score AS {score}{columns}
FROM best AS b
JOIN {table} ON {same}{within}
ORDER BY b.score DESC, {order}
LIMIT {best}"""
)


def _depth(search: Search) -> int:
    return max(_FEWEST, 4 * search.question.k)


def _near(search: Search, key: Sequence[Composable], names: Sequence[Composable], depth: int) -> Composed:
    return SQL(
        "    SELECT {keys}, {distance} AS far\n    FROM {table}{where}\n    ORDER BY {nearest}\n    LIMIT {depth}"
    ).format(
        keys=_aliased(key, names),
        distance=search.distance(),
        table=table(search.column),
        where=anded(search.conditions()),
        nearest=search.nearest() if search.cast else verbatim(str(len(key) + 1)),
        depth=verbatim(str(depth)),
    )


def _words(
    search: Search, document: fulltext.Document, key: Sequence[Composable], names: Sequence[Composable], depth: int
) -> Composed:
    return SQL(
        "    SELECT {keys}, {rank} AS well\n    FROM {table}{where}\n    ORDER BY {at} DESC\n    LIMIT {depth}"
    ).format(
        keys=_aliased(key, names),
        rank=fulltext.rank(document),
        table=table(search.column),
        where=anded(fulltext.conditions(document, search.question)),
        at=verbatim(str(len(key) + 1)),
        depth=verbatim(str(depth)),
    )


def _key(search: Search) -> list[Composable]:
    """Return what tells rows apart: the key, else where a row of a table lies."""
    if search.column.key:
        return [named("t", name) for name in search.column.key]
    if search.column.relation_kind in ("r", "p", "m"):
        return [SQL("t.tableoid"), SQL("t.ctid")]
    raise UsageError(
        f"Rows of {sanitize(search.column.table)} cannot be told apart, so two lists of them cannot be fused.",
        hint="Search by words alone, or by full text alone.",
    )


def _within(search: Search) -> Composable:
    if search.question.within is None:
        return SQL("")
    return SQL("\nWHERE {} OPERATOR(pg_catalog.<=) %(within)s::pg_catalog.float8").format(search.distance())


def _aliased(key: Sequence[Composable], names: Sequence[Composable]) -> Composed:
    return _listed([SQL("{} AS {}").format(mine, name) for mine, name in zip(key, names, strict=True)])


def _listed(parts: Sequence[Composable]) -> Composed:
    return SQL(", ").join(parts)
