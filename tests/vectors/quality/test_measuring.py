"""Recall as it is measured is recall as numpy reckons it, of every kind of index; what cannot be measured says why."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import numpy as np
import psycopg
import pytest

from console.config.profile import Target
from console.db.session import Session
from console.errors import Interrupted, TimedOut, UsageError
from console.vectors.column import VectorColumn
from console.vectors.finding import find_one
from console.vectors.metric import Metric
from console.vectors.quality import measuring, searches
from console.vectors.quality.examining import examine
from console.vectors.quality.measuring import measure
from console.vectors.quality.recall import Curve, advise
from tests.databases import Databases
from tests.vectors.quality import clusters
from tests.vectors.quality.conftest import Opener

VECTORS = clusters.made()
TABLE = clusters.table(VECTORS)
HNSW = TABLE + "CREATE INDEX things_hnsw ON things USING hnsw (v vector_cosine_ops) WITH (m = 4, ef_construction = 16);"
LISTS = TABLE + "CREATE INDEX things_lists ON things USING ivfflat (v vector_cosine_ops) WITH (lists = 40);"
FULL, PART = 1.0, 1_200  # all of what is nearest; rows of a partial index


async def last(session: Session, column: VectorColumn, **options: Any) -> Curve:
    """Return the curve when it is finished."""
    steps = [curve async for curve in measure(session, column, **options)]
    assert steps[-1].finished
    assert not any(step.finished for step in steps[:-1])
    assert [len(step.points) for step in steps] == sorted(len(step.points) for step in steps)
    return steps[-1]


class TestFigures:
    @pytest.mark.parametrize(("sql", "settings"), [(HNSW, (12, 40)), (LISTS, (1, 3, 10))], ids=["hnsw", "ivfflat"])
    async def test_they_are_those_of_arithmetic(
        self, opened: Opener, databases: Databases, sql: str, settings: tuple[int, ...]
    ) -> None:
        """Asked by the same rows and counted by numpy, an index finds as much, to a thousandth."""
        session, columns = await opened(sql)
        curve = await last(session, columns["things.v"], settings=settings, queries=60)
        assert len(curve.asked) == curve.queries == curve.truth == 60
        with databases.connect(session.target) as connection:
            for point in curve.points:
                found = _recall(connection, curve, point.setting)
                assert point.recall == pytest.approx(found, abs=0.001)
        assert curve.points[0].recall < curve.points[-1].recall

    @pytest.mark.parametrize("settings", [(12, 40)])
    async def test_of_a_partial_index_they_are_among_its_rows(
        self, opened: Opener, databases: Databases, settings: tuple[int, ...]
    ) -> None:
        session, columns = await opened(
            TABLE + f"CREATE INDEX a_part ON things USING hnsw (v vector_cosine_ops) WITH (m = 4) WHERE id < {PART};"
        )
        curve = await last(session, columns["things.v"], settings=settings, queries=40)
        assert curve.remarks[0] == f"a_part holds only rows with (id < {PART}): these are searched."
        assert curve.rows == PART
        assert {int(key) < PART for (key,) in curve.asked} == {True}
        with databases.connect(session.target) as connection:
            for point in curve.points:
                assert point.recall == pytest.approx(_recall(connection, curve, point.setting, PART), abs=0.001)

    async def test_rows_that_the_index_does_not_lead_to_are_told(self, opened: Opener, databases: Databases) -> None:
        """Counted by asking for each row by its own vector; an index of more links reaches them all."""
        poor = TABLE + "CREATE INDEX poor ON things USING hnsw (v vector_cosine_ops) WITH (m = 2, ef_construction = 4);"
        session, columns = await opened(poor)
        curve = await last(session, columns["things.v"], settings=(40,), queries=60)
        own = "SELECT id FROM things ORDER BY v <=> (SELECT v FROM things WHERE id = %s) LIMIT 11"
        with databases.connect(session.target) as connection:
            connection.execute("SET enable_seqscan = off")
            found = [[row for (row,) in connection.execute(own, [key]).fetchall()] for (key,) in curve.asked]
        lost = sum(int(key) not in rows for (key,), rows in zip(curve.asked, found, strict=True))
        assert curve.points[0].lost == lost > 0
        said = f"With ef_search 40, {lost} of 60 rows were not found even by their own vector"
        assert curve.remarks[-1].startswith(said)

    async def test_an_index_of_all_rows_is_rather_measured(self, opened: Opener) -> None:
        session, columns = await opened(
            HNSW + f"CREATE INDEX a_part ON things USING hnsw (v vector_cosine_ops) WHERE id < {PART};"
        )
        curve = await last(session, columns["things.v"], settings=(40,), queries=5)
        assert curve.index.name == "things_hnsw"

    async def test_all_lists_find_all(self, opened: Opener) -> None:
        session, columns = await opened(LISTS)
        curve = await last(session, columns["things.v"], settings=(40,), queries=30)
        assert (curve.points[0].recall, curve.points[0].lost) == (FULL, 0)
        assert curve.exact is not None
        assert 0 < curve.exact.p50 <= curve.exact.p95

    async def test_rows_equally_far_are_equally_right(self, opened: Opener) -> None:
        """A thousand rows with the same vector: whichever ten an index finds are among the nearest."""
        session, columns = await opened("""
            CREATE EXTENSION vector;
            CREATE TABLE things (id int PRIMARY KEY, v vector(3));
            INSERT INTO things SELECT i, '[1,2,3]' FROM generate_series(1, 1000) AS i;
            CREATE INDEX things_hnsw ON things USING hnsw (v vector_l2_ops);
            ANALYZE things;
        """)
        curve = await last(session, columns["things.v"], queries=20, settings=(40,))
        assert (curve.points[0].recall, curve.points[0].lost) == (FULL, 0)

    async def test_what_has_no_distance_is_never_asked_by_nor_wanted(self, opened: Opener) -> None:
        """Without length there is no cosine: such rows are not in the index, and not among the nearest."""
        session, columns = await opened("""
            CREATE EXTENSION vector;
            CREATE TABLE things (id int PRIMARY KEY, v vector(2));
            INSERT INTO things SELECT i, CASE WHEN i > 15 THEN '[0,0]' ELSE '[1,' || i || ']' END::vector
            FROM generate_series(1, 40) AS i;
            CREATE INDEX things_hnsw ON things USING hnsw (v vector_cosine_ops);
        """)
        curve = await last(session, columns["things.v"], k=20, settings=(100,))
        assert all(int(key) <= 15 for (key,) in curve.asked)
        assert [point.recall for point in curve.points] == [FULL]


class TestKindsOfIndexes:
    async def test_a_cast_to_half_precision(self, opened: Opener) -> None:
        session, columns = await opened(
            TABLE + "CREATE INDEX things_half ON things USING hnsw ((v::halfvec(16)) halfvec_cosine_ops);"
        )
        curve = await last(session, columns["things.v"], queries=30, settings=(200,))
        assert (curve.index.expression != "", curve.metric) == (True, Metric.COSINE)
        assert curve.points[0].recall > 0.97

    async def test_bits_of_vectors(self, opened: Opener) -> None:
        """Ten times the rows are taken from it, as a search does, and the nearest of these by the column's distance."""
        session, columns = await opened(
            TABLE + "CREATE INDEX things_bits ON things USING hnsw ((binary_quantize(v)::bit(16)) bit_hamming_ops);"
        )
        curve = await last(session, columns["things.v"], queries=30, settings=(20, 200))
        assert curve.metric is Metric.COSINE
        few, many = curve.points
        assert 0.05 < few.recall < many.recall < 0.95
        assert "build one of more, or search exactly" in advise(curve).sentence

    async def test_parts_of_a_table_have_an_index_each(self, opened: Opener) -> None:
        session, columns = await opened(f"""
            {TABLE}
            CREATE TABLE parted (LIKE things) PARTITION BY HASH (id);
            CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
            CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1);
            ALTER TABLE parted ADD PRIMARY KEY (id);
            INSERT INTO parted SELECT * FROM things;
            CREATE INDEX parted_hnsw ON parted USING hnsw (v vector_cosine_ops);
            ANALYZE parted;
        """)
        curve = await last(session, columns["parted.v"], queries=30, settings=(100,))
        assert curve.points[0].recall > 0.95

    async def test_names_that_want_quotes(self, opened: Opener) -> None:
        session, columns = await opened("""
            CREATE SCHEMA "a""b 100%s"; CREATE EXTENSION vector SCHEMA "a""b 100%s";
            CREATE SCHEMA "s %(x)s";
            CREATE TABLE "s %(x)s"."t ""%" ("the ""id"" %" text PRIMARY KEY, "v %" "a""b 100%s".halfvec(3));
            INSERT INTO "s %(x)s"."t ""%" SELECT i, ('[1,' || i || ',2]')::"a""b 100%s".halfvec
            FROM generate_series(1, 200) AS i;
            CREATE INDEX "i %" ON "s %(x)s"."t ""%" USING hnsw ("v %" "a""b 100%s".halfvec_l2_ops);
        """)
        [column] = columns.values()
        curve = await last(session, column, queries=20, settings=(40,))
        assert curve.points[0].recall > 0.9

    async def test_of_the_rows_that_have_a_vector(self, opened: Opener) -> None:
        """A predicate that leaves nothing out of what is looked for; a name in it that is quoted."""
        session, columns = await opened(
            TABLE.replace("v vector", '"the V" vector')
            + 'CREATE INDEX in_part ON things USING hnsw ("the V" vector_cosine_ops) WHERE "the V" IS NOT NULL;'
        )
        curve = await last(session, columns["things.the V"], queries=20, settings=(100,))
        assert curve.index.predicate
        assert curve.points[0].recall > 0.95


