"""Searches of a table of articles: by words, asked wrongly, past the guard, and once more in psql."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from console.db.session import Session
from console.errors import BadSql, ConsoleError, Interrupted, MayWrite, Refused, TimedOut, UsageError
from console.vectors.embedders.embedder import Vector
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.finding import find_one
from console.vectors.literal import written
from console.vectors.metric import Kind, Metric
from console.vectors.search.hit import Found
from console.vectors.search.question import (
    FullText,
    Hybrid,
    Knobs,
    Like,
    Mixed,
    Pasted,
    Question,
    Words,
)
from console.vectors.search.searching import browse, search
from tests.databases import Databases
from tests.vectors.search.conftest import Opener

pytestmark = pytest.mark.vector

ARTICLES = """
    CREATE SCHEMA "Ext %";
    CREATE EXTENSION vector WITH SCHEMA "Ext %";
    CREATE TABLE articles (id int PRIMARY KEY, title text, body text, distance text, score int, price numeric,
        embedding "Ext %".vector(64));
    INSERT INTO articles VALUES
        (1, 'Anchors', 'How to drop an anchor in a storm, and how to weigh it again.', 'near', 1, 10),
        (2, 'Sails', 'Reefing sails before the storm comes.', 'far', 2, 20),
        (3, 'Bread', 'Sourdough wants flour, water, salt and time.', 'far', 3, 30),
        (4, 'Cakes', 'Flour, eggs, sugar; bake until golden.', 'far', 4, 40),
        (5, 'Nothing', NULL, NULL, NULL, NULL);
