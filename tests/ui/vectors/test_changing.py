"""What the screen changes: an index is built, rows are embedded; each with a person's word, and stopped when asked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.config.profile import Guard, Target
from console.ui.screens.vectors.desk import Desk
from tests.databases import Databases
from tests.ui.vectors.garden import asked, driven, garden, hashing, listed, opened

BARE = "CREATE INDEX note_embedding ON note USING ivfflat (embedding vector_cosine_ops) WITH (lists = 100);"


@pytest.fixture
def own(make_database: Callable[..., Target]) -> Target:
    """Return notes of a test's own."""
    return hashing(make_database(garden()))


@pytest.fixture
def bare(make_database: Callable[..., Target]) -> Target:
    """Return notes without an index."""
    return hashing(make_database(garden(index="")))


class TestIndex:
    async def test_it_is_proposed_and_built(self, bare: Target, databases: Databases) -> None:
        """The statement is shown before, and no is no; afterwards the list and the line above know it."""
        async with driven(bare) as console:
            await opened(console)
            await console.press("escape", "left_square_bracket", "left_square_bracket")
            await console.sees("hnsw for cosine", "CREATE INDEX CONCURRENTLY", "u builds one of these")
            await console.press("u")
            await console.sees("Build an index")
            await console.press("enter")
            await console.sees("Build note_embedding_cosine_hnsw on", "y yes")
            await console.press("n")
            await console.sees_no_more("y yes")
            with databases.connect(bare) as connection:
                assert connection.execute("SELECT FROM pg_indexes WHERE indexdef LIKE '%hnsw%'").fetchall() == []
            await console.press("u")
            await console.sees("Build an index")
            await console.press("enter")
            await console.sees("y yes")
            await console.press("y")
            await console.sees("is built", "public.note.embedding · vector(256) · hnsw cosine")
        with databases.connect(bare) as connection:
            [(valid,)] = connection.execute(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = 'note_embedding_cosine_hnsw'::regclass"
            ).fetchall()
        assert valid

    async def test_lists_that_do_not_fit_are_said_and_mended(self, make_database: Callable[..., Target]) -> None:
        """An ivfflat index with far too many lists for its rows can be built again."""
        async with driven(hashing(make_database(garden(index=BARE)))) as console:
            await opened(console)
            await console.press("escape", "left_square_bracket", "left_square_bracket")
            await console.sees("note_embedding has 100 lists for 14", "REINDEX INDEX CONCURRENTLY")


class TestFill:
    async def test_what_is_missing_is_embedded(self, own: Target, databases: Databases) -> None:
        """The key opens the column from the list, and asks; it is counted first, and found afterwards."""
        async with driven(own) as console:
            await listed(console)
            await console.press("e")
            await console.sees("Embed from", "title + body")
            await console.press("enter")
            await console.sees("Embed 2 rows of public.note.embedding", "2 embeddings to make", "costs")
            await console.press("y")
            await console.sees("✓ 2 rows embedded")
            await console.press("slash")
            await asked(console, "figs frost", "10 hits")
            found = console.app.screen.query_one(Desk).answer
            assert found is not None
            assert "Frost" in found.hits[0].row
        with databases.connect(own) as connection:
            assert connection.execute("SELECT FROM note WHERE embedding IS NULL").fetchall() == []

    async def test_production_wants_its_name(self, own: Target, databases: Databases) -> None:
        """Typed; a row that the database refuses is named."""
        with databases.connect(own) as connection:
            connection.execute("ALTER TABLE note ADD CHECK (title <> 'Rain' OR embedding IS NULL)")
        guarded = hashing(databases.target(own.database, guard=Guard.PRODUCTION))
        async with driven(guarded) as console:
            await opened(console)
            await console.press("escape", "e")
            await console.sees("Embed from")
            await console.press("enter")
            await console.sees("Type ", "to go on")
            await console.type(guarded.name)
            await console.press("enter")
            await console.sees("1 row embedded, 1 row failed", "Row 14: new row for relation")


async def test_a_search_is_cancelled(make_database: Callable[..., Target]) -> None:
    """The server says so, and the console stays."""
    slow = (
        "CREATE EXTENSION vector; CREATE TABLE t (id int PRIMARY KEY, e vector(2)); INSERT INTO t VALUES (1, '[1,2]');"
    )
    async with driven(make_database(slow)) as console:
        await console.sees("t.e")
        await console.press("enter")
        await console.sees("row, any of them")
        await console.press("escape", "w")
        await console.sees("Where")
        await console.type("(SELECT true FROM pg_sleep(30))")
        await console.press("enter")
        await console.sees("searching … ctrl+c cancels")
        await console.press("ctrl+c")
        await console.sees("Cancelled")