class TestARoleWithLittle:
    async def test_columns_are_enough(self, opened: Opener, databases: Databases) -> None:
        """Who may read two columns cannot ask where a row lies, which is a column as well."""
        session, _ = await opened(HNSW)
        role = f"only_{session.target.database}"
        with databases.connect(session.target) as connection:
            connection.execute(f"CREATE ROLE {role} LOGIN".encode())
            connection.execute(f"GRANT SELECT (id, v) ON things TO {role}".encode())
        target = replace(session.target, params={**session.target.params, "user": role})
        try:
            async with await Session.open(target, what="test") as little:
                column = await find_one(little, "things")
                assert set(column.columns) == {"id", "v"}
                assert (await last(little, column, queries=10, settings=(40,))).points
                assert len((await examine(little, column, most=100)).sample) == 100
        finally:
            with databases.connect(session.target) as connection:
                connection.execute(f"DROP OWNED BY {role}; DROP ROLE {role}".encode())


class TestWhichSettings:
    async def test_they_rise_until_no_more_is_found(self, opened: Opener) -> None:
        session, columns = await opened(HNSW)
        curve = await last(session, columns["things.v"], queries=40)
        settings = [point.setting for point in curve.points]
        assert settings == sorted(settings)
        assert min(settings) > curve.k
        assert {40} <= set(settings)  # what the server has
        assert curve.current == 40

    async def test_the_servers_own_is_among_them(self, opened: Opener, databases: Databases) -> None:
        session, columns = await opened(LISTS)
        with databases.connect(session.target) as connection:
            connection.execute(f'ALTER DATABASE "{session.target.database}" SET ivfflat.probes = 7'.encode())
        async with await Session.open(session.target, what="test") as other:
            curve = await last(other, columns["things.v"], queries=20)
        assert curve.current == 7
        assert 7 in [point.setting for point in curve.points]

    async def test_nothing_is_left_behind(self, opened: Opener, databases: Databases) -> None:
        """Settings hold for the measuring's own transactions."""
        session, columns = await opened(HNSW)
        await last(session, columns["things.v"], queries=10, settings=(321,))
        [[(value,)], [(scans,)]] = await session.read(
            _query("SELECT pg_catalog.current_setting('hnsw.ef_search')"),
            _query("SELECT pg_catalog.current_setting('enable_indexscan')"),
        )
        assert (value, scans) == ("40", "on")


