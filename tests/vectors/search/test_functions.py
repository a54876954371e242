"""Searching through the database's own functions: found by their signature, called with arguments by name."""

from __future__ import annotations

import psycopg
import pytest

from console.db.session import Session
from console.errors import MayWrite, StatementFailed, UsageError
from console.vectors.embedders.embedder import written
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.finding import find as columns_of
from console.vectors.search.function import Function
from console.vectors.search.functions import call, find
from console.vectors.search.question import Pasted, Words
from tests.databases import Databases
from tests.vectors.search.conftest import Opener

pytestmark = pytest.mark.vector

# As Supabase's documentation has it, in a schema of the path; then what is odd about other people's functions.
SUPABASE = """
    CREATE SCHEMA extensions;
    CREATE EXTENSION vector WITH SCHEMA extensions;
    SET search_path = public, extensions;
    CREATE TABLE documents (id bigserial PRIMARY KEY, content text, metadata jsonb, embedding vector(3));
    INSERT INTO documents (content, metadata, embedding) VALUES
        ('about apples', '{"lang": "en"}', '[1,0,0]'), ('über Birnen', '{"lang": "de"}', '[0,1,0]'),
        ('about plums', '{"lang": "en"}', '[0.9,0.1,0]');
    CREATE FUNCTION match_documents (
        query_embedding vector(3), match_count int DEFAULT null, filter jsonb DEFAULT '{}'
    ) RETURNS TABLE (id bigint, content text, metadata jsonb, embedding vector, similarity float)
    LANGUAGE plpgsql AS $$
    #variable_conflict use_column
    BEGIN
        RETURN QUERY SELECT id, content, metadata, embedding, 1 - (documents.embedding <=> query_embedding)
        FROM documents WHERE metadata @> filter ORDER BY documents.embedding <=> query_embedding LIMIT match_count;
    END; $$;
    CREATE FUNCTION "Near ""it"" there" ("the %vector" vector) RETURNS SETOF documents STABLE
        BEGIN ATOMIC SELECT * FROM documents AS d ORDER BY d.embedding <-> "the %vector"; END;
    CREATE FUNCTION nameless (text, vector, int DEFAULT 2) RETURNS SETOF text STABLE LANGUAGE sql
        AS $$ SELECT $1 || content FROM documents ORDER BY embedding <-> $2 LIMIT $3 $$;
    CREATE FUNCTION writing (v vector) RETURNS SETOF documents LANGUAGE sql
        AS $$ UPDATE documents SET metadata = NULL WHERE embedding <-> v < 1 RETURNING * $$;
    CREATE FUNCTION no_rows (v vector) RETURNS float STABLE LANGUAGE sql AS $$ SELECT 1.0::float $$;
    CREATE FUNCTION any_record (v vector) RETURNS SETOF record STABLE LANGUAGE sql AS $$ SELECT 1, 2 $$;
    CREATE FUNCTION no_vector (v text) RETURNS SETOF documents STABLE LANGUAGE sql AS $$ SELECT * FROM documents $$;
"""


async def supabase(opened: Opener, databases: Databases) -> tuple[Session, dict[str, Function]]:
    session = await opened(SUPABASE)
    with databases.connect(session.target) as connection:
        path = f'ALTER DATABASE "{session.target.database}" SET search_path = public, extensions'
        connection.execute(path.encode())
    await session.close()
    return session, {each.name: each for each in await find(session)}


async def test_functions_are_found_by_their_signature(opened: Opener, databases: Databases) -> None:
    _, functions = await supabase(opened, databases)
    assert sorted(functions) == ['Near "it" there', "match_documents", "nameless", "writing"]
    match = functions["match_documents"]
    assert (match.vector.name, match.vector.type) == ("query_embedding", "extensions.vector")
    assert [(each.name, each.type, each.default) for each in match.asked] == [
        ("match_count", "integer", "NULL::integer"),
        ("filter", "jsonb", "'{}'::jsonb"),
    ]
    assert [name for name, _ in match.columns] == ["id", "content", "metadata", "embedding", "similarity"]
    assert match.volatile
    assert not functions["nameless"].volatile
    assert functions["nameless"].columns == (("nameless", "text"),)


async def test_supabases_function_is_called_once_a_person_agrees(opened: Opener, databases: Databases) -> None:
    session, functions = await supabase(opened, databases)
    match = functions["match_documents"]
    with pytest.raises(MayWrite) as caught:
        await call(session, match, Pasted("[1,0,0]"), {})
    assert "match_documents" in caught.value.detail
    assert "volatile" in caught.value.detail
    found = await call(
        session, match, Pasted("1 0 0"), {"filter": '{"lang": "en"}'}, k=2, allow_functions=True, dimensions=3
    )
    assert found.columns == ("id", "content", "metadata", "similarity"), "vectors are left out"
    assert [hit.row[1] for hit in found.hits] == ["about apples", "about plums"]
    assert [hit.key for hit in found.hits] == [("1",), ("3",)]
    assert found.hits[0].similarity == pytest.approx(1)
    assert found.text_column == "content"
    with databases.connect(session.target) as connection:
        rows = connection.execute(found.sql.encode()).fetchall()
    assert [row[1] for row in rows] == ["about apples", "about plums"]


async def test_names_that_are_odd_and_arguments_that_have_none(opened: Opener, databases: Databases) -> None:
    session, functions = await supabase(opened, databases)
    near = await call(session, functions['Near "it" there'], Pasted("[0,1,0]"), {}, k=1)
    assert [hit.row[1] for hit in near.hits] == ["über Birnen"]
    found = await call(session, functions["nameless"], Pasted("[0,1,0]"), {"1": "100 % "})
    assert [hit.row[0] for hit in found.hits] == ["100 % über Birnen", "100 % about plums"]
    assert len((await call(session, functions["nameless"], Pasted("[0,1,0]"), {"1": "", "3": "1"})).hits) == 1


