"""Names and values are quoted as the server itself quotes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.sql import quoting
from tests.databases import Databases

TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), min_size=1, max_size=20)


@pytest.fixture(scope="module")
def connection(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    with databases.connect() as opened:
        yield opened


def test_every_keyword_of_the_server(connection: psycopg.Connection[Any]) -> None:
    for word, quoted in connection.execute("SELECT word, quote_ident(word) FROM pg_get_keywords()"):
        assert quoting.ident(word) == quoted


@given(name=TEXT)
@settings(max_examples=200)
def test_names(connection: psycopg.Connection[Any], name: str) -> None:
    (quoted,) = connection.execute("SELECT quote_ident(%s)", [name]).fetchone() or ()
    assert quoting.ident(name) == quoted


@given(value=TEXT)
@settings(max_examples=200)
def test_values_come_back(connection: psycopg.Connection[Any], value: str) -> None:
    (back,) = connection.execute(f"SELECT {quoting.literal(value)}".encode()).fetchone() or ()
    assert back == value


@given(body=st.text("a$_\n'", max_size=12))
@settings(max_examples=200)
def test_bodies_come_back(connection: psycopg.Connection[Any], body: str) -> None:
    (back,) = connection.execute(f"SELECT {quoting.dollars(body)}".encode()).fetchone() or ()
    assert back == body
