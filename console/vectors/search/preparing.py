"""From a question to the vector it means: parsed, embedded, or read from the rows it names."""

from __future__ import annotations

from collections.abc import Sequence

from console.db.compose import SQL
from console.db.query import Query
from console.db.session import Session
from console.errors import StatementFailed, UsageError
from console.text import sanitize
from console.vectors import arithmetic, literal, pasting
from console.vectors.column import VectorColumn
from console.vectors.embedders.embedder import Embedder
from console.vectors.metric import Kind, Metric, metrics
from console.vectors.search import keys, knobs, operand
from console.vectors.search.approach import Search
from console.vectors.search.knobs import version_of
from console.vectors.search.question import FullText, Hybrid, Key, Like, Mixed, Pasted, Question, Unasked, Words
from console.vectors.search.statement import named

_MOST = 10_000  # hits
_LATER = (Metric.L1, Metric.HAMMING, Metric.JACCARD)  # operators that came with pgvector 0.7


def metric_of(column: VectorColumn, question: Question) -> Metric:
    """Return the metric that a question is answered by. Raises UsageError for one that the type has not."""
    possible = [each for each in metrics(column.kind) if each not in _LATER or version_of(column.version) >= (0, 7)]
    if question.metric is None:
        return column.metric if column.metric in possible else possible[0]
    if question.metric not in possible:
        raise UsageError(
            f"A {column.kind} has no distance by {question.metric.said}.",
            hint=f"In pgvector {sanitize(column.version)} there are: {', '.join(map(str, possible))}.",
        )
    return question.metric


def check(column: VectorColumn, question: Question) -> None:
    """Raise UsageError for what cannot be asked, before anything is sent."""
    if not 1 <= question.k <= _MOST:
        raise UsageError(f"k is how many rows are wanted, between 1 and {_MOST:,}, and not {question.k:,}.")
    if question.within is not None and question.within != question.within:
        raise UsageError("The largest distance is not a number.")
    knobs.check(question.knobs, column.version)
    metric_of(column, question)


async def prepared(
    session: Session, column: VectorColumn, question: Question, embedder: Embedder | None = None
) -> Search:
    """Return a search whose vector is known, or which will read it from a row. Raises UsageError."""
    metric = metric_of(column, question)
    match question.by:
        case Pasted(text):
            found = _of_text(column, pasting.parse(text, column.kind, column.dimensions))
        case Words(text) | Hybrid(text):
            found = _of_text(column, await embedded(text, column.kind, column.dimensions, embedder))
        case Like(key):
            return await _like(session, column, question, metric, key)
        case Mixed():
            return await _mixed(session, column, question, metric)
        case Unasked() | FullText():
            raise TypeError(f"{type(question.by).__name__} is no search by distance")
    _must_point(found, metric)
    return Search(column, question, metric, found)


async def embedded(text: str, kind: Kind, dimensions: int | None, embedder: Embedder | None) -> str:
    """Return what an embedder makes of words, as text. Raises UsageError, EmbedderFailed."""
    if embedder is None:
        raise UsageError(
            "Words are searched through an embedder, and none is configured for this column.",
            hint="Configure one in the profile, or search by full text, by a row or by a vector.",
        )
    if not text.strip():
        raise UsageError("There are no words to search for.")
    [vector] = await embedder.embed([text], question=True)
    if vector is None:
        raise UsageError(f"These words say nothing to the embedder {embedder.name}.")
    if kind is Kind.BIT:
        vector = tuple(float(value > 0) for value in vector)  # as binary_quantize makes bits
    return literal.written(vector, kind, dimensions)


async def _like(session: Session, column: VectorColumn, question: Question, metric: Metric, key: Key) -> Search:
    keys.check(column, key)
    if column.dimensions is not None:
        return Search(column, question, metric, operand.of_row(column, key), (key,))
    [vector] = await _vectors(session, column, [key])
    return Search(column, question, metric, _of_text(column, vector), (key,))