@pytest.mark.parametrize(
    ("name", "by", "arguments", "title"),
    [
        ("nameless", "[1,0,0]", {}, "public.nameless wants more than a vector: 1 (text)."),
        ("nameless", "[1,0,0]", {"1": "", "lang": "de"}, "public.nameless has no argument lang."),
        ("nameless", "[1,0,x]", {"1": ""}, "This is no vector: number 3, line 1, column 6, is “x”."),
    ],
)
async def test_what_is_asked_wrongly_is_said(
    opened: Opener, databases: Databases, name: str, by: str, arguments: dict[str, str], title: str
) -> None:
    session, functions = await supabase(opened, databases)
    with pytest.raises(UsageError) as caught:
        await call(session, functions[name], Pasted(by), arguments)
    assert caught.value.title == title


async def test_a_function_that_writes_cannot(opened: Opener, databases: Databases) -> None:
    session, functions = await supabase(opened, databases)
    with pytest.raises(StatementFailed, match="read-only transaction"):
        await call(session, functions["writing"], Pasted("[1,0,0]"), {}, allow_functions=True)


async def test_a_wrong_dimension_is_the_servers_to_tell(opened: Opener, databases: Databases) -> None:
    session, functions = await supabase(opened, databases)
    with pytest.raises(StatementFailed, match="different vector dimensions 3 and 2"):
        await call(session, functions['Near "it" there'], Pasted("[1,0]"), {})


async def test_without_the_extension_there_are_none(opened: Opener) -> None:
    assert await find(await opened("CREATE FUNCTION f(v text) RETURNS SETOF text LANGUAGE sql RETURN v")) == ()


async def test_a_call_is_one_round_trip_from_the_second_on(opened: Opener, databases: Databases) -> None:
    session, functions = await supabase(opened, databases)
    for trips in (3, 1):
        before = session.trips
        await call(session, functions["nameless"], Pasted("[0,1,0]"), {"1": str(trips)})
        assert session.trips - before == trips


KIMBLEAI = {
    "get_comprehensive_context": "messages",
    "search_category_content": "knowledge_base",
    "search_files": "files",
    "search_knowledge_base": "knowledge_base",
    "search_memory_chunks": "memory_chunks",
}


@pytest.fixture
async def kimbleai(opened: Opener, databases: Databases) -> Session:
    session = await opened("kimbleai")
    with databases.connect(session.target) as connection:
        _fill(connection)
    return session


def _fill(connection: psycopg.Connection) -> None:
    """Give every row with a text the hashing embedder's vector of it, as the demo has them."""
    for table, text in (
        ("knowledge_base", "title || ' ' || content"),
        ("memory_chunks", "content"),
        ("files", "concat_ws(' ', filename, processed_content)"),
    ):
        rows = connection.execute(f"SELECT id::text, {text} FROM public.{table}".encode()).fetchall()
        vectors = HashingEmbedder().vectors([words or "" for _, words in rows])
        padding = ",".join(["0"] * 512)
        made = [
            (f"{written(vector)[:-1]},{padding}]", key)
            for (key, _), vector in zip(rows, vectors, strict=True)
            if vector
        ]
        with connection.cursor() as cursor:
            cursor.executemany(f"UPDATE public.{table} SET embedding = %s::vector WHERE id::text = %s".encode(), made)
    connection.execute("REINDEX INDEX public.idx_knowledge_base_embedding")


async def test_kimbleais_functions_work(kimbleai: Session, databases: Databases) -> None:
    functions = {each.name: each for each in await find(kimbleai)}
    assert sorted(functions) == sorted(KIMBLEAI)
    columns = await columns_of(kimbleai)
    for name, table in KIMBLEAI.items():
        column = functions[name].reads(columns)
        assert column is not None
        assert column.table == table
    with databases.connect(kimbleai.target) as connection:
        [(user, category)] = connection.execute(
            "SELECT user_id, category_id FROM public.knowledge_base WHERE category_id IS NOT NULL"
            " GROUP BY 1, 2 ORDER BY count(*) DESC LIMIT 1"
        ).fetchall()
        [(words,)] = connection.execute(
            "SELECT title FROM public.knowledge_base WHERE user_id = %s AND category_id = %s ORDER BY id LIMIT 1",
            [user, category],
        ).fetchall()
    for name, function in functions.items():
        given = {"p_user_id": user, "similarity_threshold": "0.05"}
        if name == "search_category_content":
            given["p_category_id"] = category
        found = await call(kimbleai, function, Words(words), given, _Padded(), k=5)
        assert found.hits, name
        similarities = [hit.similarity for hit in found.hits]
        assert similarities == sorted(similarities, reverse=True)
        assert found.seconds > 0


class _Padded(HashingEmbedder):
    """As the demo's columns have it."""

    def vectors(self, texts: list[str]) -> list[tuple[float, ...] | None]:
        return [vector and (*vector, *[0.0] * 512) for vector in super().vectors(texts)]


async def test_a_function_finds_the_operators_where_nobody_has_set_a_path(opened: Opener, databases: Databases) -> None:
    session = await opened(SUPABASE)
    [match] = [each for each in await find(session) if each.name == "match_documents"]
    found = await call(session, match, Pasted("[1,0,0]"), {}, k=2, allow_functions=True)
    assert [hit.row[1] for hit in found.hits] == ["about apples", "about plums"]
    assert "SET LOCAL search_path = " in found.sql
    with databases.connect(session.target) as connection:
        connection.execute(found.sql.encode())
