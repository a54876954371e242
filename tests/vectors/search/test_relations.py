"""Searches of odd names, of columns whose index is of a cast, of views and of partitions."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from console.errors import UsageError
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.finding import find, find_one
from console.vectors.literal import written
from console.vectors.metric import Kind, Metric
from console.vectors.search.hit import Found
from console.vectors.search.question import FullText, Knobs, Like, Mixed, Pasted, Question, Words
from console.vectors.search.searching import browse, search
from tests.databases import Databases
from tests.vectors.search import ground
from tests.vectors.search.conftest import Opener

pytestmark = pytest.mark.vector


def told(found: Found) -> list[float | None]:
    return [hit.distance for hit in found.hits]


def least(truth: ground.Floats, k: int) -> list[float]:
    return [float(truth[place]) for place in ground.nearest(truth, k)]


ODD = """
    CREATE SCHEMA "S ""x"" s";
    CREATE EXTENSION vector WITH SCHEMA "S ""x"" s";
    CREATE TABLE "S ""x"" s". "Odd %s, table" ("the ""id"" i" text, "%" int, "vec ""%s"" v" "S ""x"" s".halfvec(3),
        note text,
        PRIMARY KEY ("the ""id"" i", "%"));
    INSERT INTO "S ""x"" s"."Odd %s, table" VALUES ('a,b', 1, '[1,0,0]', E'\\x1b[31mred'),
        ('it''s', 2, '[0,1,0]', '%s'),
        ('%', 3, '[0.9,0.1,0]', '');
