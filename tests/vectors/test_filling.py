"""Filling vector columns of a real database: once, again, interrupted and resumed; and what a search finds then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.guard import Consent, consent
from console.db.session import Session
from console.errors import ConsoleError, Interrupted, Refused, StatementFailed, UsageError
from console.vectors.embedders.embedder import Vector, padded
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.filling.declared import Declared
from console.vectors.filling.filling import Filled, fill, written
from tests.databases import Databases
from tests.vectors.subjects import DOCUMENTS, QUESTIONS

GROUND = """
    CREATE EXTENSION vector WITH SCHEMA public;
    CREATE TABLE articles (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), subject text, title text, body text,
        status text, embedding vector(1536));
    CREATE INDEX articles_lists ON articles USING ivfflat (embedding vector_cosine_ops) WITH (lists = 10);
"""
ARTICLES = Declared("public", "articles", "embedding", ("title", "body"))

Connection = psycopg.Connection[Any]


@pytest.fixture
def target(make_database: Callable[..., Target]) -> Target:
    return make_database(GROUND)


@pytest.fixture
def connection(databases: Databases, target: Target) -> Any:
    """Return the owner's connection to a database of articles: every document, without an embedding."""
    with databases.connect(target) as opened:
        for subject, documents in DOCUMENTS.items():
            for number, document in enumerate(documents):
                opened.execute(
                    "INSERT INTO articles (subject, title, body, status) VALUES (%s, %s, %s, %s)",
                    [subject, f"{subject} {number}", document, "done" if number else "draft"],
                )
        yield opened


@pytest.fixture
async def session(target: Target, connection: Connection) -> AsyncIterator[Session]:
    async with await Session.open(target, what="test") as opened:
        yield opened


def agreed(session: Session) -> Consent:
    return consent(session.target, action="fill")


async def run(session: Session, *columns: Declared, embedder: Any = None, **options: Any) -> list[Filled]:
    filling = fill(session, columns or (ARTICLES,), embedder or HashingEmbedder(), agreed(session), **options)
    return [each async for each in filling]


def count(connection: Connection) -> int:
    [(rows,)] = connection.execute("SELECT count(embedding) FROM articles").fetchall()
    return rows


