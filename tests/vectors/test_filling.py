"""Filling vector columns of a real database: once, again, interrupted and resumed; and what a search finds then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.guard import Consent, consent
from console.db.session import Session
from console.errors import ConsoleError, Interrupted, Refused, StatementFailed, UsageError
from console.vectors.embedders.embedder import Vector, padded
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.embedders.wordllama import WordllamaEmbedder
from console.vectors.filling import fillable
from console.vectors.filling.declared import Declared
from console.vectors.filling.filling import Filled, fill, written
from console.vectors.filling.looking import look_up
from tests.databases import Databases
from tests.pooler import Pooler
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

    def vectors(self, texts: Sequence[str]) -> list[Vector | None]:
        self._calls += 1
        if self._calls == 2:
            raise self._error
        return super().vectors(texts)


class TestFilling:
    async def test_what_is_missing_is_filled_once(self, session: Session, connection: Connection) -> None:
        first = await run(session, batch=20)
        assert [(each.rows, each.finished) for each in first] == [(20, False), (40, False), (48, True)]
        assert count(connection) == 48
        assert [(each.rows, each.finished) for each in await run(session)] == [(0, True)]

    async def test_a_few_round_trips_are_enough(self, session: Session, connection: Connection) -> None:
        await run(session)
        assert session.trips <= 4

    @pytest.mark.tool
    async def test_behind_a_transaction_pooler(
        self, target: Target, connection: Connection, poolers: Callable[[int], Pooler]
    ) -> None:
        async with await Session.open(poolers(1).target(target), what="test") as session:
            assert (await run(session, batch=20))[-1].rows == 48

    async def test_a_row_has_the_vector_of_its_text_padded(self, session: Session, connection: Connection) -> None:
        await run(session)
        for title, body, found in connection.execute("SELECT title, body, embedding::text FROM articles"):
            [vector] = HashingEmbedder().vectors([f"{title} {body}"])
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
                [vector] = HashingEmbedder().vectors([question])
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


class TestMixing:
    async def test_another_embedders_vectors_are_not_added_to(self, session: Session, connection: Connection) -> None:
        await run(session)
        connection.execute("UPDATE articles SET embedding = NULL WHERE subject = 'music'")
        with pytest.raises(Refused, match="was not made by wordllama") as caught:
            await run(session, embedder=WordllamaEmbedder(), mix=False)
        assert "Nothing was written." in caught.value.detail
        assert count(connection) == 42
        done = (await run(session, mix=False))[-1]
        assert (done.rows, done.remarks) == (6, ())

    async def test_that_it_seems_to_stand_for_other_texts_is_said(
        self, session: Session, connection: Connection
    ) -> None:
        await run(session, Declared("public", "articles", "embedding", ("body",)))
        connection.execute("UPDATE articles SET embedding = NULL WHERE subject = 'music'")
        connection.execute("UPDATE articles SET title = 'something rather different to begin with'")
        [remark] = (await run(session, mix=False))[-1].remarks
        assert remark.startswith("What is in public.articles.embedding seems to stand for other texts")

    async def test_an_empty_column_agrees_with_everybody(self, session: Session) -> None:
        assert (await run(session, embedder=WordllamaEmbedder(), mix=False))[-1].remarks == ()


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
            (Declared("public", "articles", "title", ("body",)), "articles.title is of type text, and only"),
            (Declared("public", "articles", "embedding", ("bodi",)), "there is no column bodi beside"),
            (Declared("public", "articles", "embedding", ("body",), (("stat", ("a",)),)), "there is no column stat"),
            (Declared("public", "made", "e", ("t",)), "it is a generated column"),
            (Declared("public", "stored", "e", ("t",)), "it is of a materialized view"),
            (Declared("public", "keyless", "e", ("t",)), "no primary key"),
            (Declared("public", "small", "e", ("t",)), "takes 3 dimensions, and hashing makes 1,024"),
        ],
    )  # fmt: skip
    async def test_it_is_said_why(self, session: Session, connection: Connection, column: Declared, said: str) -> None:
        connection.execute("CREATE TABLE keyless (t text, e vector(1536))")
        always = "GENERATED ALWAYS AS (NULL::vector(3)) STORED"
        connection.execute(f"CREATE TABLE made (id int PRIMARY KEY, t text, e vector(3) {always})".encode())
        connection.execute("CREATE MATERIALIZED VIEW stored AS SELECT * FROM made")
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

    async def test_a_unique_index_tells_rows_apart_too(self, session: Session, connection: Connection) -> None:
        connection.execute(
            "CREATE TABLE unkeyed (a int NOT NULL, b text NOT NULL, c int UNIQUE, t text, e vector(1536));"
            "CREATE UNIQUE INDEX partial ON unkeyed (a) WHERE b > 'x';"
            "CREATE UNIQUE INDEX several ON unkeyed (b, a);"
            "INSERT INTO unkeyed SELECT n % 3, n, NULL, 'text ' || n FROM generate_series(1, 9) AS n"
        )
        assert (await run(session, Declared("public", "unkeyed", "e", ("t",)), batch=4))[-1].rows == 9

    async def test_a_partitioned_table_and_its_partitions_indexes(
        self, session: Session, connection: Connection
    ) -> None:
        connection.execute(
            "CREATE TABLE parts (id int, t text, e vector(1536), PRIMARY KEY (id)) PARTITION BY RANGE (id);"
            "CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (50);"
            "CREATE TABLE high (t text, id int NOT NULL, e vector(1536));"
            "ALTER TABLE parts ATTACH PARTITION high FOR VALUES FROM (50) TO (100);"
            "CREATE INDEX parts_lists ON parts USING ivfflat (e vector_l2_ops) WITH (lists = 2);"
            "INSERT INTO parts SELECT n, 'text ' || n FROM generate_series(1, 99) AS n"
        )
        column = Declared("public", "parts", "e", ("t",))
        [found] = await look_up(session, [column])
        assert found.lists == (("public", "high_e_idx"), ("public", "low_e_idx"))
        assert (await run(session, column))[-1].rows == 99

    async def test_an_index_of_an_expression_is_built_again(self, session: Session, connection: Connection) -> None:
        connection.execute(
            "CREATE TABLE casts (id int PRIMARY KEY, t text, e vector(1536), o vector(1536));"
            "CREATE INDEX of_e ON casts USING ivfflat ((e::halfvec(1536)) halfvec_cosine_ops) WITH (lists = 2);"
            "CREATE INDEX of_o ON casts USING ivfflat (o vector_cosine_ops) WITH (lists = 2);"
        )
        [found] = await look_up(session, [Declared("public", "casts", "e", ("t",))])
        assert found.lists == (("public", "of_e"),)

    async def test_indexes_stay_as_they_are_where_somebody_says_so(
        self, session: Session, connection: Connection
    ) -> None:
        before = connection.execute("SELECT relfilenode FROM pg_class WHERE relname = 'articles_lists'").fetchall()
        await run(session, rebuild=False)
        after = connection.execute("SELECT relfilenode FROM pg_class WHERE relname = 'articles_lists'").fetchall()
        assert before == after

    async def test_who_may_only_write_fills_without_building_indexes(
        self, target: Target, connection: Connection
    ) -> None:
        connection.execute("DROP ROLE IF EXISTS scribe; CREATE ROLE scribe LOGIN")
        connection.execute("GRANT SELECT, UPDATE ON articles TO scribe")
        scribe = replace(target, params={**target.params, "user": "scribe"})
        async with await Session.open(scribe, what="test") as session:
            done = (await run(session))[-1]
        connection.execute("DROP OWNED BY scribe; DROP ROLE scribe")
        assert done.rows == 48
        assert done.remark.startswith("The lists of public.articles_lists were made from other rows")

    async def test_of_a_large_table_it_is_said_that_its_index_is_due(
        self, session: Session, connection: Connection, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        connection.execute("ANALYZE articles")
        monkeypatch.setattr(fillable, "_FEW", 40)
        before = connection.execute("SELECT relfilenode FROM pg_class WHERE relname = 'articles_lists'").fetchall()
        done = (await run(session, batch=20))[-1]
        assert done.remarks == (
            "The lists of public.articles_lists were made from other rows, so a search misses some:"
            " REINDEX INDEX CONCURRENTLY makes them anew.",
        )
        after = connection.execute("SELECT relfilenode FROM pg_class WHERE relname = 'articles_lists'").fetchall()
        assert before == after

    async def test_columns_of_unlike_collations_and_types(self, session: Session, connection: Connection) -> None:
        connection.execute(
            'CREATE TABLE mixed (id int PRIMARY KEY, a text COLLATE "C", b text COLLATE "POSIX", n numeric, d date,'
            " j jsonb, e vector(1536));"
            "INSERT INTO mixed VALUES (1, 'a', 'b', 1.50, '2024-02-29', '{\"x\": 1}')"
        )
        column = Declared("public", "mixed", "e", ("a", "b", "n", "d", "j"))
        assert (await run(session, column))[-1].rows == 1

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
