"""The columns that say how far a row's embedding is: found by name, and kept right while a real table is filled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from console.config.profile import Profile, Target
from console.db.guard import consent
from console.db.session import Session
from console.errors import EmbedderFailed, Interrupted, LockNotAvailable, TextRefused
from console.vectors.embedders.embedder import Vector
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.filling import status, writing
from console.vectors.filling.declared import Declared
from console.vectors.filling.filling import Filled, fill
from console.vectors.filling.status import Status
from tests.databases import Databases

Connection = psycopg.Connection[Any]

VECTOR = ("embedding", "public", "vector")
STATUS = ("embedding_status", "pg_catalog", "text")
TIME = ("embedding_generated_at", "pg_catalog", "timestamptz")
WORDS = ("pending", "generating", "completed", "failed")


def words(found: Status) -> tuple[str | None, ...]:
    return found.pending, found.generating, found.completed, found.failed


class TestFinding:
    def test_both_by_their_usual_names(self) -> None:
        found = status.find("embedding", [VECTOR, STATUS, TIME])
        assert (found.column, found.generated_at) == ("embedding_status", "embedding_generated_at")
        assert words(found) == WORDS

    def test_named_after_the_column_first(self) -> None:
        columns = [("title_vec", "public", "vector"), STATUS, ("title_vec_status", "pg_catalog", "varchar")]
        assert status.find("title_vec", columns).column == "title_vec_status"

    def test_the_usual_names_belong_to_an_only_vector(self) -> None:
        other = ("title_vec", "public", "vector")
        assert status.find("title_vec", [other, STATUS]).column == "embedding_status"
        assert status.find("title_vec", [other, VECTOR, STATUS]) == Status()

    @pytest.mark.parametrize(
        "column", [("embedding_status", "pg_catalog", "int4"), ("embedding_generated_at", "pg_catalog", "text")]
    )
    def test_of_another_type_it_is_something_else(self, column: tuple[str, str, str]) -> None:
        assert status.find("embedding", [VECTOR, column]) == Status()

    def test_an_enum_gets_the_words_it_has(self) -> None:
        labels = [("embedding_status", label) for label in ("todo", "done", "error")]
        found = status.find("embedding", [VECTOR, ("embedding_status", "public", "state")], labels)
        assert words(found) == ("todo", None, "done", "error")

    def test_a_check_that_lists_words_is_kept(self) -> None:
        checks = [("embedding_status", "(embedding_status = ANY (ARRAY['pending'::text, 'ready'::text]))")]
        assert words(status.find("embedding", [VECTOR, STATUS], (), checks)) == ("pending", None, "ready", None)

    def test_a_check_on_something_else_is_none(self) -> None:
        checks = [("embedding_status", "(length(embedding_status) < 20)"), ("title", "(title <> 'x')")]
        assert words(status.find("embedding", [VECTOR, STATUS], (), checks)) == WORDS


NODES = """
    CREATE EXTENSION vector;
    CREATE TYPE state AS ENUM ('pending', 'done', 'error');
    CREATE TABLE nodes (id int PRIMARY KEY, body text, embedding vector(64),
        embedding_status text DEFAULT 'pending', embedding_generated_at timestamptz);
    INSERT INTO nodes SELECT n, 'text ' || n FROM generate_series(1, 6) AS n;
    CREATE TABLE choosy (id int PRIMARY KEY, body text, embedding vector(64), embedding_status state,
        embedding_generated_at date);
    INSERT INTO choosy SELECT n, 'text ' || n FROM generate_series(1, 3) AS n;
