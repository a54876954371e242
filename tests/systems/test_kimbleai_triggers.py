"""The triggers of kimbleai, what it fills in by itself, and the helpers that know who asks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.databases import Databases
from tests.systems.kimbleai import WITH_UPDATED_AT
from tests.systems.kimbleai_people import acting, opened

pytestmark = pytest.mark.vector


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return a connection to a small kimbleai instead of the sample data."""
    yield from opened(databases)


WHO = {
    "owner": ("owner@example.com", "owner", False),
    "viewer": ("viewer@example.com", "viewer", False),
    "admin": ("admin@example.com", "admin", True),
    "nobody": ("nobody@example.com", None, False),
    "service": (None, None, False),
}


@pytest.mark.parametrize(("person", "expected"), WHO.items())
def test_helpers_know_who_asks(
    connection: psycopg.Connection[Any], person: str, expected: tuple[str | None, str | None, bool]
) -> None:
    with acting(connection, person):
        found = connection.execute("SELECT app.current_email(), app.current_user_id(), app.is_admin()").fetchall()
    assert found == [expected]


@pytest.mark.parametrize(
    ("person", "reads", "writes"),
    [
        ("owner", {"private", "shared"}, {"private", "shared"}),
        ("viewer", {"shared"}, set()),
        ("editor", {"shared"}, {"shared"}),
        ("admin", {"private", "shared", "other"}, {"private", "shared", "other"}),
        ("stranger", {"other"}, {"other"}),
        ("nobody", set(), set()),
        ("service", set(), set()),
    ],
)
def test_helpers_know_who_may_read_and_write_a_project(
    connection: psycopg.Connection[Any], person: str, reads: set[str], writes: set[str]
) -> None:
    projects = ["private", "shared", "other", "missing", None]
    found: dict[str, set[str | None]] = {}
    with acting(connection, person):
        for helper in ("can_read_project", "can_write_project"):
            answers = [connection.execute(f"SELECT app.{helper}(%s)".encode(), [p]).fetchall() for p in projects]
            assert {answer for [(answer,)] in answers} <= {True, False}
            found[helper] = {p for p, [(answer,)] in zip(projects, answers, strict=True) if answer}
    assert found == {"can_read_project": reads, "can_write_project": writes}


@pytest.mark.parametrize("table", WITH_UPDATED_AT)
@pytest.mark.parametrize("change", ["created_at = created_at", "updated_at = '1999-01-01'"])
def test_an_update_sets_updated_at(connection: psycopg.Connection[Any], table: str, change: str) -> None:
    connection.execute(f"ALTER TABLE public.{table} DISABLE TRIGGER USER".encode())
    connection.execute(f"UPDATE public.{table} SET updated_at = '2000-01-01'".encode())
    connection.execute(f"ALTER TABLE public.{table} ENABLE TRIGGER USER".encode())
    updated = connection.execute(f"UPDATE public.{table} SET {change} RETURNING updated_at = now()".encode()).fetchall()
    assert updated
    assert set(updated) == {(True,)}


@pytest.mark.parametrize(
    ("table", "change", "another"),
    [
        ("conversations", "message_count = message_count + 1, last_message_at = now()", "title = 'another'"),
        ("knowledge_base", "embedding = array_fill(0.5::float4, ARRAY[1536])::public.vector", "content = 'another'"),
        ("files", "embedding = array_fill(0.5::float4, ARRAY[1536])::public.vector", "status = 'error'"),
    ],
)
def test_what_is_derived_leaves_updated_at_alone(
    connection: psycopg.Connection[Any], table: str, change: str, another: str
) -> None:
    before = connection.execute(f"SELECT updated_at FROM public.{table} ORDER BY id".encode()).fetchall()
    connection.execute(f"UPDATE public.{table} SET {change}".encode())
    assert connection.execute(f"SELECT updated_at FROM public.{table} ORDER BY id".encode()).fetchall() == before
    both = f"UPDATE public.{table} SET {change}, {another} RETURNING updated_at = now()"
    assert set(connection.execute(both.encode()).fetchall()) == {(True,)}


def _conversation(connection: psycopg.Connection[Any]) -> tuple[int, str | None]:
    row: tuple[int, str | None] = connection.execute(
        "SELECT message_count, to_char(last_message_at AT TIME ZONE 'UTC', 'DD')"
        " FROM public.conversations WHERE id = 'empty'"
    ).fetchall()[0]
    return row


def test_messages_are_counted_in_their_conversation(connection: psycopg.Connection[Any]) -> None:
    connection.execute("INSERT INTO public.conversations (id, user_id) VALUES ('empty', 'owner')")
    seen = [_conversation(connection)]
    for day in ("10", "20", "05"):
        connection.execute(
            "INSERT INTO public.messages (id, conversation_id, user_id, role, content, created_at)"
            " VALUES (%s, 'empty', 'owner', 'user', '', %s)", [day, f"2020-01-{day} 00:00+00"]
        )  # fmt: skip
        seen.append(_conversation(connection))
    for day in ("20", "05", "10"):
        connection.execute("DELETE FROM public.messages WHERE id = %s", [day])
        seen.append(_conversation(connection))
    assert seen == [(0, None), (1, "10"), (2, "20"), (3, "20"), (2, "10"), (1, "10"), (0, None)]


def test_what_is_counted_holds_for_what_a_person_writes(connection: psycopg.Connection[Any]) -> None:
    with acting(connection, "owner"):
        connection.execute(
            "INSERT INTO public.messages (id, conversation_id, user_id, role, content)"
            " VALUES ('n', 'c-own', 'owner', 'user', '')"
        )
        counted = connection.execute(
            "SELECT message_count, last_message_at = now() FROM public.conversations WHERE id = 'c-own'"
        ).fetchall()
    assert counted == [(2, True)]


@pytest.mark.parametrize("statement", ["users WHERE id = 'owner'", "conversations", "messages", "projects"])
def test_what_is_counted_is_in_nobodys_way(connection: psycopg.Connection[Any], statement: str) -> None:
    connection.execute(f"DELETE FROM public.{statement}".encode())
    wrong = connection.execute(
        "SELECT c.id FROM public.conversations c"
        " WHERE message_count <> (SELECT count(*) FROM public.messages m WHERE m.conversation_id = c.id)"
    ).fetchall()
    assert wrong == []


def test_a_file_gets_a_key_that_says_what_it_is(connection: psycopg.Connection[Any]) -> None:
    """What the program inserts: exactly these columns."""
    [(key, status)] = connection.execute(
        "INSERT INTO public.files"
        " (user_id, project_id, filename, original_filename, file_type, mime_type, size_bytes, storage_path, status)"
        " VALUES ('owner', 'shared', 'a', 'a', 'document', 'text/plain', 0, '/a', 'processing') RETURNING id, status"
    ).fetchall()
    assert (key[:5], len(key), status) == ("file_", 41, "processing")