"""


class Small(HashingEmbedder):
    """The hashing embedder at 64 dimensions."""

    def __init__(self) -> None:
        super().__init__(64)


@pytest.fixture
async def session(opened: Opener, databases: Databases) -> Session:
    session = await opened(ARTICLES)
    with databases.connect(session.target) as connection:
        rows = connection.execute("SELECT id, title || ' ' || body FROM articles WHERE body IS NOT NULL").fetchall()
        for (number, _), vector in zip(rows, Small().vectors([text for _, text in rows]), strict=True):
            assert vector is not None
            filled = 'UPDATE articles SET embedding = %s::"Ext %%".vector WHERE id = %s'
            connection.execute(filled, [written(vector, Kind.VECTOR), number])
    return session


async def ask(session: Session, by: Any, embedder: Any = None, **asked: Any) -> Found:
    options = {name: asked.pop(name) for name in ("plan", "timeout", "allow_functions") if name in asked}
    column = await find_one(session, "articles")
    return await search(session, column, Question(by, **asked), embedder, **options)


def titles(found: Found) -> list[str]:
    return [hit.row[found.columns.index("title")] for hit in found.hits]


class TestWords:
    async def test_by_meaning(self, session: Session) -> None:
        found = await ask(session, Words("anchoring in storms"), Small(), k=2)
        assert titles(found) == ["Anchors", "Sails"]
        assert found.words == ("anchoring", "storms")
        assert found.text_column == "body"
        assert found.columns == ("id", "title", "body", "distance", "score", "price")
        assert found.hits[0].key == ("1",)
        assert found.hits[0].similarity == pytest.approx(1 - (found.hits[0].distance or 0))

    async def test_by_full_text(self, session: Session) -> None:
        found = await ask(session, FullText("flour -sugar"), plan=True)
        assert titles(found) == ["Bread"]
        assert found.plan is not None
        assert found.plan.badge == "sequential scan, because no index has the words"
        assert found.hits[0].distance is None
        assert 0 < (found.hits[0].score or 0) < 1
        assert found.words == ("flour",)
        assert found.remarks == ("Full text search read all rows: no index has body, by configuration english.",)

    @pytest.mark.parametrize(
        ("text", "remark"),
        [
            ("the and of", "Full text search (english) leaves such words out: nothing is looked for."),
            ("volcano", "No row has the word 'volcano'."),
            ('"bread volcano"', "No row has the phrase 'bread' <-> 'volcano'."),
            ("storms of flour", "No row has all the words 'storm' & 'flour'. Write or between them for any of them."),
        ],
    )
    async def test_full_text_that_finds_nothing_says_why(self, session: Session, text: str, remark: str) -> None:
        found = await ask(session, FullText(text))
        assert found.hits == ()
        assert found.remarks[0] == remark

    @pytest.mark.parametrize(
        ("index", "configuration", "text_column"),
        [
            ("CREATE INDEX ON articles USING gin (to_tsvector('german', body))", "german", None),
            (
                "CREATE INDEX ON articles USING gin (to_tsvector('simple', coalesce(title, '') || ' ' || body))",
                "simple",
                None,
            ),
            (
                "ALTER TABLE articles ADD doc tsvector GENERATED ALWAYS AS (to_tsvector('french', body)) STORED;"
                "CREATE INDEX ON articles USING gin (doc)",
                "french",
                None,
            ),
            ("CREATE INDEX ON articles USING gin (to_tsvector('german', body))", "english", "title"),
        ],
    )
    async def test_the_configuration_of_an_index_is_taken(
        self, session: Session, databases: Databases, index: str, configuration: str, text_column: str | None
    ) -> None:
        with databases.connect(session.target) as connection:
            connection.execute(index.encode())
        found = await ask(session, FullText("flour" if text_column is None else "bread"), text_column=text_column)
        assert titles(found)
        assert f"'{configuration}'" in found.sql
        assert bool(found.remarks) == (text_column is not None)

    @pytest.mark.parametrize("text", ["storm flour anchor", "storm or flour or anchor"])
    async def test_hybrid_is_the_reciprocal_ranks_of_both(self, session: Session, text: str) -> None:
        found = await ask(session, Hybrid(text), Small(), k=4)
        by_meaning = await ask(session, Words(text), Small(), k=4)
        by_letter = await ask(session, FullText("storm or flour or anchor"))
        scores: dict[str, float] = {}
        for each in (titles(by_meaning), titles(by_letter)):
            for rank, title in enumerate(each, 1):
                scores[title] = scores.get(title, 0) + 1 / (60 + rank)
        assert {title: hit.score for title, hit in zip(titles(found), found.hits, strict=True)} == pytest.approx(scores)
        assert [hit.score for hit in found.hits] == sorted(scores.values(), reverse=True)
        assert all(hit.distance is not None for hit in found.hits)

    async def test_the_plan_of_hybrid_is_that_of_its_vectors(self, session: Session) -> None:
        found = await ask(session, Hybrid("storm"), Small(), plan=True)
        assert found.plan is not None
        assert found.plan.badge == "sequential scan, because the column has no index of vectors"

    async def test_hybrid_takes_conditions_and_limits(self, session: Session) -> None:
        found = await ask(session, Hybrid("flour"), Small(), where="price < 35", within=0.9)
        assert titles(found)[0] == "Bread"
        assert "Cakes" not in titles(found)
        assert all((hit.distance or 0) <= 0.9 for hit in found.hits)

    async def test_hybrid_of_a_table_without_a_key(self, session: Session, databases: Databases) -> None:
        with databases.connect(session.target) as connection:
            connection.execute("ALTER TABLE articles DROP CONSTRAINT articles_pkey")
        found = await ask(session, Hybrid("flour"), Small(), k=2)
        assert sorted(titles(found)) == ["Bread", "Cakes"]
        assert all(hit.key[0].startswith("(0,") for hit in found.hits), "a row without a key is named by its place"

    async def test_rows_to_begin_with(self, session: Session) -> None:
        column = await find_one(session, "articles")
        found = await browse(session, column, k=3, where="price > 10")
        assert titles(found) == ["Sails", "Bread", "Cakes"]
        assert {hit.distance for hit in found.hits} == {None}
        assert found.hits[0].key == ("2",)


class TestAskedWrongly:
    @pytest.mark.parametrize(
        ("by", "asked", "said"),
        [
            (Pasted("[1,2]"), {}, "This vector has 2 numbers, and the column takes 64."),
            (Pasted("hello"), {}, "This is no vector: number 1, line 1, column 1, is “hello”."),
            (Pasted(",".join(["0"] * 64)), {}, "This vector is nothing but zeros: it points nowhere, and no cosine"),
            (Like(("77",)), {}, "articles has no row 77."),
            (Like(("x",)), {}, "x is no integer, as the key id of public.articles is."),
            (Like(("99999999999",)), {}, "99999999999 is no integer, as the key id of public.articles is."),
            (Like(("5",)), {}, "Row 5 has no embedding: it is null."),
            (Like(("1", "2")), {}, "The key of articles has 1 part, and this has 2."),
            (Mixed(((1.0, ("1",)), (1.0, ("77",)))), {}, "articles has no row 77."),
            (Words("x"), {}, "Words are searched through an embedder, and none is configured for this column."),
            (FullText("x"), {"text_column": "price"}, "articles has no text column price."),
            (Like(("1",)), {"k": 0}, "k is how many rows are wanted"),
            (Like(("1",)), {"metric": Metric.HAMMING}, "A vector has no distance by hamming."),
            (Like(("1",)), {"knobs": Knobs(ef_search=5_000)}, "ef_search is between 1 and 1,000, and not 5,000."),
            (
                Like(("1",)),
                {"knobs": Knobs(iterative="loose")},
                "An iterative scan is off, strict_order or relaxed_order",
            ),
        ],
    )
    async def test_one_sentence_each(self, session: Session, by: Any, asked: dict[str, Any], said: str) -> None:
        with pytest.raises(UsageError) as caught:
            await ask(session, by, **asked)
        assert caught.value.title.startswith(said)

    async def test_an_embedder_of_another_length(self, session: Session) -> None:
        with pytest.raises(UsageError, match="This vector has 32 numbers, and the column takes 64"):
            await ask(session, Words("storm"), HashingEmbedder(32))


class TestGuard:
    @pytest.mark.parametrize(
        ("where", "error"),
        [
            ("price > 1) OR (true", BadSql),
            ("price >", BadSql),
            ("true; DELETE FROM articles", BadSql),
            ("writes()", MayWrite),
            ("pg_terminate_backend(1)", Refused),
        ],
    )
    async def test_a_condition_goes_through_it(
        self, session: Session, databases: Databases, where: str, error: type[ConsoleError]
    ) -> None:
        with databases.connect(session.target) as connection:
            connection.execute(
                "CREATE FUNCTION writes() RETURNS boolean LANGUAGE sql AS $$ DELETE FROM articles; SELECT true $$"
            )
        with pytest.raises(error):
            await ask(session, Like(("1",)), where=where)
        with databases.connect(session.target) as connection:
            assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(5,)]

    async def test_what_a_person_agreed_to_still_cannot_write(self, session: Session, databases: Databases) -> None:
        with databases.connect(session.target) as connection:
            connection.execute(
                "CREATE FUNCTION writes() RETURNS boolean LANGUAGE sql AS $$ DELETE FROM articles; SELECT true $$"
            )
        with pytest.raises(ConsoleError, match="read-only transaction"):
            await ask(session, Like(("1",)), where="writes()", allow_functions=True)

    async def test_views_and_policies_go_through_it_without_a_condition(
        self, session: Session, databases: Databases
    ) -> None:
        with databases.connect(session.target) as connection:
            connection.execute(
                "CREATE FUNCTION writes() RETURNS boolean LANGUAGE sql AS $$ DELETE FROM articles; SELECT true $$;"
                "CREATE POLICY own ON articles USING (writes()); ALTER TABLE articles ENABLE ROW LEVEL SECURITY;"
                "CREATE VIEW seen AS SELECT * FROM articles WHERE writes();"
            )
        view, table = await find_one(session, "seen"), await find_one(session, "articles")
        for column in (view, replace(table, row_security=True)):
            with pytest.raises(MayWrite, match="may write"):
                await search(session, column, Question(Pasted(",".join(["1"] * 64))))

    async def test_that_a_policy_hides_rows_is_said_where_some_are_missed(self, session: Session) -> None:
        column = replace(await find_one(session, "articles"), row_security=True)
        asked = Question(Pasted(",".join(["1"] * 64)), k=100)
        assert (await search(session, column, asked)).remarks[-1].startswith("Of this table a policy")
        assert not (await search(session, column, replace(asked, k=1))).remarks
        with pytest.raises(UsageError) as missed:
            await search(session, column, Question(Like(("99",))))
        assert missed.value.hint.endswith("and a policy shows this role only some of them.")

    @pytest.mark.parametrize(
        ("by", "where"),
        [
            (FullText("a\x00b"), ""),
            (Pasted("[1,\x00]"), ""),
            (Words("a\ud800b"), ""),
            (FullText("a\ud800b"), ""),
            (Like(("1",)), "title = '\x00'"),
            (Like(("1",)), "title = '\ud800'"),
        ],
    )
    async def test_signs_that_postgresql_does_not_take(self, session: Session, by: Any, where: str) -> None:
        with contextlib.suppress(ConsoleError):
            await ask(session, by, Small(), where=where)
        assert titles(await ask(session, Like(("1",)), k=1)), "the session still works"

    async def test_a_condition_has_the_databases_own_search_path(self, session: Session, databases: Databases) -> None:
        with databases.connect(session.target) as connection:
            connection.execute("CREATE FUNCTION cheap(numeric) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN $1 < 15")
        assert titles(await ask(session, Like(("2",)), where="cheap(price)")) == ["Anchors"]

    async def test_the_server_is_not_asked_again_with_every_letter(self, session: Session) -> None:
        column = await find_one(session, "articles")
        question = Question(Like(("1",)), where="lower(title) <> ''")
        await search(session, column, question)
        trips = session.trips
        await search(session, column, question)
        assert session.trips == trips + 1

    async def test_it_ends_by_a_timeout(self, session: Session) -> None:
        slow = "(SELECT count(*) FROM generate_series(1, 100000000)) > 1"
        with pytest.raises(TimedOut):
            await ask(session, Like(("1",)), where=slow, timeout=0.2)
        assert len(titles(await ask(session, Like(("1",)), k=1))) == 1

    async def test_it_is_cancelled(self, session: Session) -> None:
        slow = "(SELECT count(*) FROM generate_series(1, 1000000000)) > 1"
        running = asyncio.create_task(ask(session, Like(("1",)), where=slow))
        while not running.done():  # what is cancelled first may be what is read before it
            await session.cancel()
            await asyncio.sleep(0.02)
        with pytest.raises(Interrupted):
            await running


def _run(command: list[str], sql: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=sql, capture_output=True, text=True, check=False)


class TestPsql:
    @pytest.mark.parametrize(
        ("by", "asked"),
        [
            (Like(("1",)), {"where": "title <> '100 %' -- all"}),
            (Like(("1",)), {"within": 0.99, "exact": True}),
            (Pasted(",".join(map(str, range(64)))), {"metric": Metric.L1, "knobs": Knobs(ef_search=90)}),
            (FullText("it's flour"), {}),
            (Hybrid("flour or storm"), {"within": 0.99}),
        ],
    )
    async def test_what_was_run_runs_there(
        self, session: Session, databases: Databases, by: Any, asked: dict[str, Any]
    ) -> None:
        with databases.connect(session.target) as connection:
            connection.execute(b'CREATE INDEX ON articles USING hnsw (embedding "Ext %".vector_cosine_ops)')
        found = await ask(session, by, Small(), k=3, **asked)
        assert found.hits
        psql = [str(databases.server.installation.bin / "psql"), "-XAtq", databases.server.url(session.target.database)]
        done = await asyncio.to_thread(_run, [*psql, "-v", "ON_ERROR_STOP=1"], found.sql)
        assert done.returncode == 0, done.stderr
        assert [line.split("|")[-6] for line in done.stdout.splitlines()] == [hit.key[0] for hit in found.hits]


class Silent(HashingEmbedder):
    def vectors(self, texts: Sequence[str]) -> list[Vector | None]:
        return [None for _ in texts]


async def test_words_that_say_nothing(session: Session) -> None:
    with pytest.raises(UsageError, match="These words say nothing to the embedder"):
        await ask(session, Words("…"), Silent(64))