"""


async def test_names_and_keys_that_are_odd(opened: Opener, databases: Databases) -> None:
    session = await opened(ODD)
    [column] = await find(session)
    found = await search(session, column, Question(Like(("a,b", "1")), where='"%" > 1 AND note IS NOT NULL'))
    assert [hit.key for hit in found.hits] == [("%", "3"), ("it's", "2")]
    with databases.connect(session.target) as connection:
        assert [row[1] for row in connection.execute(found.sql.encode()).fetchall()] == ["%", "it's"]
    mixed = Mixed(((1.0, ("a,b", "1")), (0.5, ("it's", "2"))))
    assert [hit.key for hit in (await search(session, column, Question(mixed))).hits] == [("%", "3")]


class TestIndexesOfCasts:
    """A column whose index holds something made of it: what is asked has to be made the same way."""

    @pytest.mark.parametrize("schema", ["public", ground.SCHEMA])
    @pytest.mark.parametrize(
        ("index", "options"),
        [
            ("hnsw ((v::halfvec(8)) halfvec_cosine_ops)", {}),
            ("ivfflat ((v::halfvec(8)) halfvec_cosine_ops) WITH (lists = 4)", {"knobs": Knobs(probes=4)}),
            ("hnsw ((binary_quantize(v)::bit(8)) bit_hamming_ops)", {"knobs": Knobs(ef_search=400)}),
        ],
    )
    async def test_it_is_used_and_the_distances_are_the_columns(
        self, opened: Opener, index: str, options: dict[str, Any], schema: str
    ) -> None:
        vectors = ground.made(Kind.VECTOR)
        path = f"""SET search_path = public, "{schema.replace('"', '""')}";"""
        sql = ground.table(Kind.VECTOR, vectors, schema=schema) + f"{path} CREATE INDEX ON things USING {index};"
        session = await opened(sql, by_index=True)
        column = await find_one(session, "things")
        found = await search(session, column, Question(Like(("5",)), k=8, **options), plan=True)
        assert found.plan is not None
        assert found.plan.index, found.plan.because
        truth = ground.distances(vectors, vectors[5], Metric.COSINE)
        truth[5] = np.inf
        got = ground.ids([hit.key for hit in found.hits])
        assert [hit.distance for hit in found.hits] == pytest.approx([truth[place] for place in got], abs=2e-6)
        assert len(set(got) & set(ground.nearest(truth, 8))) >= (4 if "quantize" in index else 7)
        assert [hit.distance for hit in found.hits] == sorted(hit.distance or 0 for hit in found.hits)

    @pytest.mark.parametrize("kind", [Kind.VECTOR, Kind.HALFVEC, Kind.SPARSEVEC])
    async def test_a_column_of_several_lengths(self, opened: Opener, kind: Kind) -> None:
        vectors = ground.made(kind)
        other = written((1.0, 2.0, 3.0), kind)
        sql = ground.table(kind, vectors, schema="public", dimensions=None)
        session = await opened(
            sql + f"INSERT INTO things SELECT 2000 + i, 0, '', '{other}' FROM generate_series(1, 9) AS i;"
        )
        column = await find_one(session, "things")
        truth = ground.distances(vectors, vectors[5], Metric.L2)
        truth[5] = np.inf
        for by in (Like(("5",)), Pasted(written(vectors[5].tolist(), kind))):
            found = await search(session, column, Question(by, k=8, metric=Metric.L2, where="n <> 5"))
            assert told(found) == pytest.approx(least(truth, 8), abs=2e-6)
        three = await search(session, column, Question(Pasted(other), metric=Metric.L2))
        assert ground.ids([hit.key for hit in three.hits]) == list(range(2001, 2010))
        assert three.remarks == ("Only 9 rows have a vector of 3 numbers.",)

    async def test_a_column_of_any_length(self, opened: Opener) -> None:
        vectors = ground.made(Kind.VECTOR)
        sql = ground.table(Kind.VECTOR, vectors, schema="public", dimensions=None) + (
            "INSERT INTO things SELECT 2000 + i, 0, '', '[1,2,3]' FROM generate_series(1, 9) AS i;"
            "CREATE INDEX ON things USING hnsw ((v::vector(8)) vector_l2_ops) WHERE vector_dims(v) = 8;"
        )
        session = await opened(sql, by_index=True)
        column = await find_one(session, "things")
        question = Question(Like(("5",)), k=8, metric=Metric.L2)
        found = await search(session, column, question, plan=True)
        truth = ground.distances(vectors, vectors[5], Metric.L2)
        truth[5] = np.inf
        assert told(found) == pytest.approx(least(truth, 8), abs=2e-6)
        assert found.plan is not None
        assert found.plan.index, found.plan.because
        three = await search(session, column, Question(Pasted("[1,2,3]"), metric=Metric.L2))
        assert ground.ids([hit.key for hit in three.hits]) == list(range(2001, 2010))
        with pytest.raises(UsageError, match="several lengths"):
            await search(session, column, Question(Mixed(((1.0, ("1",)), (1.0, ("2001",))))))


