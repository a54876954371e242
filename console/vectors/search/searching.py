"""Searches a column of vectors: by distance, by words, by both; and says what it did."""

from __future__ import annotations

import math
from dataclasses import replace

from console.db.session import Session
from console.errors import StatementFailed
from console.vectors import literal, text_path
from console.vectors.column import VectorColumn
from console.vectors.embedders.embedder import Embedder
from console.vectors.metric import Metric
from console.vectors.search import fulltext, fusion, keys, preparing, remarks
from console.vectors.search.admitting import admitted
from console.vectors.search.answer import Answer, run
from console.vectors.search.browsing import browsed
from console.vectors.search.composing import by_distance
from console.vectors.search.highlight import words as words_of
from console.vectors.search.hit import FAST, Found, Hit
from console.vectors.search.mending import whole
from console.vectors.search.preparing import metric_of
from console.vectors.search.question import FullText, Hybrid, Like, Question, Unasked, Words
from console.vectors.search.reading_text import likeliest

__all__ = ["FAST", "browse", "metric_of", "search"]


async def search(
    session: Session,
    column: VectorColumn,
    question: Question,
    embedder: Embedder | None = None,
    *,
    plan: bool = False,
    timeout: float | None = None,
    allow_functions: bool = False,
) -> Found:
    """Answer a question. One round trip where the answer is whole, two for sums and averages of rows.

    `plan` reads how the server goes about it, in the same transaction. `timeout` is seconds, by default the profile's.
    `allow_functions` says that a person has agreed to what a condition would call. Cancelled by `session.cancel()`.
    Raises UsageError for what cannot be asked, BadSql for a condition that is none, Refused and MayWrite for one that
    may write, EmbedderFailed, StatementFailed and its kin.
    """
    preparing.check(column, question)
    await admitted(session, column, question.where, allow_functions=allow_functions)
    match question.by:
        case Unasked():
            answer = await run(session, column, browsed(column, question), plan=plan, timeout=timeout)
        case FullText(text):
            answer = await _by_text(session, column, question, text, plan=plan, timeout=timeout)
        case Hybrid(text):
            answer = await _hybrid(session, column, question, text, embedder, plan=plan, timeout=timeout)
        case _:
            answer = await _by_distance(session, column, question, embedder, plan=plan, timeout=timeout)
    return _found(column, question, answer)


async def browse(
    session: Session,
    column: VectorColumn,
    *,
    k: int = 10,
    where: str = "",
    timeout: float | None = None,
    allow_functions: bool = False,
) -> Found:
    """Return some rows that have a vector, in the order of their key. Raises what `search` raises."""
    question = Question(Unasked(), k=k, where=where)
    return await search(session, column, question, timeout=timeout, allow_functions=allow_functions)


async def _by_distance(
    session: Session,
    column: VectorColumn,
    question: Question,
    embedder: Embedder | None,
    *,
    plan: bool,
    timeout: float | None,
) -> Answer:
    asked = await preparing.prepared(session, column, question, embedder)
    # The statement reads the vector of a row itself: whether there is one is to be looked at beside it.
    by = question.by
    first = (preparing.vector_of(column, by.key),) if isinstance(by, Like) and column.dimensions is not None else ()
    # To say that an index was read on, or what it may have missed, it has to be known that one was read.
    beyond = (asked.conditional or question.k > (question.knobs.ef_search or 1_000)) and bool(asked.indexes)
    statement = by_distance(asked)
    try:
        answer = await run(session, column, statement, before=first, plan=plan or beyond, asked=asked, timeout=timeout)
    except StatementFailed as failure:
        if first and isinstance(by, Like) and keys.not_a_value(failure):
            await preparing.vector(session, column, by.key)
        raise
    if first and isinstance(by, Like):
        preparing.vector_in(column, by.key, answer.before[0])
    complete = await whole(session, asked, answer, plan=plan, timeout=timeout)
    vector = answer.before[0][0][0] if first else asked.operand.params.get("vector")
    said = remarks.of_distances(complete.distances, literal.leaves_single(str(vector), column.kind))
    return replace(complete, remarks=(*complete.remarks, *said))


async def _by_text(
    session: Session, column: VectorColumn, question: Question, text: str, *, plan: bool, timeout: float | None
) -> Answer:
    fulltext.must_be_bearable(text)
    document = await fulltext.document(session, column, question.text_column)
    statement = fulltext.by_text(column, question, document, text)
    before = (fulltext.understood(document, text),)
    indexed = document.indexed
    answer = await run(session, column, statement, before=before, plan=plan, indexed=indexed, timeout=timeout)
    return replace(answer, remarks=remarks.of_text(document, answer.before[0][0][0], len(answer.rows), question.k))


async def _hybrid(
    session: Session,
    column: VectorColumn,
    question: Question,
    text: str,
    embedder: Embedder | None,
    *,
    plan: bool,
    timeout: float | None,
) -> Answer:
    any_of = fusion.any_of(text)
    fulltext.must_be_bearable(any_of.replace(" or ", " "))
    document = await fulltext.document(session, column, question.text_column)
    asked = await preparing.prepared(session, column, question, embedder)
    statement = fusion.hybrid(asked, document, any_of)
    before = (fulltext.understood(document, any_of),)
    answer = await run(
        session,
        column,
        statement,
        before=before,
        explained=fusion.by_distance_alone(asked),
        plan=plan,
        asked=asked,
        timeout=timeout,
    )
    return replace(answer, remarks=remarks.of_hybrid(document, answer.before[0][0][0]))


def _found(column: VectorColumn, question: Question, answer: Answer) -> Found:
    metric, columns = metric_of(column, question), answer.statement.columns
    rows = [row[len(answer.statement.measures) :] for row in answer.rows]
    named = text_path.parse(question.text_column, columns) if question.text_column else None
    asked = question.by.text if isinstance(question.by, Words | FullText | Hybrid) else ""
    return Found(
        column=column,
        question=question,
        metric=metric,
        columns=columns,
        hits=tuple(_hits(column, metric, answer)),
        sql=answer.statement.text,
        seconds=answer.seconds,
        plan=answer.plan,
        text_column=named.name if named is not None else likeliest(column, columns, rows),
        words=words_of(asked),
        remarks=answer.remarks,
        settings=tuple(answer.looked.items()),
    )


def _hits(column: VectorColumn, metric: Metric, answer: Answer) -> list[Hit]:
    measures, columns = answer.statement.measures, answer.statement.columns
    keys = [columns.index(name) for name in column.key if name in columns]
    hits = []
    for rank, values in enumerate(answer.rows, 1):
        measured = dict(zip(measures, values, strict=False))
        row = values[len(measures) :]
        distance = _number(measured.get("distance"))
        key = tuple(row[place] or "" for place in keys) if len(keys) == len(column.key) else ()
        similarity = metric.similarity(distance, column.dimensions)
        hits.append(Hit(rank, key, distance, similarity, row, _number(measured.get("score"))))
    return hits


def _number(text: str | None) -> float | None:
    value = math.nan if text is None else float(text)
    return None if math.isnan(value) else value
