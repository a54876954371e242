"""Keys of every type, columns called like our own names, numbers at the ends of their types, words without end."""

from __future__ import annotations

import pytest

from console.db.session import Session
from console.errors import BadSql, StatementFailed, UsageError
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.finding import find_one
from console.vectors.metric import Metric
from console.vectors.search import asking, preparing
from console.vectors.search.question import FullText, Hybrid, Like, Pasted, Question
from console.vectors.search.searching import search
from tests.databases import Databases
from tests.vectors.search.conftest import Opener

pytestmark = pytest.mark.vector

# Type of the key, two keys, the second written otherwise, and what is no value of the type.
KEYS = {
    "moment": ("timestamptz(3)", "2024-01-01 10:00+00", "2024-01-01 12:00+00", "2024-01-01 17:00+05", "nonsense"),
    "hour": ("time(3) with time zone", "10:00+02", "10:00+05", "10:00:00+05", "25:00"),
    "bytes": ("bytea", r"\x0102", r"\x00ff", r"\x00FF", "zz\\"),
    "price": ("numeric(10,2)", "1.50", "2.25", "2.250", "abc"),
    "mood": ("mood", "sad", "glad", "glad", "mad"),
    "short": ("short", "abc", "xyz", "xyz", "abcdef"),
    "net": ("inet", "10.0.0.1", "::1", "0:0::1", "zzz"),
    "yes": ("boolean", "f", "t", "true", "maybe"),
    "numbers": ("integer[]", "{1,2}", "{}", "{}", "{1"),
    "document": ("jsonb", '{"a": 1}', "2", "2", '{"a'),
    "signs": ("bit(3)", "101", "111", "111", "12"),
}
GROUND = """
    CREATE EXTENSION vector;
    CREATE TYPE mood AS ENUM ('sad', 'glad');
    CREATE DOMAIN short AS varchar(3);
"""


def keyed(name: str, type_name: str, *keys: str) -> str:
    """Return SQL that makes a table with a key of a type, and two rows."""
    one, other = (key.replace("'", "''") for key in keys)
    return f"""
        CREATE TABLE k_{name} (k {type_name} PRIMARY KEY, v vector(2));
        INSERT INTO k_{name} VALUES ('{one}', '[1,2]'), ('{other}', '[2,1]');
    """


class TestKeys:
    """Every one of them is read as the server reads it, and what is none is a mistake of the person's."""

    @pytest.fixture
    async def session(self, opened: Opener) -> Session:
        return await opened(GROUND + "".join(keyed(name, *facts[:3]) for name, facts in KEYS.items()))

    async def test_of_every_type(self, session: Session) -> None:
        for name, (_, one, other, also, _) in KEYS.items():
            column = await find_one(session, f"k_{name}")
            [first] = (await search(session, column, Question(asking.like(one, column)))).hits
            [second] = (await search(session, column, Question(asking.like(also, column)))).hits
            assert await preparing.vector(session, column, first.key) == "[2,1]", name
            assert await preparing.vector(session, column, second.key) == "[1,2]", name
            assert await preparing.vector(session, column, (other,)) == "[2,1]", name

    async def test_what_is_no_value_is_said(self, session: Session) -> None:
        for name, (type_name, *_, wrong) in KEYS.items():
            column = await find_one(session, f"k_{name}")
            for by in (Like((wrong,)), asking.expression(f"'{wrong}'", column)):
                with pytest.raises(UsageError) as caught:
                    await search(session, column, Question(by))
                assert caught.value.title.startswith(f"{wrong} is no "), type_name
                assert f", as the key k of public.k_{name} is." in caught.value.title

    async def test_a_condition_that_fails_is_no_wrong_key(self, session: Session) -> None:
        column = await find_one(session, "k_mood")
        with pytest.raises(Exception, match="division by zero"):
            await search(session, column, Question(Like(("sad",)), where="1 / (length(k::text) - 4) = 1"))


async def test_columns_called_like_our_own_names(opened: Opener) -> None:
    names = ("key0", "distance", "score", "far", "near", "well", "rank", "came", "nearest", "best", "b", "r", "o", "t")
    columns = ", ".join(f"{name} int DEFAULT {place}" for place, name in enumerate(names))
    session = await opened(
        f"CREATE EXTENSION vector; CREATE TABLE t (words text, {columns}, id int PRIMARY KEY, v vector(64));"
        " INSERT INTO t (id, words, v) SELECT n, 'apple ' || n, array_fill(n, ARRAY[64])::vector"
        " FROM generate_series(1, 60) AS n; CREATE INDEX ON t USING hnsw (v vector_l2_ops); ANALYZE t",
        by_index=True,
    )
    column = await find_one(session, "t")
    where = " AND ".join(f"t.{name} = {place}" for place, name in enumerate(names))
    for by in (Like(("7",)), FullText("apple"), Hybrid("apple")):
        for condition in ("", where):
            question = Question(by, k=5, where=condition, within=1e9 if isinstance(by, Like) else None)
            found = await search(session, column, question, HashingEmbedder(64))
            assert len(found.hits) == 5
            assert [found.hits[0].row[found.columns.index(name)] for name in names] == list(map(str, range(len(names))))