async def _mixed(session: Session, column: VectorColumn, question: Question, metric: Metric) -> Search:
    mixed = question.by
    assert isinstance(mixed, Mixed)
    if column.kind is Kind.BIT:
        raise UsageError("Bits cannot be added or averaged.", hint="Search by one row, or by bits that are pasted.")
    if not mixed.terms:
        raise UsageError("No rows are named.")
    for _, key in mixed.terms:
        keys.check(column, key)
    unique = list(dict.fromkeys(key for _, key in mixed.terms))
    read = dict(zip(unique, await _vectors(session, column, unique), strict=True))
    if len(lengths := {_length(text, column.kind) for text in read.values()}) > 1:
        raise UsageError(f"These rows have vectors of several lengths ({', '.join(map(str, sorted(lengths)))}).")
    terms = [(weight, read[key]) for weight, key in mixed.terms]
    found = _of_text(column, _total(terms, column.kind, average=mixed.average))
    _must_point(found, metric)
    return Search(column, question, metric, found, tuple(unique))


def _total(terms: Sequence[tuple[float, str]], kind: Kind, *, average: bool) -> str:
    """Return a sum, or an average, of vectors as text. Sparse ones may have a thousand million places."""
    if kind is not Kind.SPARSEVEC:
        numbers = [(weight, literal.numbers_of(text, kind)) for weight, text in terms]
        return literal.written(arithmetic.combined(numbers, average=average), kind)
    places = [(weight, literal.places_of(text)) for weight, text in terms]
    return literal.written_places(arithmetic.combined_places(places, average=average), _length(terms[0][1], kind))


async def _vectors(session: Session, column: VectorColumn, rows: Sequence[Key]) -> list[str]:
    queries = [vector_of(column, key) for key in rows]
    doing = f"reading vectors of {column.label}"
    try:
        answers = await session.read(*queries, doing=doing)
    except StatementFailed as failure:
        if not keys.not_a_value(failure):
            raise
        if len(rows) > 1:  # which one it was, they tell one by one
            return [vector for key in rows for vector in await _vectors(session, column, [key])]
        raise keys.refused(column, rows[0], failure) from failure
    return [vector_in(column, key, found) for key, found in zip(rows, answers, strict=True)]


async def vector(session: Session, column: VectorColumn, key: Key) -> str:
    """Return the vector of a row. Raises UsageError for a key that can be none, or that no row with a vector has."""
    keys.check(column, key)
    [found] = await _vectors(session, column, [key])
    return found


def vector_of(column: VectorColumn, key: Key) -> Query:
    """Return the statement that reads the vector of a row."""
    sql = SQL("SELECT t.{} FROM {} AS t WHERE {}").format(
        named(column.name), named(column.schema, column.table), operand.same(column, "t", "q")
    )
    return Query(sql, operand.keyed(key, "q"), as_text=True)


def vector_in(column: VectorColumn, key: Key, rows: Sequence[Sequence[str | None]]) -> str:
    """Return what that statement gave. Raises UsageError when there is no such row, or no vector in it."""
    if not rows:
        raise UsageError(
            f"{sanitize(column.table)} has no row {keys.said(key)}.",
            hint=f"A row is named by its {', '.join(map(sanitize, column.key))}{_hidden(column)}.",
        )
    if rows[0][0] is None:
        raise UsageError(f"Row {keys.said(key)} has no {sanitize(column.name)}: it is null.", hint="Fill it first.")
    return rows[0][0]


def _hidden(column: VectorColumn) -> str:
    return ", and a policy shows this role only some of them" if column.row_security else ""


def _of_text(column: VectorColumn, text: str) -> operand.Operand:
    return operand.literal(column, text, column.dimensions or _length(text, column.kind))


def _length(text: str, kind: Kind) -> int:
    if kind is Kind.BIT:
        return len(text)
    return int(text.rpartition("/")[2]) if kind is Kind.SPARSEVEC else text.count(",") + 1


def _must_point(found: operand.Operand, metric: Metric) -> None:
    if metric is Metric.COSINE and literal.is_zero(str(found.params["vector"])):
        raise UsageError(
            "This vector is nothing but zeros: it points nowhere, and no cosine distance to it is a number.",
            hint="Search by another metric, such as l2.",
        )