"""
COLUMN = Declared("public", "nodes", "embedding", ("body",))


@pytest.fixture
def target(make_database: Callable[..., Target]) -> Target:
    return make_database(NODES)


@pytest.fixture
def connection(databases: Databases, target: Target) -> Any:
    with databases.connect(target) as opened:
        yield opened


@pytest.fixture
async def session(target: Target) -> AsyncIterator[Session]:
    async with await Session.open(target, what="test") as opened:
        yield opened


def states(connection: Connection, table: str = "nodes") -> list[Any]:
    asked = f"SELECT id, embedding_status::text, embedding IS NOT NULL, embedding_generated_at IS NOT NULL FROM {table} ORDER BY 1"  # noqa: E501
    return connection.execute(asked.encode()).fetchall()


async def run(session: Session, embedder: Any = None, column: Declared = COLUMN, **options: Any) -> Filled:
    word = consent(session.target, action="fill")
    filled = fill(session, [column], embedder or HashingEmbedder(64), word, **options)
    return [each async for each in filled][-1]


class Watching(HashingEmbedder):
    """Does something while it embeds."""

    def __init__(self, do: Callable[[Sequence[str]], object]) -> None:
        super().__init__(64)
        self._do = do

    def vectors(self, texts: Sequence[str]) -> list[Vector | None]:
        self._do(texts)
        return super().vectors(texts)


class Choosy(HashingEmbedder):
    """Refuses some texts, as an endpoint does."""

    def __init__(self, *refused: str) -> None:
        super().__init__(64)
        self.asked: list[int] = []
        self._refused = refused

    async def embed(self, texts: Sequence[str], *, question: bool = False) -> list[Vector | None]:
        self.asked.append(len(texts))
        if set(texts) & set(self._refused):
            raise TextRefused("It is too long.", detail="8192 tokens at most")
        return await super().embed(texts)


class TestKeeping:
    async def test_rows_are_pending_then_generating_then_completed(
        self, session: Session, connection: Connection
    ) -> None:
        seen: list[list[str]] = []
        watching = Watching(lambda texts: seen.append([row[1] for row in states(connection)]))
        assert (await run(session, watching, batch=4)).rows == 6
        assert seen == [["generating"] * 4 + ["pending"] * 2, ["completed"] * 4 + ["generating"] * 2]
        assert states(connection) == [(number, "completed", True, True) for number in range(1, 7)]

    async def test_a_failing_embedder_leaves_them_pending(self, session: Session, connection: Connection) -> None:
        def fail(texts: Sequence[str]) -> None:
            raise EmbedderFailed("It hangs.")

        with pytest.raises(EmbedderFailed) as caught:
            await run(session, Watching(fail))
        assert caught.value.detail == "Nothing was written."
        assert states(connection) == [(number, "pending", False, False) for number in range(1, 7)]

    async def test_so_does_a_person_who_stops_it(self, session: Session, connection: Connection) -> None:
        """The write waits for a row that somebody holds."""
        with connection.transaction():
            connection.execute("SELECT FROM nodes WHERE id = 3 FOR KEY SHARE")
            holding = asyncio.Event()

            class Held(HashingEmbedder):
                async def embed(self, texts: Sequence[str], *, question: bool = False) -> list[Vector | None]:
                    holding.set()
                    await asyncio.sleep(3600)
                    return []

            task = asyncio.ensure_future(run(session, Held(64)))
            await holding.wait()
            assert [row[1] for row in states(connection)] == ["generating"] * 6
            task.cancel()
            with pytest.raises(Interrupted):
                await task
        assert [row[1] for row in states(connection)] == ["pending"] * 6

    async def test_what_a_killed_run_left_is_taken_up(self, session: Session, connection: Connection) -> None:
        connection.execute("UPDATE nodes SET embedding_status = 'generating' WHERE id < 4")
        connection.execute("UPDATE nodes SET embedding_status = 'failed' WHERE id = 4")
        assert (await run(session)).rows == 6
        assert {row[1:] for row in states(connection)} == {("completed", True, True)}

    async def test_a_row_that_says_completed_keeps_its_time(self, session: Session, connection: Connection) -> None:
        connection.execute(
            "UPDATE nodes SET embedding_status = 'completed', embedding_generated_at = '2020-02-02' WHERE id = 1"
        )
        seen: list[str] = []
        await run(session, Watching(lambda texts: seen.append(states(connection)[0][1])))
        assert seen == ["completed"]
        [(year,)] = connection.execute("SELECT extract(year FROM embedding_generated_at) FROM nodes WHERE id = 1")
        assert year == 2020

    async def test_a_stale_time_is_renewed(self, session: Session, connection: Connection) -> None:
        connection.execute("UPDATE nodes SET embedding_generated_at = '2020-02-02'")
        await run(session)
        old = connection.execute("SELECT count(*) FROM nodes WHERE embedding_generated_at < '2021-01-01'").fetchall()
        assert old == [(0,)]

    async def test_an_enum_and_a_date(self, session: Session, connection: Connection) -> None:
        column = Declared("public", "choosy", "embedding", ("body",))
        filled = await run(session, Choosy("text 2"), column)
        assert (filled.rows, filled.failed) == (2, 1)
        expected = [(1, "done", True, True), (2, "error", False, False), (3, "done", True, True)]
        assert states(connection, "choosy") == expected

    async def test_nothing_missing_marks_nothing(self, session: Session, connection: Connection) -> None:
        await run(session)
        before = connection.execute("SELECT array_agg(xmin::text ORDER BY id) FROM nodes").fetchall()
        assert (await run(session)).rows == 0
        assert connection.execute("SELECT array_agg(xmin::text ORDER BY id) FROM nodes").fetchall() == before


class TestRefusedTexts:
    async def test_one_that_is_too_long_stops_no_other(self, session: Session, connection: Connection) -> None:
        embedder = Choosy("text 3")
        filled = await run(session, embedder)
        assert (filled.rows, filled.failed, filled.remark) == (
            5,
            1,
            "The last text that became no embedding: 8192 tokens at most",
        )
        assert states(connection)[2] == (3, "failed", False, False)
        assert embedder.asked == [6, 1, 6, 3, 1, 2, 1, 1, 3], "all, a harmless one, halves"

    async def test_it_is_tried_again_next_time(self, session: Session, connection: Connection) -> None:
        await run(session, Choosy("text 3"))
        assert (await run(session)).rows == 1
        assert {row[1] for row in states(connection)} == {"completed"}

    async def test_an_endpoint_that_takes_nothing_is_no_fault_of_texts(
        self, session: Session, connection: Connection
    ) -> None:
        with pytest.raises(TextRefused):
            await run(session, Choosy("text", *(f"text {number}" for number in range(1, 7))))
        assert {row[1] for row in states(connection)} == {"pending"}


class TestWhatHappensMeanwhile:
    async def test_a_text_that_was_changed_waits_for_its_turn(self, session: Session, connection: Connection) -> None:
        def change(texts: Sequence[str]) -> None:
            connection.execute("UPDATE nodes SET body = 'another text' WHERE id = 2")

        assert (await run(session, Watching(change))).rows == 5
        assert states(connection)[1] == (2, "pending", False, False)
        assert (await run(session)).rows == 1

    async def test_a_row_that_was_filled_or_deleted_is_left(self, session: Session, connection: Connection) -> None:
        def meddle(texts: Sequence[str]) -> None:
            connection.execute("DELETE FROM nodes WHERE id = 2")
            connection.execute(
                "UPDATE nodes SET embedding = (SELECT array_agg(1) FROM generate_series(1, 64))::vector,"
                " embedding_status = 'completed' WHERE id = 3"
            )

        assert (await run(session, Watching(meddle))).rows == 4
        assert {row[1] for row in states(connection)} == {"completed"}
        kept = connection.execute("SELECT vector_norm(embedding) FROM nodes WHERE id = 3").fetchall()
        assert kept == [(8.0,)]

    async def test_a_row_that_is_held_for_a_moment_is_waited_for(
        self, target: Target, databases: Databases, connection: Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was paid for is not thrown away: the batch is written again, and embedded once."""
        calls: list[int] = []
        with databases.connect(target) as other:

            def hold(texts: Sequence[str]) -> None:
                calls.append(len(texts))
                other.execute("BEGIN; SELECT FROM nodes WHERE id = 3 FOR UPDATE")

            class Pauses:
                def __iter__(self) -> Iterator[float]:
                    yield 0.0
                    other.execute("ROLLBACK")
                    yield 0.0

            monkeypatch.setattr(writing, "_PAUSES", Pauses())
            hasty = replace(target, profile=Profile("test", lock_timeout=0.1))
            async with await Session.open(hasty, what="test") as session:
                word = consent(target, action="fill")
                done = [each async for each in fill(session, [COLUMN], Watching(hold), word)]
        assert (done[-1].rows, calls) == (6, [6])
        assert {row[1:] for row in states(connection)} == {("completed", True, True)}

    async def test_a_row_that_is_held_for_long_ends_it(
        self, target: Target, connection: Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(writing, "_PAUSES", (0.0,))
        hasty = replace(target, profile=Profile("test", lock_timeout=0.01))
        connection.execute("ALTER TABLE nodes DROP embedding_status")
        async with await Session.open(hasty, what="test") as session:
            with connection.transaction():
                connection.execute("SELECT FROM nodes WHERE id = 3 FOR UPDATE")
                with pytest.raises(LockNotAvailable) as caught:
                    await run(session)
        assert caught.value.detail.endswith("Nothing was written.")

    async def test_two_runs_at_once_fill_each_row_once(self, target: Target, connection: Connection) -> None:
        async def one() -> int:
            async with await Session.open(target, what="test") as session:
                return (await run(session, batch=2)).rows

        rows = await asyncio.gather(one(), one())
        assert sum(rows) == 6
        assert {row[1:] for row in states(connection)} == {("completed", True, True)}
