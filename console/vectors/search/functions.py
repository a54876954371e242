"""Searching through the database's own functions: which there are, and calling one."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from console.db.compose import SQL, Composed
from console.db.composing import typed, verbatim
from console.db.literals import bound, script
from console.db.query import Query, Row
from console.db.session import Session
from console.errors import UsageError
from console.sql import queries
from console.text import sanitize
from console.vectors import pasting
from console.vectors.embedders.embedder import Embedder
from console.vectors.metric import Kind
from console.vectors.search import preparing
from console.vectors.search.admitting import once
from console.vectors.search.composing import is_vector
from console.vectors.search.function import Argument, Called, Function
from console.vectors.search.highlight import words as words_of
from console.vectors.search.hit import Hit
from console.vectors.search.question import Pasted, Words
from console.vectors.search.reading_text import is_text, longest
from console.vectors.search.reading_text import named as by_name
from console.vectors.search.statement import named

__all__ = ["Argument", "Called", "Function", "call", "find"]

_SIMILARITIES = ("similarity", "cosine_similarity", "sim")
_DISTANCES = ("distance", "cosine_distance", "dist")
_SCORES = ("score", "rank", "rrf_score", "relevance")


async def find(session: Session) -> tuple[Function, ...]:
    """Return the functions that take a vector and give rows back, by schema and name; one round trip."""
    query = Query(queries.load("vectors/functions"), row=_function)
    [found] = await session.read(query, doing="looking for functions that search")
    return tuple(found)


async def call(
    session: Session,
    function: Function,
    by: Pasted | Words,
    arguments: Mapping[str, str | None],
    embedder: Embedder | None = None,
    *,
    dimensions: int | None = None,
    k: int | None = None,
    timeout: float | None = None,
    allow_functions: bool = False,
) -> Called:
    """Call a function with a vector and its other arguments by name, as text; what is left out has its default.

    `k` is the most rows that are wanted, and given to the function where it has an argument for that. It runs in a
    read-only transaction, with the database's own search_path and pgvector's schema behind it. Raises UsageError for
    arguments that are missing or unknown, MayWrite for a volatile function unless a person has agreed
    (`allow_functions`), EmbedderFailed, StatementFailed and its kin.
    """
    given = _given(function, arguments, k)
    query = _query(function, await _vector(function, by, embedder, dimensions), given, k)
    await once(
        session, bound(replace(query, params=dict.fromkeys(query.params or {}))), allow_functions=allow_functions
    )
    # A function that names no schema finds the operators as it does for an application that has theirs in its path.
    path = Query(queries.load("vectors/path"), {"schema": function.extension}, own_path=True)
    began = time.perf_counter()
    [[(searched, longer)], rows] = await session.read(
        path, query, timeout=timeout, doing=f"searching by {function.label}"
    )
    seconds = time.perf_counter() - began
    sql = script([("search_path", searched)] if longer else [], query)
    return _called(function, by, sql, rows, seconds)


def _function(arguments: str, results: str, **facts: Any) -> Function:
    listed = json.loads(arguments)
    first = next(place for place, each in enumerate(listed) if each["vector"])
    return Function(
        arguments=tuple(
            Argument(each["name"], each["type"], each["default"], vector=place == first)
            for place, each in enumerate(listed)
        ),
        columns=tuple((name, type_name) for name, type_name in json.loads(results)),
        kind=Kind(listed[first]["vector"]),
        **facts,
    )


def _given(function: Function, arguments: Mapping[str, str | None], k: int | None) -> dict[str, str | None]:
    known = {_called_as(function, each): each for each in function.asked}
    if unknown := [name for name in arguments if name not in known]:
        there = ", ".join(map(sanitize, known)) or "none but the vector"
        raise UsageError(f"{function.label} has no argument {sanitize(unknown[0])}.", hint=f"It has: {there}.")
    given = dict(arguments)
    count = next((name for name, each in known.items() if each.counts and name not in given), None)
    if count is not None and k is not None:
        given[count] = str(k)
    missing = [name for name, each in known.items() if name not in given and each.default is None]
    if missing:
        said = ", ".join(f"{sanitize(name)} ({sanitize(known[name].type)})" for name in missing)
        raise UsageError(f"{function.label} wants more than a vector: {said}.")
    return given


def _called_as(function: Function, argument: Argument) -> str:
    """Return the name of an argument, its number from 1 where it has none."""
    return argument.name or str(function.arguments.index(argument) + 1)


async def _vector(function: Function, by: Pasted | Words, embedder: Embedder | None, dimensions: int | None) -> str:
    if isinstance(by, Pasted):
        return pasting.parse(by.text, function.kind, dimensions)
    return await preparing.embedded(by.text, function.kind, dimensions, embedder)


def _query(function: Function, vector: str, given: Mapping[str, str | None], k: int | None) -> Query:
    parts, params, positional = list[Composed](), dict[str, object](), True
    for place, argument in enumerate(function.arguments):
        name = _called_as(function, argument)
        if argument is not function.vector and name not in given:
            positional = False
            continue
        # Behind one that is left out, an argument can only be told by its name.
        value = typed(f"a{place}", argument.type)
        params[f"a{place}"] = vector if argument is function.vector else given[name]
        parts.append(value if not argument.name else SQL("{} => {}").format(named(argument.name), value))
        if not argument.name and not positional:
            raise UsageError(f"{function.label} has arguments without names: none before another can be left out.")
    limit = SQL("\nLIMIT {}").format(verbatim(str(k))) if k is not None else Composed([])
    sql = SQL("SELECT *\nFROM {}(\n    {}\n){}").format(
        named(function.schema, function.name), SQL(",\n    ").join(parts), limit
    )
    return Query(sql, params, as_text=True, own_path=True)


def _called(function: Function, by: Pasted | Words, sql: str, rows: Sequence[Row], seconds: float) -> Called:
    kept = [place for place, (_, type_name) in enumerate(function.columns) if not is_vector(type_name)]
    columns = tuple(function.columns[place][0] for place in kept)
    shown = [tuple(row[place] for place in kept) for row in rows]
    texts = [name for name, type_name in function.columns if is_text(type_name) and name in columns]
    return Called(
        function,
        columns,
        tuple(_hit(rank, columns, row) for rank, row in enumerate(shown, 1)),
        sql,
        seconds,
        by_name([name for name in texts if name != "source"])
        or longest([(name, columns.index(name)) for name in texts], shown),
        words_of(by.text) if isinstance(by, Words) else (),
        () if rows else ("The function found no rows.",),
    )


def _hit(rank: int, columns: Sequence[str], row: Row) -> Hit:
    values = dict(zip((name.lower() for name in columns), row, strict=True))
    distance, similarity = _first(values, _DISTANCES), _first(values, _SIMILARITIES)
    key = (values["id"],) if values.get("id") is not None else ()
    return Hit(rank, tuple(map(str, key)), distance, similarity, row, _first(values, _SCORES))


def _first(values: Mapping[str, str | None], names: Sequence[str]) -> float | None:
    return next((number for name in names if (number := _number(values.get(name))) is not None), None)


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text is not None else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) else None