class Halting(HashingEmbedder):
    """Raises at its second batch."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self._error = error
        self._calls = 0

    def embed(self, texts: Sequence[str]) -> list[Vector | None]:
        self._calls += 1
        if self._calls == 2:
            raise self._error
        return super().embed(texts)


class TestFilling:
    async def test_what_is_missing_is_filled_once(self, session: Session, connection: Connection) -> None:
        first = await run(session, batch=20)
        assert [(each.rows, each.finished) for each in first] == [(20, False), (40, False), (48, True)]
        assert count(connection) == 48
        assert [(each.rows, each.finished) for each in await run(session)] == [(0, True)]

    async def test_a_few_round_trips_are_enough(self, session: Session, connection: Connection) -> None:
        await run(session)
        assert session.trips <= 4

    async def test_a_row_has_the_vector_of_its_text_padded(self, session: Session, connection: Connection) -> None:
        await run(session)
        for title, body, found in connection.execute("SELECT title, body, embedding::text FROM articles"):
            [vector] = HashingEmbedder().embed([f"{title} {body}"])
            assert vector is not None
            expected = padded(vector, 1536)
            assert [float(part) for part in found[1:-1].split(",")] == pytest.approx(expected, abs=1e-7)

    async def test_a_batch_that_ends_with_the_rows_is_the_last(self, session: Session) -> None:
        assert [(each.rows, each.finished) for each in await run(session, batch=24)] == [(24, False), (48, True)]

    async def test_rows_without_a_text_stay_empty(self, session: Session, connection: Connection) -> None:
        connection.execute("INSERT INTO articles (title, body) VALUES (NULL, NULL), ('', E' \\n')")
        assert (await run(session))[-1].rows == 48
        assert (await run(session, batch=1))[-1].rows == 0

    @pytest.mark.parametrize(
        ("where", "rows"),
        [
            ((("status", ("done",)),), 40),
            ((("status", ("done", "draft")), ("subject", ("music",))), 6),
            ((("status", ("absent",)),), 0),
        ],
    )
    async def test_a_condition_says_which_rows(
        self, session: Session, connection: Connection, where: Any, rows: int
    ) -> None:
        await run(session, Declared("public", "articles", "embedding", ("body",), where))
        assert count(connection) == rows

    async def test_what_somebody_else_filled_stays(self, session: Session, connection: Connection) -> None:
        mine = written(padded((1.0,), 1536))
        connection.execute("UPDATE articles SET embedding = %s WHERE subject = 'music'", [mine])
        assert (await run(session))[-1].rows == 42
        kept = connection.execute("SELECT count(*) FROM articles WHERE embedding = %s::vector", [mine]).fetchall()
        assert kept == [(6,)]


class TestSearch:
    async def test_ivfflat_finds_the_subjects_after_it(self, session: Session, connection: Connection) -> None:
        """The index was built on an empty table; unless it is built again, its lists say nothing."""
        await run(session)
        found = three = 0
        with connection.transaction(force_rollback=True):
            connection.execute("SET LOCAL enable_seqscan = off; SET LOCAL ivfflat.probes = 10")
            nearest = "SELECT subject FROM articles ORDER BY embedding <=> %s::vector LIMIT 3"
            for question, subject in QUESTIONS:
                [vector] = HashingEmbedder().embed([question])
                assert vector is not None
                asked = [written(padded(vector, 1536))]
                assert "articles_lists" in str(connection.execute(f"EXPLAIN {nearest}".encode(), asked).fetchall())
                subjects = [name for (name,) in connection.execute(nearest.encode(), asked)]
                found += subjects[0] == subject
                three += subjects.count(subject)
        assert found >= 14
        assert three >= 36

    async def test_the_index_is_built_again_when_the_column_is_filled(
        self, session: Session, connection: Connection
    ) -> None:
        files = [await self._file(connection)]
        for _ in range(2):
            await run(session)
            files.append(await self._file(connection))
        assert files[0] != files[1], "it was built again"
        assert files[1] == files[2], "nothing was filled, nothing is built"
        statistics = "SELECT reltuples FROM pg_class WHERE relname = 'articles'"
        assert connection.execute(statistics).fetchall() == [(48.0,)]

    async def _file(self, connection: Connection) -> Any:
        return connection.execute("SELECT relfilenode FROM pg_class WHERE relname = 'articles_lists'").fetchall()


class TestInterruptions:
    async def test_a_failure_keeps_what_was_written_and_the_next_run_goes_on(
        self, session: Session, connection: Connection
    ) -> None:
        with pytest.raises(StatementFailed) as caught:
            await run(session, embedder=Halting(StatementFailed("The embedder failed.")), batch=20)
        assert caught.value.detail == "20 embeddings are written and stay."
        assert "goes on" in caught.value.hint
        assert count(connection) == 20
        assert (await run(session))[-1] == Filled(ARTICLES, 28, finished=True)

    async def test_a_person_who_stops_it_is_told_what_stays(self, session: Session, connection: Connection) -> None:
        """The second batch waits for a row that somebody holds."""
        last = "SELECT FROM articles WHERE id = (SELECT max(id::text)::uuid FROM articles) FOR UPDATE"
        with connection.transaction():
            connection.execute(last)
            task = asyncio.ensure_future(run(session, batch=40))
            while not session.busy or count(connection) < 40:
                await asyncio.sleep(0.01)
            task.cancel()
            with pytest.raises(Interrupted) as caught:
                await task
        assert caught.value.detail == "40 embeddings are written and stay."
        assert (await run(session))[-1].rows == 8
        assert count(connection) == 48


class TestWhatCannotBeFilled:
    @pytest.mark.parametrize("absent", [("public", "articles", "later"), ("public", "later", "e"), ("no", "a", "e")])
    async def test_a_column_of_a_later_migration_is_passed_over(
        self, session: Session, absent: tuple[str, str, str]
    ) -> None:
        assert await run(session, Declared(*absent, ("body",))) == []
        assert len(await run(session, Declared(*absent, ("body",)), ARTICLES)) == 1

    @pytest.mark.parametrize(
        ("column", "said"),
        [
            (Declared("public", "articles", "title", ("body",)), "articles.title, which is no vector but of type text"),
            (Declared("public", "articles", "embedding", ("bodi",)), "the column bodi for public.articles.embedding"),
            (Declared("public", "articles", "embedding", ("body",), (("stat", ("a",)),)), "the column stat for"),
            (Declared("public", "keyless", "e", ("t",)), "no primary key"),
            (Declared("public", "small", "e", ("t",)), "takes 3 dimensions, and the embedder makes 1024"),
        ],
    )  # fmt: skip
    async def test_it_is_said_why(self, session: Session, connection: Connection, column: Declared, said: str) -> None:
        connection.execute("CREATE TABLE keyless (t text, e vector(1536))")
        connection.execute("CREATE TABLE small (id int PRIMARY KEY, t text, e vector(3))")
        with pytest.raises(UsageError, match=said):
            await run(session, column)

    async def test_consent_for_another_target_is_none(self, session: Session, connection: Connection) -> None:
        with pytest.raises(Refused):
            [each async for each in fill(session, [ARTICLES], HashingEmbedder(), Consent("another"))]
        assert count(connection) == 0


class TestOddTables:
    async def test_hostile_names_and_keys_of_several_columns(self, session: Session, connection: Connection) -> None:
        connection.execute(
            'CREATE SCHEMA "od""d 100%s";'
            'CREATE TABLE "od""d 100%s"."t a.b" ("k%%1" int, "K 2" varchar(9), "te;xt" text, "e\'%(x)s" vector,'
            ' PRIMARY KEY ("K 2", "k%%1"));'
            'INSERT INTO "od""d 100%s"."t a.b" SELECT n, chr(96 + n), \'text \' || n FROM generate_series(1, 9) n'
        )
        column = Declared('od"d 100%s', "t a.b", "e'%(x)s", ("te;xt", "k%%1"), (("K 2", tuple("abcdefgh")),))
        assert [each.rows for each in await run(session, column, batch=3)] == [3, 6, 8]
        lengths = connection.execute('SELECT vector_dims("e\'%(x)s") FROM "od""d 100%s"."t a.b"').fetchall()
        assert sorted(length for (length,) in lengths if length) == [1024] * 8, "a column of any length is not padded"

    async def test_a_vector_of_half_precision(self, session: Session, connection: Connection) -> None:
        connection.execute("CREATE TABLE halves (id bigint PRIMARY KEY, t text, e halfvec(1100))")
        connection.execute("INSERT INTO halves VALUES (1, 'one'), (2, 'two')")
        assert (await run(session, Declared("public", "halves", "e", ("t",))))[-1].rows == 2

    async def test_texts_that_are_hostile(self, session: Session, connection: Connection) -> None:
        odd = ["⛵ 🧑\u200d🚀", "\x1b[31m", "'; DROP TABLE articles; --", "%s %(x)s", "x" * 1_000_000, "\u202e"]
        for text in odd:
            connection.execute("INSERT INTO articles (body) VALUES (%s)", [text])
        assert (await run(session, batch=3))[-1].rows == 48 + len(odd)

    async def test_the_extension_may_live_elsewhere(self, make_database: Callable[..., Target]) -> None:
        elsewhere = make_database(
            "CREATE SCHEMA extensions; CREATE EXTENSION vector WITH SCHEMA extensions;"
            "CREATE TABLE notes (id text PRIMARY KEY, t text, e extensions.vector(1536));"
            "INSERT INTO notes VALUES ('a', 'one'), ('B', 'two'), ('ä', 'three')"
        )
        async with await Session.open(elsewhere, what="test") as session:
            assert (await run(session, Declared("public", "notes", "e", ("t",)), batch=1))[-1].rows == 3


async def test_without_pgvector_nothing_is_asked_for(session: Session) -> None:
    assert await run(session, Declared("pg_catalog", "pg_class", "none", ("relname",))) == []
    with pytest.raises(ConsoleError):
        await run(session, Declared("pg_catalog", "pg_class", "relname", ("relname",)))
