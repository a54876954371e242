"""Rows whose text stands in JSON: it is found, shown, searched, and embedded."""

from __future__ import annotations

from types import MappingProxyType

import pytest

from console.db.guard import consent
from console.db.session import Session
from console.errors import UsageError
from console.vectors import text_path
from console.vectors.column import VectorColumn
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.filling import declared
from console.vectors.filling.filling import fill
from console.vectors.finding import find_one
from console.vectors.metric import Kind
from console.vectors.quality.scatter import scatter
from console.vectors.search.fulltext import texts_there
from console.vectors.search.hit import Found
from console.vectors.search.question import FullText, Hybrid, Like, Question, Words
from console.vectors.search.reading_text import likeliest, texts
from console.vectors.search.searching import search
from tests.vectors.search.conftest import Opener

pytestmark = pytest.mark.vector

# As vecs makes it, with one document that holds no text, one that is no object, and one of a text that looks like SQL.
VECS = """
    CREATE EXTENSION vector;
    CREATE TABLE articles (id varchar PRIMARY KEY, vec vector(64), metadata jsonb NOT NULL DEFAULT '{}');
    INSERT INTO articles (id, metadata) SELECT 'a' || i, jsonb_build_object('source', i || '.md', 'page', i,
        'text', 'number ' || i || ' speaks of ' || (ARRAY['harbours', 'yeast', 'galaxies'])[i % 3 + 1])
    FROM generate_series(1, 30) AS i;
    INSERT INTO articles (id, metadata) VALUES ('none', '{"page": 1}'), ('list', '["text"]'),
        ('odd', '{"text": "it''s 100% %s ''harbours''", "O''Brien": {"deep": "x"}}');
"""
TEXT = "metadata->>'text'"


async def filled(session: Session, *texts: str) -> VectorColumn:
    column = await find_one(session, "articles")
    word = consent(session.target, action="fill")
    done = [each async for each in fill(session, [declared.of(column, texts)], HashingEmbedder(64), word)]
    assert (done[-1].rows, done[-1].failed) == (31, 0)
    return await find_one(session, "articles")


def told(found: Found) -> list[str | None]:
    return [text_path.read(found.text_column, found.columns, hit.row) for hit in found.hits]


async def test_it_is_found_shown_searched_and_embedded(opened: Opener) -> None:
    session = await opened(VECS)
    column = await filled(session, TEXT)
    assert (await texts_there(session, column))[0] == TEXT
    near = await search(session, column, Question(Words("harbours"), k=5), HashingEmbedder(64))
    assert near.text_column == TEXT
    assert all("harbours" in (text or "") for text in told(near))
    by_words = await search(session, column, Question(FullText("yeast"), k=20))
    assert (len(by_words.hits), by_words.text_column) == (10, TEXT)
    assert "no index has metadata->>'text'" in by_words.remarks[-1]
    both = await search(session, column, Question(Hybrid("galaxies"), k=10), HashingEmbedder(64))
    assert all("galaxies" in (text or "") for text in told(both))


async def test_it_names_and_colours_the_points_of_a_picture(opened: Opener) -> None:
    session = await opened(VECS)
    column = await filled(session, TEXT)
    drawn = await scatter(session, column, label=TEXT, colour="metadata->>'source'")
    assert sorted(mark.label or "" for mark in drawn.marks)[-1].startswith("number 9 speaks of ")
    assert "1.md" in drawn.categories


async def test_an_index_of_it_is_used(opened: Opener) -> None:
    session = await opened(
        VECS + "CREATE INDEX ON articles USING gin (to_tsvector('german', metadata ->> 'text')); ANALYZE;",
        by_index=True,
    )
    column = await find_one(session, "articles")
    found = await search(session, column, Question(FullText("yeast"), k=20), plan=True)
    assert len(found.hits) == 10
    assert "to_tsvector('german'::regconfig" in found.sql
    assert found.remarks == ()
    assert found.plan is not None
    assert "Bitmap Index Scan" in "\n".join(found.plan.text)
    assert found.plan.badge == "index articles_to_tsvector_idx"


@pytest.mark.parametrize(
    ("wanted", "hits"),
    [("metadata ->> 'text'", 10), ("metadata->>'source'", 0), ("metadata->'O''Brien'->>'deep'", 0), ("id", 0)],
)
async def test_it_may_be_named(opened: Opener, wanted: str, hits: int) -> None:
    session = await opened(VECS)
    column = await find_one(session, "articles")
    found = await search(session, column, Question(FullText("yeast"), k=20, text_column=wanted))
    assert len(found.hits) == hits
    named = text_path.parse(wanted, column.columns)
    assert named is not None
    assert found.text_column == named.name


