"""What belongs to an extension on the schema screen: below it, behind one's own, and told in full."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.config.profile import Target
from console.ui.screens.schema.view import ObjectView
from tests.databases import Databases
from tests.ui.driving import Driver, driven

_MADE = """
CREATE SCHEMA extensions;
CREATE EXTENSION vector WITH SCHEMA extensions;
CREATE TABLE notes (id int PRIMARY KEY, vector_of extensions.vector(3));
CREATE FUNCTION vectors_of(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE TABLE extensions.held (id int PRIMARY KEY);
ALTER EXTENSION plpgsql ADD TABLE extensions.held;
"""


@pytest.fixture
def target(make_database: Callable[..., Target]) -> Target:
    """Return a database with pgvector in a schema for extensions, and a table given to another extension."""
    return make_database(_MADE)


async def test_the_tree_and_the_words_count_ones_own(target: Target) -> None:
    async with driven(target) as console:
        await console.sees("Schema ·", "notes", "extensions of plpgsql, vector", "objects in 2 schemas + ")
        await console.sees("1  table", "1  function", "2  extensions")
        assert "types" not in console.text


async def test_a_member_is_found_and_stands_below_its_extension(target: Target) -> None:
    async with driven(target, size=(140, 150)) as console:
        await find(console, "l2_distance")
        await console.sees("extensions.l2_distance · function of extension vector", "belongs to the extension vector")
        await console.sees("+ vector 0.", "Functions", "l2_distance (extensions.", "Operator families")
        lines = iter(console.lines)
        for text in ("Extensions", "+ vector", "Functions", "ƒ l2_distance", "Operator families"):
            assert any(text in line for line in lines), f"{text} does not come behind what is above it"


async def test_ones_own_is_found_first(target: Target) -> None:
    async with driven(target) as console:
        await console.sees("Schema ·")
        await console.press("slash")
        await console.type("vec")
        await console.sees("notes.vector_of", "public.vectors_of", "function of extension vector")
        places = [place for place, line in enumerate(console.lines) if "of extension vector" in line]
        own = [place for place, line in enumerate(console.lines) if "vectors_of" in line or "notes.vector_of" in line]
        assert max(own) < min(places)


async def test_a_table_of_an_extension_has_its_tabs(target: Target) -> None:
    async with driven(target) as console:
        await find(console, "held_pkey")
        await console.sees("extensions.held · table of extension plpgsql", "held_pkey", "Constraints")


async def test_an_extension_tells_what_it_is(target: Target, databases: Databases) -> None:
    with databases.connect(target) as behind:
        behind.execute("UPDATE pg_extension SET extversion = '0.1.0' WHERE extname = 'vector'")
    async with driven(target, size=(140, 40)) as console:
        await find(console, "vector")
        await console.sees("vector · extension", "0.1.0 in schema extensions", "is available", "operator classes")
        await console.sees("ALTER EXTENSION vector UPDATE")


async def test_its_members_lead_to_themselves(target: Target) -> None:
    async with driven(target, size=(140, 40)) as console:
        await find(console, "plpgsql")
        await console.sees("plpgsql · extension")
        await console.press("right_square_bracket")
        await console.sees("extensions.held", "Members 5", "plpgsql_call_handler")
        console.app.screen.query_one(ObjectView).focus_body()
        await console.press("end", "enter")
        await console.sees("extensions.held · table of extension plpgsql")


async def test_a_member_that_is_in_no_tree_is_shown(target: Target) -> None:
    async with driven(target, size=(140, 40)) as console:
        await find(console, "vector")
        await console.sees("vector · extension")
        await console.press("right_square_bracket")
        await console.sees("access method", "hnsw")
        console.app.screen.query_one(ObjectView).focus_body()
        await console.press("home", "enter")
        await console.sees("access method hnsw")


async def test_a_hostile_extension_is_text(make_database: Callable[..., Target], databases: Databases) -> None:
    """Its name may hold what ends a line, a comment, or markup."""
    hostile = make_database("CREATE TABLE a_table (id int); ALTER EXTENSION plpgsql ADD TABLE a_table")
    with databases.connect(hostile) as behind:
        behind.execute("UPDATE pg_extension SET extname = E'[b]x[/]\nDROP TABLE y; \x1b[31m' WHERE extname = 'plpgsql'")
    async with driven(hostile, size=(140, 40)) as console:
        await find(console, "a_table")
        await console.sees("table of extension [b]x[/]")
        await console.press("d")
        await console.sees("-- It belongs to the extension [b]x[/] DROP TABLE y")
        assert "\x1b" not in console.text
        await find(console, "DROP TABLE y")
        await console.press("left_square_bracket", "left_square_bracket")
        await console.sees("· extension", "the server has no files of it")


async def find(console: Driver, words: str) -> None:
    """Go to the first thing that is found."""
    await console.sees("Schema ·")
    await console.press("slash")
    await console.type(words)
    await console.sees("Find in", words)
    await console.press("enter")
    await console.sees_no_more("Find in")