class TestThroughAPooler:
    async def test_it_is_the_same(self, pooled: Target, database: Target, databases: Databases) -> None:
        with databases.connect(database) as connection:
            connection.execute(HNSW.encode())
        async with await Session.open(pooled, what="test") as session:
            curve = await last(session, await find_one(session, "things"), queries=20, settings=(40, 400))
        assert [point.queries for point in curve.points] == [20, 20]


class TestWhatCannotBeMeasured:
    @pytest.mark.parametrize(
        ("sql", "options", "said"),
        [
            (TABLE, {}, "has no index"),
            (HNSW, {"metric": Metric.L2}, "No index of public.things.v is by L2"),
            (HNSW + "DELETE FROM things WHERE id > 5;", {}, "has 6 vectors to search by"),
            (HNSW + "DELETE FROM things;", {}, "has 0 vectors to search by"),
        ],
    )
    async def test_it_says_why(self, opened: Opener, sql: str, options: dict[str, Any], said: str) -> None:
        session, columns = await opened(sql)
        with pytest.raises(UsageError) as refused:
            await last(session, columns["things.v"], **options)
        assert said in refused.value.title

    async def test_an_index_that_is_not_valid(self, opened: Opener, databases: Databases) -> None:
        session, _ = await opened(HNSW)
        with databases.connect(session.target) as connection:
            connection.execute("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'things_hnsw'::regclass")
        with pytest.raises(UsageError, match="things_hnsw is not valid"):
            await last(session, await find_one(session, "things"))

    async def test_an_index_that_gives_way_to_another(self, opened: Opener) -> None:
        """Of two for the same searches the server takes one; the other cannot be measured."""
        session, columns = await opened(HNSW + LISTS.removeprefix(TABLE))
        column = columns["things.v"]
        taken, left = [], []
        for index in column.indexes:
            try:
                taken.append((await last(session, column, index=index, queries=10, settings=(40,))).index.name)
            except UsageError as refused:
                left.append(refused.title)
        assert len(taken) == len(left) == 1
        assert f"the server uses {taken[0]}" in left[0]

    async def test_a_small_table_is_measured_all_the_same(self, opened: Opener) -> None:
        """The planner would read 50 rows rather than the index: that is said."""
        session, columns = await opened(HNSW + "DELETE FROM things WHERE id >= 50; ANALYZE things;")
        curve = await last(session, columns["things.v"], queries=10)
        assert curve.points[-1].recall > 0.9
        assert "would read all rows rather than use things_hnsw" in " ".join(curve.remarks)
        assert "an index has little to find" in " ".join(curve.remarks)


