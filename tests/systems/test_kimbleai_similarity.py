"""The searches of kimbleai on vectors made for it: what is similar enough, whose it is, and who may look for it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from tests.databases import Databases
from tests.systems.kimbleai_people import acting, opened

pytestmark = pytest.mark.vector
NORTH = "[" + ",".join(["1", *["0"] * 1535]) + "]"
SIMILAR = {"same": 1.0, "near": 0.9, "half": 0.5, "just": 0.31, "hardly": 0.29, "opposite": -1.0}
"""Rows by name, with the similarity to NORTH that their vector is made for."""
SOURCES = {
    "search_knowledge_base": ("knowledge_base", "", ""),
    "search_memory_chunks": ("memory_chunks", "", ""),
    "search_files": (
        "files",
        ", filename, original_filename, file_type, mime_type, size_bytes, storage_path",
        ", 'f', 'f', 'pdf', 'application/pdf', 1, '/f'",
    ),
    "search_category_content": ("knowledge_base", ", category_id", ", 'dnd'"),
    "get_comprehensive_context": ("messages", ", id, conversation_id, role", ", {content}, 'c-own', 'user'"),
}
"""Each function with a table that it looks into, and what a row there needs besides."""
COLUMNS = {
    "search_knowledge_base": "id title content category similarity created_at",
    "search_memory_chunks": "id content chunk_type similarity created_at",
    "search_files": "id filename file_type processed_content similarity created_at",
    "search_category_content": "id title content similarity created_at",
    "get_comprehensive_context": "source id content similarity created_at",
}
EVERY = pytest.mark.parametrize("function", SOURCES)


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection to a small kimbleai instead of the sample data."""
    yield from opened(databases)