class TestOtherRelations:
    async def test_a_view(self, opened: Opener) -> None:
        vectors = ground.made(Kind.VECTOR)
        sql = ground.table(Kind.VECTOR, vectors, schema="public") + ground.index(
            Kind.VECTOR, Metric.L2, schema="public"
        )
        more = (
            "CREATE VIEW seen AS SELECT n, words, v FROM things; CREATE VIEW every AS TABLE things UNION TABLE things;"
        )
        session = await opened(sql + more, by_index=True)
        column = await find_one(session, "seen")
        by = Pasted(written(vectors[5].tolist(), Kind.VECTOR))
        truth = ground.distances(vectors, vectors[5], Metric.L2)
        for exact in (True, False):
            found = await search(session, column, Question(by, k=8, metric=Metric.L2, exact=exact))
            assert told(found) == pytest.approx(least(truth, 8), abs=2e-6)
            assert truth[[int(hit.row[0] or "") for hit in found.hits]] == pytest.approx(told(found), abs=2e-6)
            assert found.hits[0].key == ("5",)
        truth[5] = np.inf
        like = await search(session, column, Question(Like(("5",)), k=8, metric=Metric.L2))
        assert told(like) == pytest.approx(least(truth, 8), abs=2e-6)
        with pytest.raises(UsageError, match="cannot be named"):
            await search(session, await find_one(session, "every"), Question(Like(("5",))))

    @pytest.mark.parametrize("parted", [False, True])
    async def test_a_table_without_a_key(self, opened: Opener, parted: bool) -> None:
        vectors = ground.made(Kind.VECTOR)
        parts = """PARTITION BY RANGE (n); CREATE TABLE low PARTITION OF rows FOR VALUES FROM (0) TO (200);
            CREATE TABLE rest PARTITION OF rows DEFAULT"""
        session = await opened(
            ground.table(Kind.VECTOR, vectors, schema="public")
            + f"CREATE TABLE rows (n int, words text, v vector(8)) {parts if parted else ''};"
            + "INSERT INTO rows SELECT n, words, v FROM things; CREATE INDEX ON rows USING hnsw (v vector_l2_ops);",
            by_index=True,
        )
        column = await find_one(session, "rows")
        assert column.placed
        pasted = Pasted(written(vectors[5].tolist(), Kind.VECTOR))
        first = (await search(session, column, Question(pasted, k=1))).hits[0]
        truth = ground.distances(vectors, vectors[5], Metric.L2)
        truth[5] = np.inf
        for by in (Like(first.key), Mixed(((1.0, first.key),))):
            found = await search(session, column, Question(by, k=8), plan=True)
            assert told(found) == pytest.approx(least(truth, 8), abs=2e-6)
            assert found.plan is not None
            assert found.plan.index, found.plan.because
        assert found.columns[-2:] == ("n", "words")
        words = await search(session, column, Question(FullText("number")))
        assert len({hit.key for hit in words.hits}) == 10
        some = await browse(session, column)
        assert len({hit.key for hit in some.hits}) == 10
        assert "ORDER BY" not in some.sql

    async def test_a_partitioned_table(self, opened: Opener) -> None:
        vectors = ground.made(Kind.VECTOR)
        sql = ground.table(Kind.VECTOR, vectors, schema="public") + (
            "CREATE TABLE parts (n int, v vector(8), PRIMARY KEY (n)) PARTITION BY RANGE (n);"
            "CREATE TABLE low PARTITION OF parts FOR VALUES FROM (0) TO (200);"
            "CREATE TABLE high PARTITION OF parts FOR VALUES FROM (200) TO (MAXVALUE);"
            "INSERT INTO parts SELECT n, v FROM things; CREATE INDEX ON parts USING hnsw (v vector_l2_ops);"
        )
        session = await opened(sql, by_index=True)
        column = await find_one(session, "parts")
        found = await search(session, column, Question(Like(("5",)), k=8), plan=True)
        truth = ground.distances(vectors, vectors[5], Metric.L2)
        truth[5] = np.inf
        assert told(found) == pytest.approx(least(truth, 8), abs=2e-6)
        assert found.plan is not None
        assert found.plan.index, found.plan.because


async def test_bits_are_searched_by_words_as_they_are_quantized(opened: Opener, databases: Databases) -> None:
    session = await opened(
        "CREATE EXTENSION vector; CREATE TABLE signs (n int PRIMARY KEY, words text, v bit(64));"
        "CREATE INDEX ON signs USING hnsw (v bit_hamming_ops);"
    )
    embedder, texts = HashingEmbedder(64), ["anchors and storms", "flour and water", "sails and ropes"]
    with databases.connect(session.target) as connection:
        for number, (text, vector) in enumerate(zip(texts, embedder.vectors(texts), strict=True)):
            made = "SELECT %s, %s, binary_quantize(%s::vector)::bit(64)"
            connection.execute(f"INSERT INTO signs {made}".encode(), [number, text, written(vector or (), Kind.VECTOR)])
    column = await find_one(session, "signs")
    found = await search(session, column, Question(Words("flour and water")), embedder)
    assert (found.hits[0].key, found.hits[0].distance, found.hits[0].similarity) == (("1",), 0, 1)
    with pytest.raises(UsageError, match="Bits cannot be added"):
        await search(session, column, Question(Mixed(((1.0, ("1",)),))))
