"""Full text search: what of a table PostgreSQL can search in, by which configuration, and the statement for it."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from console.db.compose import SQL, Composable, Composed
from console.db.composing import verbatim
from console.db.query import Query
from console.db.session import Session
from console.errors import UsageError
from console.sql import grammar, queries, quoting
from console.text import sanitize
from console.vectors import text_path
from console.vectors.column import VectorColumn
from console.vectors.search.approach import where
from console.vectors.search.composing import free, selected, shown, table
from console.vectors.search.question import Question
from console.vectors.search.reading_text import document_columns, is_text, says_it_all, text_columns, texts
from console.vectors.search.reading_text import named as by_name
from console.vectors.search.statement import Statement, anded, named

_KEPT = 60.0
_MOST = 1_000  # words
_CONFIGURATION = re.compile(r"to_tsvector\('((?:[^']|'')+)'::regconfig")
_MEMBER = re.compile(r"(\w+|\"[^\"]+\") ->> ('(?:[^']|'')+')::text")
_SOME = 20  # rows
# By the length of the text, and brought between 0 and 1.
_NORMALIZED = "33"


@dataclass(frozen=True, slots=True)
class Document:
    """What is searched in: an expression over the columns of the table, read by a configuration.

    `texts` are the columns that it is made of, as far as that is known.
    """

    sql: str
    configuration: str
    texts: tuple[str, ...]
    indexed: bool


@dataclass(frozen=True, slots=True)
class _Fact:
    column_name: str | None
    expression: str | None
    indexed: bool
    configuration: str | None


async def document(session: Session, column: VectorColumn, wanted: str | None = None) -> Document:
    """Return what full text search reads: what is indexed for it, else the text column that is wanted or likeliest.

    One round trip, and none for the next minute. Raises UsageError when the table has no such column.
    """
    facts, there = await _known(session, column)
    return choose(column, facts, wanted, there)


async def texts_there(session: Session, column: VectorColumn) -> tuple[str, ...]:
    """Return all that may be a row's text, paths into JSON among it, the likeliest first; as `document` asks for it."""
    return (await _known(session, column))[1]


_Known = tuple[list["_Fact"], tuple[str, ...]]
_known_of: WeakKeyDictionary[Session, dict[tuple[str, int], tuple[float, _Known]]] = WeakKeyDictionary()


async def _known(session: Session, column: VectorColumn) -> _Known:
    """Return what is indexed for full text search, and where texts are: in JSON too, where no column is the text."""
    known = _known_of.setdefault(session, {})
    asked = (session.target.name, column.table_oid)
    at, found = known.get(asked, (0.0, ([], ())))
    if not found[0] or time.monotonic() - at > _KEPT:
        columns = () if says_it_all(column) else (*text_columns(column), *document_columns(column))
        query = Query(queries.load("vectors/text_search"), {"relation": column.table_oid}, row=_Fact)
        some = [_some(column, columns)] if columns else []
        facts, *rows = await session.read(query, *some, doing="looking for full text indexes")
        found = (facts, texts(column, columns, rows[0]) if rows else text_columns(column))
        known[asked] = (time.monotonic(), found)
    return found


def _some(column: VectorColumn, columns: Sequence[str]) -> Query:
    """Return what reads some rows, to see what their JSON holds."""
    listed = SQL(", ").join([named("t", each) for each in columns])
    sql = SQL("SELECT {} FROM {} LIMIT %(some)s").format(listed, table(column))
    return Query(sql, {"some": _SOME}, as_text=True)


def choose(
    column: VectorColumn, facts: Sequence[_Fact], wanted: str | None, there: Sequence[str] | None = None
) -> Document:
    """Return the document to search in; `there` are the texts, the likeliest first. Raises UsageError."""
    there = text_columns(column) if there is None else there
    wanted = _wanted(column, wanted, there)
    default = next((fact.configuration for fact in facts if fact.configuration), "simple").removeprefix("pg_catalog.")
    made = [_made(column, fact, default) for fact in facts if not fact.configuration]
    likely = wanted or by_name(there)
    fitting = [each for each in made if (wanted is None or each.texts == (wanted,)) and each.configuration]
    if fitting:
        return min(fitting, key=lambda each: (not each.indexed, likely not in each.texts, each.texts != (likely,)))
    chosen = wanted or next(iter(there), None)
    if chosen is None:
        raise UsageError(
            f"{sanitize(column.table)} has no column of text that full text search could read.",
            hint="Search by a row, by a vector, or by words through an embedder.",
        )
    return Document(_of_text(column, chosen, default), default, (chosen,), indexed=False)