class TestNumbers:
    async def test_sparse_vectors_of_a_thousand_million_places_are_added(self, opened: Opener) -> None:
        session = await opened(
            "CREATE EXTENSION vector; CREATE TABLE s (id int PRIMARY KEY, v sparsevec(1000000000));"
            " INSERT INTO s VALUES (1, '{1:1}/1000000000'), (2, '{999999999:1}/1000000000'),"
            " (3, '{1:1,999999999:1}/1000000000'), (4, '{1:1,999999999:-1}/1000000000')"
        )
        column = await find_one(session, "s")
        for text, nearest in (("1 + 2", ("3",)), ("1 - 2", ("4",))):
            found = await search(session, column, Question(asking.expression(text, column), k=1))
            assert found.hits[0].key == nearest
            assert found.hits[0].distance == pytest.approx(0, abs=1e-6)

    @pytest.mark.parametrize(
        ("number", "metric"), [("1e30", Metric.COSINE), ("1e-30", Metric.COSINE), ("3e38", Metric.L2)]
    )
    async def test_squares_that_leave_single_precision_are_said(
        self, opened: Opener, number: str, metric: Metric
    ) -> None:
        session = await opened(
            "CREATE EXTENSION vector; CREATE TABLE n (id int PRIMARY KEY, v vector(2));"
            f" INSERT INTO n VALUES (1, '[{number},0]'), (2, '[{number},{number}]'), (3, '[1,1]')"
        )
        column = await find_one(session, "n")
        for by in (Like(("1",)), Pasted(f"[{number}, 0]")):
            found = await search(session, column, Question(by, metric=metric))
            assert any("single precision" in remark for remark in found.remarks)
            assert not any("nothing but zeros" in remark for remark in found.remarks)
        usual = await search(session, column, Question(Pasted("[1,1]"), k=1, metric=Metric.L1))
        assert usual.remarks == ()

    async def test_more_numbers_than_a_sparsevec_holds(self, opened: Opener) -> None:
        session = await opened("CREATE EXTENSION vector; CREATE TABLE s (id int PRIMARY KEY, v sparsevec(20000))")
        with pytest.raises(UsageError, match="20,000 numbers other than 0; a sparsevec holds 16,000"):
            await search(session, await find_one(session, "s"), Question(Pasted(" ".join(["1"] * 20_000))))


async def test_words_and_conditions_without_an_end(opened: Opener) -> None:
    session = await opened(
        "CREATE EXTENSION vector; CREATE TABLE w (id int PRIMARY KEY, body text, v vector(64));"
        " INSERT INTO w VALUES (1, 'apple', array_fill(1, ARRAY[64])::vector)"
    )
    column = await find_one(session, "w")
    for by in (FullText("a b " * 5_000), Hybrid(" ".join(f"w{number}" for number in range(5_000)))):
        with pytest.raises(UsageError, match="full text search takes 1,000 at most"):
            await search(session, column, Question(by), HashingEmbedder(64))
    same = await search(session, column, Question(Hybrid("apple " * 5_000)), HashingEmbedder(64))
    assert [hit.key for hit in same.hits] == [("1",)]
    none = await search(session, column, Question(FullText(" ".join(f"w{number}" for number in range(900)))))
    assert len(none.remarks[0]) < 300
    with pytest.raises(BadSql, match=r"\$1 stands for a value"):
        await search(session, column, Question(Like(("1",)), where="id IN (SELECT $1)"))
    alone = await search(session, column, Question(Like(("1",))))
    assert alone.remarks == ("No other rows have a vector.",)


@pytest.mark.parametrize(
    "change",
    ["ALTER TABLE c RENAME v TO w", "ALTER TABLE c DROP body", "ALTER TABLE c ALTER v TYPE text", "DROP TABLE c"],
)
async def test_a_table_that_has_changed_meanwhile(opened: Opener, databases: Databases, change: str) -> None:
    session = await opened(
        "CREATE EXTENSION vector; CREATE TABLE c (id int PRIMARY KEY, body text, v vector(2));"
        " INSERT INTO c VALUES (1, 'a', '[1,2]')"
    )
    column = await find_one(session, "c")
    with databases.connect(session.target) as connection:
        connection.execute(change.encode())
    with pytest.raises(StatementFailed, match="does not exist") as caught:
        await search(session, column, Question(Pasted("[1,2]")))
    assert caught.value.hint == "The table has changed since its columns were read: read them again."
