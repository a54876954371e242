"""What is missing is counted before anything is made: rows, tokens, cost; of a large table a part."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest

from console.config.profile import Target
from console.db.session import Session
from console.errors import UsageError
from console.vectors.embedders.endpoint import Endpoint
from console.vectors.embedders.hashing import HashingEmbedder
from console.vectors.embedders.http import HttpEmbedder
from console.vectors.filling import counting
from console.vectors.filling.counting import Missing
from console.vectors.filling.declared import Declared
from tests.databases import Databases

COLUMN = Declared("public", "notes", "embedding", ("title", "body"))
NOTES = """
    CREATE EXTENSION vector;
    CREATE TABLE notes (id int PRIMARY KEY, title text, body text, kind text, embedding vector(1536));
    INSERT INTO notes SELECT n, 'abcd', repeat('x', 96), CASE WHEN n > 10 THEN 'b' ELSE 'a' END
        FROM generate_series(1, 100) AS n;
    INSERT INTO notes VALUES (101, NULL, NULL), (102, '', E' \\n'), (103, NULL, 'ä');
"""


@pytest.fixture
def target(make_database: Callable[..., Target]) -> Target:
    return make_database(NOTES)


@pytest.fixture
async def session(target: Target) -> AsyncIterator[Session]:
    async with await Session.open(target, what="test") as opened:
        yield opened


@pytest.fixture
def connection(databases: Databases, target: Target) -> Any:
    with databases.connect(target) as opened:
        yield opened


def openai(model: str = "text-embedding-3-small", **more: Any) -> HttpEmbedder:
    return HttpEmbedder(Endpoint("https://api.openai.com/v1", model), **more)


async def test_rows_texts_and_octets(session: Session) -> None:
    missing = await counting.count(session, COLUMN, HashingEmbedder())
    assert (missing.rows, missing.without_text, missing.octets) == (101, 2, 100 * 100 + 2)
    assert (missing.tokens, missing.cost, missing.sampled) == (2501, 0, False)
    assert missing.sentence == "101 embeddings to make, 9.77 kB of text, about 2,501 tokens: costs nothing."


async def test_what_is_filled_is_not_missing(session: Session, connection: psycopg.Connection[Any]) -> None:
    connection.execute("UPDATE notes SET embedding = (SELECT array_agg(1) FROM generate_series(1, 1536))::vector")
    missing = await counting.count(session, COLUMN, HashingEmbedder())
    assert (missing.rows, missing.octets) == (0, 0)
    assert missing.sentence == "No embedding is missing in public.notes.embedding."


async def test_a_condition_counts(session: Session) -> None:
    missing = await counting.count(session, replace(COLUMN, where=(("kind", ("a",)),)), HashingEmbedder())
    assert missing.rows == 10


@pytest.mark.parametrize(
    ("price", "cost", "said"),
    [
        (None, 2501 * 0.02 / 1e6, ": less than $ 0.01"),
        (1000.0, 2.501, ": about $ 2.50"),
        (0.0, 0.0, ": costs nothing"),
    ],
)
async def test_what_it_would_cost(session: Session, price: float | None, cost: float, said: str) -> None:
    missing = await counting.count(session, COLUMN, openai(price=price))
    assert missing.cost == pytest.approx(cost)
    assert missing.sentence.endswith(f"{said}.")


async def test_a_price_that_nobody_knows(session: Session) -> None:
    missing = await counting.count(session, COLUMN, openai("somebody-elses"))
    assert missing.cost is None
    assert "what it costs there is not known (price in the profile says it)" in missing.sentence


async def test_lengths_that_differ_are_known_before_anything_is_counted(session: Session) -> None:
    with pytest.raises(UsageError, match="takes 1,536 dimensions, and text-embedding-3-large at"):
        await counting.count(session, COLUMN, openai("text-embedding-3-large"))


async def test_a_column_that_is_not_there(session: Session) -> None:
    with pytest.raises(UsageError, match=r"no column public\.notes\.later"):
        await counting.count(session, replace(COLUMN, column="later"), HashingEmbedder())


async def test_of_a_large_table_a_part_is_looked_at(
    session: Session, connection: psycopg.Connection[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    connection.execute(
        "INSERT INTO notes SELECT n, 'abcd', repeat('x', 96) FROM generate_series(1000, 60_000) AS n; ANALYZE notes"
    )
    monkeypatch.setattr(counting, "_ALL", 1 << 20)
    monkeypatch.setattr(counting, "_SAMPLE", 1 << 21)
    missing = await counting.count(session, COLUMN, HashingEmbedder())
    assert missing.sampled
    assert missing.rows == pytest.approx(59_102, rel=0.4)
    assert missing.octets == pytest.approx(missing.rows * 100, rel=0.05)
    assert missing.sentence.startswith("about ")


def test_a_sentence_for_one() -> None:
    assert Missing(COLUMN, 1, 0, 4, 0.0).sentence == "1 embedding to make, 4 B of text, about 1 token: costs nothing."