def matches(document: Document) -> Composed:
    """Return the condition that a document has the words; `text` is their parameter."""
    return SQL("{} OPERATOR(pg_catalog.@@) {}").format(verbatim(document.sql), wanted(document))


def rank(document: Document) -> Composed:
    """Return how well a document has the words, between 0 and 1."""
    return SQL("pg_catalog.ts_rank_cd({}, {}, {})").format(
        verbatim(document.sql), wanted(document), verbatim(_NORMALIZED)
    )


def wanted(document: Document) -> Composed:
    """Return the words as a tsquery, as people write them to search engines."""
    configuration = verbatim(quoting.literal(document.configuration))
    return SQL("pg_catalog.websearch_to_tsquery({}::pg_catalog.regconfig, %(text)s)").format(configuration)


def must_be_bearable(text: str) -> None:
    """Raise UsageError for more words than a server takes: each is a step deeper in what it makes of them."""
    words = len(text.split())
    if words > _MOST:
        raise UsageError(
            f"These are {words:,} words, and full text search takes {_MOST:,} at most.",
            hint="Search by meaning with all of them, or by full text with those that matter.",
        )


def understood(document: Document, text: str) -> Query:
    """Return the statement that tells what is left of the words: 'reset' & 'password', or nothing at all."""
    return Query(SQL("SELECT {}::pg_catalog.text").format(wanted(document)), {"text": text}, as_text=True)


def by_text(column: VectorColumn, question: Question, document: Document, text: str) -> Statement:
    """Return the statement that finds the rows whose text has the words, the best first."""
    columns = shown(column)
    keys = Composed([SQL(", {}").format(named("t", each)) for each in column.key])
    sql = SQL("SELECT\n    {rank} AS {name}{columns}\nFROM {table}{where}\nORDER BY 1 DESC{keys}\nLIMIT {k}").format(
        rank=rank(document),
        name=named(free("score", columns)),
        columns=selected(columns),
        table=table(column),
        where=anded(conditions(document, question)),
        keys=keys,
        k=verbatim(str(question.k)),
    )
    return Statement((), sql, {"text": text}, ("score",), columns, own_path=bool(question.where.strip()))


def conditions(document: Document, question: Question) -> list[Composable]:
    """Return which rows full text search finds."""
    return [matches(document), *where(question)]


def _made(column: VectorColumn, fact: _Fact, default: str) -> Document:
    sql = fact.expression or ""
    found = _CONFIGURATION.search(sql)
    configuration = found[1].replace("''", "'") if found else (default if fact.column_name else "")
    if fact.column_name is not None:
        return Document(f"t.{quoting.ident(fact.column_name)}", configuration, _columns_in(column, sql), fact.indexed)
    return Document(f"({sql})", configuration, _columns_in(column, sql), fact.indexed)


def _columns_in(column: VectorColumn, expression: str) -> tuple[str, ...]:
    """Return the text columns that an expression of the server's reads, in the order it names them."""
    if not expression:
        return ()
    tree = grammar.tree(f"SELECT {expression}")
    names = [grammar.words(node.fields["fields"]) for node in grammar.nodes(tree) if node.kind == "ColumnRef"]
    plain = [name[-1] for name in names if name and name[-1] in text_columns(column)]
    members = [text_path.parse(f"{each[1]}->>{each[2]}", column.columns) for each in _MEMBER.finditer(expression)]
    return tuple(dict.fromkeys([*plain, *(path.name for path in members if path is not None)]))


def _of_text(column: VectorColumn, name: str, configuration: str) -> str:
    literal = quoting.literal(configuration)
    path = text_path.parse(name, column.columns) or text_path.TextPath(name)
    text = f"({path.expression('t')})" if path.members else f"t.{quoting.ident(name)}::pg_catalog.text"
    return f"pg_catalog.to_tsvector({literal}::pg_catalog.regconfig, {text})"


def _wanted(column: VectorColumn, wanted: str | None, there: Sequence[str]) -> str | None:
    """Return the text that a person names, as it is known here. Raises UsageError."""
    if wanted is None:
        return None
    path = text_path.parse(wanted, column.columns)
    type_name = column.columns.get(path.column, "") if path else ""
    if path is not None and (text_path.is_document(type_name) if path.members else is_text(type_name)):
        return path.name
    raise UsageError(
        f"{sanitize(column.table)} has no text column {sanitize(wanted)}.",
        hint=f"There are: {', '.join(map(sanitize, there[:20])) or 'none'}.",
    )
