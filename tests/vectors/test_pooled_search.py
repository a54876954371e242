"""A search through a transaction pooler: its settings hold for it alone."""

from __future__ import annotations

from typing import Any

import pytest

from console.db.query import Query
from console.db.session import Session
from console.vectors.finding import find_one
from console.vectors.metric import Kind, Metric
from console.vectors.search.question import Knobs, Like, Question
from console.vectors.search.searching import search
from tests.databases import Databases
from tests.vectors.search import ground

pytestmark = [pytest.mark.vector, pytest.mark.tool]


async def test_a_pooler_is_no_hindrance(pooled: Any, databases: Databases) -> None:
    with databases.connect(pooled) as connection:
        vectors = ground.made(Kind.VECTOR)
        connection.execute((ground.table(Kind.VECTOR, vectors) + ground.index(Kind.VECTOR, Metric.L2)).encode())
    async with await Session.open(pooled, what="test") as session:
        column = await find_one(session, "things")
        question = Question(Like(("5",)), k=3, knobs=Knobs(ef_search=77), where="part >= 0")
        for _ in range(3):
            assert len((await search(session, column, question)).hits) == 3
            [[(left,)]] = await session.read(Query("SELECT current_setting('hnsw.ef_search', true)"))
            assert left != "77"