@pytest.fixture
def searched(connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """Return the connection with only the rows above, and some that no search may give, in every source."""
    for table in {table for table, *_ in SOURCES.values()}:
        connection.execute(f"DELETE FROM public.{table}".encode())
    for function in SOURCES.keys() - {"search_knowledge_base"}:  # search_category_content fills its table, too
        for name, similarity in reversed(SIMILAR.items()):
            _add(connection, function, name, _vector(similarity))
        _add(connection, function, "without", None)
        _add(connection, function, "zeros", "[" + ",".join(["0"] * 1536) + "]")
        _add(connection, function, "foreign", NORTH, "stranger")
    return connection


@EVERY
def test_a_search_names_its_columns(connection: psycopg.Connection[Any], function: str) -> None:
    arguments = _arguments(function, "owner")
    places = ", ".join(["%s"] * len(arguments))
    described = connection.execute(f"SELECT * FROM public.{function}({places})".encode(), arguments).description
    assert described is not None
    assert [column.name for column in described] == COLUMNS[function].split()


@EVERY
def test_a_search_gives_what_is_similar_enough_most_similar_first(
    searched: psycopg.Connection[Any], function: str
) -> None:
    if function == "get_comprehensive_context":  # its other three sources have tests of their own
        for table in ("knowledge_base", "memory_chunks", "files"):
            searched.execute(f"DELETE FROM public.{table}".encode())
    with acting(searched, "owner"):
        found = _found(searched, function, "owner")
        every = _found(searched, function, "owner", 10, -1)
        two = _found(searched, function, "owner", 2)
        measured = _found(searched, function, "owner", 10, two[1][1])
    assert dict(found) == pytest.approx({name: value for name, value in SIMILAR.items() if value >= 0.3}, abs=1e-6)
    assert [name for name, _ in found] == ["same", "near", "half", "just"]
    assert [name for name, _ in every] == list(SIMILAR)
    assert [name for name, _ in two] == ["same", "near"]
    assert measured == two  # at least so similar: what is exactly so similar is in


@EVERY
@pytest.mark.parametrize(
    ("person", "whose", "expected"),
    [
        ("owner", "stranger", []),
        ("stranger", "owner", []),
        ("stranger", "stranger", ["foreign"]),
        ("admin", "stranger", ["foreign"]),
        ("owner", None, []),
        ("nobody", "owner", []),
    ],
)
def test_a_search_gives_only_what_is_that_persons_and_may_be_seen(
    searched: psycopg.Connection[Any], function: str, person: str, whose: str | None, expected: list[str]
) -> None:
    with acting(searched, person):
        assert {name for name, _ in _found(searched, function, whose)} == set(expected)


@EVERY
def test_anon_may_not_search(searched: psycopg.Connection[Any], function: str) -> None:
    with acting(searched, "anon"), pytest.raises(InsufficientPrivilege):
        _found(searched, function, "owner")


@EVERY
def test_a_search_looks_through_ten_lists(searched: psycopg.Connection[Any], function: str) -> None:
    with acting(searched, "owner"):
        _found(searched, function, "owner")
        assert searched.execute("SELECT current_setting('ivfflat.probes')").fetchall() == [("10",)]


@EVERY
def test_a_search_can_use_the_index(searched: psycopg.Connection[Any], function: str) -> None:
    """Where the table is too small for it, the planner has to be pushed; the scans are counted at once."""
    counted = "SELECT sum(pg_stat_get_xact_numscans(c.oid)) FROM pg_class c WHERE relname ~ '^idx_.*_embedding$'"
    searched.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
    for table in {table for table, *_ in SOURCES.values()}:
        searched.execute(f"REINDEX INDEX public.idx_{table}_embedding".encode())
    [(before,)] = searched.execute(counted).fetchall()
    with acting(searched, "owner"):
        _found(searched, function, "owner")
        [(after,)] = searched.execute(counted).fetchall()
    assert after - before == (4 if function == "get_comprehensive_context" else 1)


def test_a_plain_role_may_search_first_of_all(databases: Databases, shared: psycopg.Connection[Any]) -> None:
    """In a session in which the extension was not loaded yet, its setting is a stranger to the server."""
    with databases.connect(shared.info.dbname) as fresh, acting(fresh, "owner"):
        assert len(_found(fresh, "search_knowledge_base", "owner")) == 2


@pytest.mark.parametrize(("function", "most"), [*((name, 10) for name in SOURCES if name.startswith("search")),
                                                ("get_comprehensive_context", 20)])  # fmt: skip
def test_so_many_are_found_when_nobody_says_how_many(
    searched: psycopg.Connection[Any], function: str, most: int
) -> None:
    for number in range(25):
        _add(searched, function, f"more {number}", NORTH)
    assert len(_found(searched, function, "owner")) == most


def test_context_is_the_best_of_four_sources(searched: psycopg.Connection[Any]) -> None:
    searched.execute("UPDATE public.files SET processed_content = NULL, filename = 'a.pdf'")
    with acting(searched, "owner"):
        found = searched.execute(
            "SELECT source, content, round(similarity::numeric, 2) FROM public.get_comprehensive_context(%s, 'owner')",
            [NORTH],
        ).fetchall()
        best = _found(searched, "get_comprehensive_context", "owner", 6)
    wanted = {name: Decimal(str(value)) for name, value in SIMILAR.items() if value > 0.3}
    expected = [(source, *row) for source in ("knowledge", "memory", "message") for row in wanted.items()]
    expected += [("file", "a.pdf", value) for value in wanted.values()]
    assert sorted(found) == sorted(expected)
    assert [similarity for _, similarity in best] == pytest.approx([1, 1, 1, 1, 0.9, 0.9])


def test_a_search_in_a_category_leaves_the_others_out(searched: psycopg.Connection[Any]) -> None:
    searched.execute("UPDATE public.knowledge_base SET category_id = 'general' WHERE content = 'same'")
    searched.execute("UPDATE public.knowledge_base SET category_id = NULL WHERE content = 'half'")
    with acting(searched, "owner"):
        assert [name for name, _ in _found(searched, "search_category_content", "owner")] == ["near", "just"]


def _vector(similarity: float) -> str:
    """Return a unit vector that is so similar to NORTH."""
    return "[" + ",".join([str(similarity), str(math.sqrt(1 - similarity**2)), *["0"] * 1534]) + "]"


def _add(
    connection: psycopg.Connection[Any], function: str, content: str, embedding: str | None, user: str = "owner"
) -> None:
    table, columns, values = SOURCES[function]
    text = "processed_content" if table == "files" else "content"
    connection.execute(
        f"INSERT INTO public.{table} (user_id, {text}, embedding{columns})"
        f" VALUES (%(user)s, %(content)s, %(embedding)s{values.format(content='%(content)s')})".encode(),
        {"user": user, "content": content, "embedding": embedding},
    )


def _arguments(function: str, *more: object) -> list[object]:
    return [NORTH, *(["dnd"] if function == "search_category_content" else []), *more]


def _found(connection: psycopg.Connection[Any], function: str, *more: object) -> list[tuple[str, float]]:
    """Return content and similarity of what a function finds near NORTH, in its order."""
    content = "processed_content" if function == "search_files" else "content"
    arguments = _arguments(function, *more)
    places = ", ".join(["%s"] * len(arguments))
    query = f"SELECT {content}, similarity FROM public.{function}({places})"
    return connection.execute(query.encode(), arguments).fetchall()