class Watch:
    """The time of a test, in place of the module that tells it: a minute lasts as long as the test likes."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    found = Watch()
    for module in (measuring, searches):
        monkeypatch.setattr(module, "time", found)
    return found


class TestTime:
    async def test_no_time_for_one(self, opened: Opener, databases: Databases, watch: Watch) -> None:
        """Reading all rows does not come to an end here, since somebody holds the table."""
        session, columns = await opened(HNSW)
        with databases.connect(session.target) as connection:
            async with aclosing(measure(session, columns["things.v"], seconds=60)) as curves:
                assert (await anext(curves)).truth == 0
                connection.execute("BEGIN")
                connection.execute("LOCK TABLE things")
                watch.now = 59.7
                with pytest.raises(TimedOut) as ended:
                    await anext(curves)
        assert "reading all 2,000 rows once, to know what is nearest, took too long" in ended.value.title

    async def test_no_time_for_the_rest(self, opened: Opener, databases: Databases, watch: Watch) -> None:
        """What was measured until then is a curve, and it says where it ends."""
        session, columns = await opened(HNSW)
        steps: list[Curve] = []
        with databases.connect(session.target) as connection:
            async with aclosing(measure(session, columns["things.v"], seconds=60, queries=20)) as curves:
                async for curve in curves:
                    steps.append(curve)
                    if len(curve.points) == 1 and not connection.info.transaction_status:
                        connection.execute("BEGIN")
                        connection.execute("LOCK TABLE things")
                        watch.now = 59.7
        assert (len(steps[-1].points), steps[-1].finished) == (1, True)
        assert steps[-1].remarks[-1] == "Time ran out before ef_search 24."

    async def test_time_for_some(self, opened: Opener, watch: Watch) -> None:
        """Fewer queries, or fewer settings, and it is said; not an error."""
        session, columns = await opened(HNSW)
        async for curve in measure(session, columns["things.v"], queries=2_000, seconds=60):
            if curve.truth:
                watch.now = 40
        assert curve.finished
        assert 0 < curve.queries < 20
        assert len(curve.asked) == curve.queries
        assert curve.points
        assert any("time for" in said for said in curve.remarks)

    async def test_whoever_leaves_leaves_a_session_that_works(self, opened: Opener) -> None:
        session, columns = await opened(HNSW)
        async with aclosing(measure(session, columns["things.v"])) as curves:
            async for curve in curves:
                if curve.truth > 5:
                    break
        assert (await last(session, columns["things.v"], queries=10, settings=(40,))).points

    async def test_whoever_cancels_leaves_a_session_that_works(self, opened: Opener) -> None:
        session, columns = await opened(HNSW)
        begun = asyncio.Event()

        async def run() -> None:
            async for curve in measure(session, columns["things.v"], queries=1_000):
                if curve.truth:
                    begun.set()

        task = asyncio.create_task(run())
        await begun.wait()
        task.cancel()
        with pytest.raises((asyncio.CancelledError, Interrupted)):
            await task
        assert (await last(session, columns["things.v"], queries=10, settings=(40,))).points


def _query(sql: str) -> Any:
    from console.db.query import Query

    return Query(sql)  # type: ignore[arg-type]


def _recall(connection: psycopg.Connection[Any], curve: Curve, setting: int, rows: int = len(VECTORS)) -> float:
    """Return what part of the nearest, by numpy in double precision, the index finds when it is asked plainly.

    Among the first `rows` rows.
    """
    connection.execute(f"SET {curve.setting} = {setting}".encode())
    connection.execute("SET enable_seqscan = off")
    far = clusters.cosines(VECTORS)[:, :rows]
    among = f"WHERE id < {rows}" if rows < len(VECTORS) else ""
    shares = []
    for (key,) in curve.asked:
        row = int(key)
        truth = [each for each in np.argsort(far[row], kind="stable").tolist() if each != row][: curve.k]
        found = connection.execute(
            f"SELECT id FROM things {among} ORDER BY v <=> (SELECT v FROM things WHERE id = %s) LIMIT %s".encode(),
            [row, curve.k + 1],
        ).fetchall()
        mine = [each for (each,) in found if each != row][: curve.k]
        shares.append(len(set(mine) & set(truth)) / curve.k)
    return float(np.mean(shares))
