"""An index that gives too few rows is noticed and said, and the answer is made whole."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from console.db.session import Session
from console.vectors.column import VectorColumn
from console.vectors.finding import find_one
from console.vectors.literal import written
from console.vectors.metric import Kind, Metric
from console.vectors.search.hit import Found
from console.vectors.search.question import Knobs, Pasted, Question
from console.vectors.search.searching import search
from tests.databases import Databases
from tests.vectors.search import ground
from tests.vectors.search.conftest import Opener

pytestmark = pytest.mark.vector

ROWS = 3_000
VECTORS = ground.made(Kind.VECTOR, ROWS)
ASKED = VECTORS[5]
RARE = "part = 3 AND n % 300 = 3"  # 10 of 3,000 rows
_SQL = ground.table(Kind.VECTOR, VECTORS, schema="public")
HNSW = _SQL + ground.index(Kind.VECTOR, Metric.L2, schema="public")
IVFFLAT = _SQL + ground.index(Kind.VECTOR, Metric.L2, "ivfflat", schema="public", options="WITH (lists = 50)")


async def ask(session: Session, column: VectorColumn, **asked: object) -> Found:
    by = Pasted(written(ASKED.tolist(), Kind.VECTOR))
    return await search(session, column, Question(by, metric=Metric.L2, **asked), plan=True)


def right(found: Found, where: object = None) -> list[int]:
    """Return the places of what ought to be found."""
    truth = ground.distances(VECTORS, ASKED, Metric.L2)
    if where is not None:
        truth = np.where(where, truth, np.inf)
    return [place for place in ground.nearest(truth, found.question.k) if np.isfinite(truth[place])]


def got(found: Found) -> list[int]:
    return ground.ids([hit.key for hit in found.hits])


class TestHnsw:
    @pytest.fixture
    async def session(self, opened: Opener) -> Session:
        return await opened(HNSW, by_index=True)

    @pytest.mark.parametrize(
        ("knobs", "remark"),
        [
            (Knobs(), "200 rows were wanted, so an index looks at 200 for this search (ef_search)."),
            (
                Knobs(ef_search=40),
                "The index looks at 40 rows (ef_search), and 200 were wanted: it was read on by iterative scan.",
            ),
        ],
    )
    async def test_more_than_ef_search_are_found(self, session: Session, knobs: Knobs, remark: str) -> None:
        column = await find_one(session, "things")
        found = await ask(session, column, k=200, knobs=knobs)
        assert len(set(got(found)) & set(right(found))) >= 190
        assert [hit.distance for hit in found.hits] == sorted(hit.distance or 0 for hit in found.hits)
        assert found.plan is not None
        assert found.plan.index == "things_v_idx"
        assert found.remarks == (remark,)

    async def test_what_the_server_looks_at_already_is_not_less(self, session: Session, databases: Databases) -> None:
        with databases.connect(session.target) as connection:
            connection.execute(f'ALTER DATABASE "{session.target.database}" SET hnsw.ef_search = 500'.encode())
        await session.close()
        found = await ask(session, await find_one(session, "things"), k=200)
        assert dict(found.settings)["hnsw.ef_search"] == "500"

    async def test_without_reading_on_they_are_said_to_be_missing(self, session: Session) -> None:
        column = await find_one(session, "things")
        found = await ask(session, column, k=200, knobs=Knobs(ef_search=40, iterative="off"))
        assert 40 <= len(found.hits) < 60, "equal vectors count once"
        assert found.remarks == (
            f"The index things_v_idx gave only {len(found.hits)} of 200 rows, since it looks at 40 rows (ef_search). "
            "Others may be there: an iterative scan finds them, and so does an exact search.",
        )

    async def test_an_older_pgvector_looks_at_as_many_as_are_wanted(self, session: Session) -> None:
        column = replace(await find_one(session, "things"), version="0.7.4")
        found = await ask(session, column, k=200)
        assert len(found.hits) == 200
        assert "iterative" not in found.sql
        assert "ef_search = '200'" in found.sql
        assert found.remarks == ("200 rows were wanted, so an index looks at 200 for this search (ef_search).",)

    async def test_a_condition_that_leaves_few_rows(self, session: Session) -> None:
        column = await find_one(session, "things")
        rare = np.arange(ROWS) % 300 == 3
        found = await ask(session, column, where=RARE)
        assert got(found) == right(found, rare)
        assert len(found.hits) == 10
        assert found.remarks == ()

    async def test_a_condition_that_leaves_few_rows_in_an_older_pgvector(self, session: Session) -> None:
        column = replace(await find_one(session, "things"), version="0.7.4")
        rare = np.arange(ROWS) % 300 == 3
        found = await ask(session, column, where=RARE, knobs=Knobs(ef_search=10))
        assert got(found) == right(found, rare)
        [remark] = found.remarks
        assert remark.startswith("The index things_v_idx gave only ")
        assert remark.endswith(
            "since the condition is looked at only behind it. All rows were compared instead: 10 found."
        )

    async def test_fewer_rows_than_wanted_are_all_there_are(self, session: Session) -> None:
        column = await find_one(session, "things")
        found = await ask(session, column, where=RARE, k=50)
        assert len(found.hits) == 10
        assert found.remarks == ("Only 10 rows meet the condition.",)
        found = await ask(session, column, where="n < 0")
        assert found.hits == ()
        assert found.remarks == ("No rows meet the condition.",)

    async def test_too_large_a_table_is_not_read_as_a_whole(self, session: Session) -> None:
        column = replace(await find_one(session, "things"), version="0.7.4", rows=50_000_000)
        found = await ask(session, column, where=RARE)
        [remark] = found.remarks
        assert remark.endswith("Others may be there: a larger ef_search finds more of them, an exact search all.")

    async def test_relaxed_order_is_put_in_order(self, session: Session) -> None:
        column = await find_one(session, "things")
        found = await ask(session, column, k=300, knobs=Knobs(iterative="relaxed_order", ef_search=10))
        distances = [hit.distance or 0 for hit in found.hits]
        assert len(distances) == 300
        assert distances == sorted(distances)
        assert "relaxed_order" in found.sql


class TestConditionsElsewhere:
    """The rows that meet the condition lie far from what is searched by, where an index that reads on does not come."""

    LARGE = 10_000_000  # what the statistics are made to say, so that not all rows are compared of its own accord

    @pytest.fixture
    async def session(self, opened: Opener, databases: Databases) -> Session:
        session = await opened(HNSW, by_index=True)
        with databases.connect(session.target) as connection:
            database = f'ALTER DATABASE "{session.target.database}"'
            connection.execute(f"{database} SET hnsw.max_scan_tuples = 300".encode())
        await session.close()
        return session

    async def test_a_small_table_is_compared_as_a_whole(self, session: Session) -> None:
        far = ground.distances(VECTORS, ASKED, Metric.L2) > 5
        column = await find_one(session, "things")
        found = await ask(session, column, where=_listed(far), k=5)
        assert got(found) == right(found, far)
        assert found.plan is not None
        assert found.plan.badge == (
            "sequential scan, because the table is small enough to compare all rows that meet the condition"
        )
        assert found.remarks == ()

    async def test_whoever_sets_how_the_index_looks_has_it_look(self, session: Session) -> None:
        column = await find_one(session, "things")
        found = await ask(session, column, where="part >= 0", k=5, knobs=Knobs(ef_search=50))
        assert found.plan is not None
        assert found.plan.index

    async def test_of_a_large_one_an_index_that_ends_too_soon_is_noticed(self, session: Session) -> None:
        far = ground.distances(VECTORS, ASKED, Metric.L2) > 5
        column = replace(await find_one(session, "things"), rows=self.LARGE * 2)
        found = await ask(session, column, where=f"n >= 0 AND {_listed(far)}", k=5)
        assert got(found) == right(found, far)
        [remark] = found.remarks
        assert remark.endswith(("All rows were compared instead: 5 found.", "All rows were compared instead."))

    async def test_of_a_large_one_it_is_said_that_an_index_may_miss_some(self, session: Session) -> None:
        column = replace(await find_one(session, "things"), rows=self.LARGE)
        found = await ask(session, column, where="part >= 0", k=5)
        assert found.plan is not None
        assert found.plan.index
        [remark] = found.remarks
        assert remark.startswith("The condition is looked at only behind the index")
        assert (await ask(session, column, where="part >= 0", k=5, exact=True)).remarks == ()

    async def test_an_index_of_just_these_rows_misses_none_for_that(
        self, session: Session, databases: Databases
    ) -> None:
        with databases.connect(session.target) as connection:
            connection.execute("CREATE INDEX third ON things USING hnsw (v vector_l2_ops) WHERE part = 3")
            connection.execute("DROP INDEX things_v_idx")
        column = replace(await find_one(session, "things"), rows=self.LARGE)
        found = await ask(session, column, where="part = 3", k=5)
        assert found.plan is not None
        assert (found.plan.index, found.remarks) == ("third", ())

    async def test_of_a_larger_one_it_is_only_said(self, session: Session) -> None:
        far = ground.distances(VECTORS, ASKED, Metric.L2) > 4.5
        column = replace(await find_one(session, "things"), rows=self.LARGE * 100)
        found = await ask(session, column, where=_listed(far), k=1)
        [remark] = found.remarks
        assert "exact search" in remark


def _listed(places: np.ndarray) -> str:
    return f"n + 0 IN ({', '.join(map(str, np.flatnonzero(places)))})"


class TestIvfflat:
    @pytest.fixture
    async def session(self, opened: Opener) -> Session:
        return await opened(IVFFLAT, by_index=True)

    async def test_more_than_a_list_has_are_read_on(self, session: Session) -> None:
        column = await find_one(session, "things")
        found = await ask(session, column, k=400)
        distances = [hit.distance or 0 for hit in found.hits]
        assert len(distances) == 400
        assert distances == sorted(distances)
        assert found.plan is not None
        assert found.plan.index

    async def test_a_few_lists_alone_are_said(self, session: Session) -> None:
        column = await find_one(session, "things")
        found = await ask(session, column, k=1_000, knobs=Knobs(iterative="off"))
        assert len(found.hits) < 1_000
        assert "since it looks into 7 lists (probes)." in found.remarks[0]

    async def test_an_older_pgvector_has_all_rows_compared(self, session: Session) -> None:
        column = replace(await find_one(session, "things"), version="0.6.0")
        found = await ask(session, column, k=1_000)
        assert got(found) == right(found)
        assert found.remarks[0].endswith("All rows were compared instead: 1000 found.")

    @pytest.mark.parametrize(
        ("by_role", "knobs", "probes"),
        [(None, Knobs(), "7"), ("1", Knobs(), "7"), ("20", Knobs(), "20"), ("20", Knobs(probes=3), "3")],
    )
    async def test_nobody_wants_one_list(
        self, session: Session, databases: Databases, by_role: str | None, knobs: Knobs, probes: str
    ) -> None:
        if by_role:
            with databases.connect(session.target) as connection:
                database = session.target.database
                connection.execute(f'ALTER DATABASE "{database}" SET ivfflat.probes = {by_role}'.encode())
            await session.close()
        found = await ask(session, await find_one(session, "things"), knobs=knobs)
        assert dict(found.settings)["ivfflat.probes"] == probes
        assert f"SET LOCAL ivfflat.probes = '{probes}';" in found.sql


async def test_rows_of_zeros_are_last_and_said(opened: Opener) -> None:
    session = await opened(ground.table(Kind.VECTOR, VECTORS[:300], schema="public"))
    by = Pasted(written(ASKED.tolist(), Kind.VECTOR))
    found = await search(session, await find_one(session, "things"), Question(by, k=400))
    assert len(found.hits) == 300
    assert [hit.distance for hit in found.hits[-3:]] == [None, None, None]
    assert found.remarks == (
        "Only 300 rows have a vector.",
        "3 rows at the end have no distance: nothing but zeros.",
    )