@pytest.mark.parametrize("wanted", ["page", "metadata", "id->>'text'", "meta->>'text'", "metadata->>'text' || id"])
async def test_what_is_no_text(opened: Opener, wanted: str) -> None:
    session = await opened(VECS)
    column = await find_one(session, "articles")
    with pytest.raises(UsageError, match="has no text column") as caught:
        await search(session, column, Question(FullText("yeast"), text_column=wanted))
    assert caught.value.hint.startswith(f"There are: {TEXT}, ")
    if wanted != "metadata":
        with pytest.raises(UsageError, match="here is no column"):
            word = consent(session.target, action="fill")
            _ = [each async for each in fill(session, [declared.of(column, [wanted])], HashingEmbedder(64), word)]


async def test_why_no_index_is_not_told_by_the_row_that_was_asked_by(opened: Opener) -> None:
    """The row's vector is read by the index of the key; that is not how the others are found."""
    session = await opened(VECS + "CREATE INDEX ON articles USING hnsw (vec vector_cosine_ops);")
    column = await filled(session, TEXT)
    found = await search(session, column, Question(Like(("a3",)), k=5), plan=True)
    assert found.plan is not None
    assert found.plan.because == "the planner finds reading 33 rows cheaper"


HOSTILE = """
    CREATE EXTENSION vector;
    CREATE TABLE odd (id int PRIMARY KEY, "meta""data %s" json, v vector(2));
    INSERT INTO odd VALUES (1, '{"te''xt %s": "yeast wants warmth"}', '[1,2]'), (2, '[1]', '[1,3]'), (3, NULL, '[2,1]');
"""


async def test_names_that_are_odd(opened: Opener) -> None:
    session = await opened(HOSTILE)
    odd = await find_one(session, "odd")
    path = """"meta""data %s"->>'te''xt %s'"""
    assert await texts_there(session, odd) == (path,)
    found = await search(session, odd, Question(FullText("yeast")))
    assert (told(found), found.text_column) == (["yeast wants warmth"], path)
    word = consent(session.target, action="fill")
    await run(session, "UPDATE odd SET v = NULL")
    done = [each async for each in fill(session, [declared.of(odd, [path])], HashingEmbedder(2), word)]
    assert done[-1].rows == 1


async def run(session: Session, sql: str) -> None:
    async with session.writing(consent(session.target, action="empty")) as writer:
        await writer.execute(sql)


def column(**types: str) -> VectorColumn:
    facts = (1, "public", "t", "e", Kind.VECTOR, 3, "public", "0.8.5")
    return VectorColumn(*facts, key=("id",), columns=MappingProxyType({"id": "text", **types}))


@pytest.mark.parametrize(
    ("types", "row", "expected"),
    [
        ({"m": "jsonb"}, ['{"text": "a b", "source": "a long name of a file.pdf"}'], "m->>'text'"),
        ({"payload": "json"}, ['{"data": "what is remembered", "hash": "0123456789abcdef"}'], "payload->>'data'"),
        ({"m": "jsonb"}, ['{"node": {"text": "deep"}, "title": "T"}'], "m->'node'->>'text'"),
        ({"m": "jsonb"}, ['{"kind": "x", "words": "longer than the other"}'], "m->>'words'"),
        ({"m": "jsonb"}, ['{"n": 1, "list": ["text"]}'], "id"),
        ({"m": "jsonb"}, [None], "id"),
        ({"m": "jsonb", "content": "text"}, ['{"text": "in JSON"}', "in its column"], "content"),
        ({"m": "jsonb", "title": "text"}, ['{"text": "in JSON"}', "T"], "m->>'text'"),
        ({"m": "jsonb", "title": "text"}, ['{"source": "in JSON"}', "T"], "title"),
        ({"m": "jsonb", "words": "text"}, ['{"source": "a longer one in JSON"}', "short"], "words"),
        ({"odd name": "jsonb"}, ['{"text": "a"}'], "\"odd name\"->>'text'"),
    ],
)
def test_which_text_is_likeliest(types: dict[str, str], row: list[str | None], expected: str) -> None:
    names = ["id", *types]
    assert likeliest(column(**types), names, [("key", *row)]) == expected
    assert texts(column(**types), names, [("key", *row)])[0] == expected
