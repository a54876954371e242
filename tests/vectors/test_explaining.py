"""Why a search used an index or not: the true reason, from the plans a real server makes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest

from console.config.profile import Target
from console.db.compose import SQL, Identifier
from console.db.query import Query
from console.db.session import Session
from console.vectors.column import VectorColumn
from console.vectors.explaining import asked, plan
from console.vectors.finding import find_one
from console.vectors.metric import Metric
from console.vectors.search.hit import Plan
from tests.databases import Databases

GROUND = """
    CREATE SCHEMA "ext%s"; CREATE EXTENSION vector SCHEMA "ext%s"; SET search_path = public, "ext%s";
    CREATE FUNCTION made(n int) RETURNS vector LANGUAGE sql AS
        $$ SELECT ARRAY[sin(n), cos(n), sin(n * 2), cos(n * 3)]::vector $$;
    CREATE TABLE large (id int PRIMARY KEY, grp int, e vector(4));
    INSERT INTO large SELECT n, n % 100, made(n) FROM generate_series(1, 5000) n;
    CREATE INDEX large_e ON large USING hnsw (e vector_cosine_ops) WITH (m = 4, ef_construction = 8);
    CREATE INDEX large_grp ON large (grp);
    CREATE VIEW seen AS SELECT id, e FROM large WHERE grp < 90;
    CREATE TABLE small AS SELECT id, e FROM large WHERE id <= 274;
    CREATE INDEX small_e ON small USING ivfflat (e vector_l2_ops) WITH (lists = 1);
    CREATE TABLE bare AS SELECT id, e FROM large; CREATE VIEW bare_seen AS SELECT e FROM bare;
    CREATE TABLE part (id int, grp int, e vector(4)); INSERT INTO part SELECT * FROM large;
    CREATE INDEX part_e ON part USING hnsw (e vector_ip_ops) WITH (m = 4, ef_construction = 8) WHERE grp < 50;
    CREATE TABLE cast_ AS SELECT id, e FROM large;
    CREATE INDEX cast_e ON cast_ USING hnsw ((e::halfvec(4)) halfvec_cosine_ops) WITH (m = 4, ef_construction = 8);
    CREATE TABLE two AS SELECT id, e FROM large WHERE id < 9;
    CREATE INDEX two_a ON two USING hnsw (e vector_cosine_ops);
    CREATE INDEX two_b ON two USING hnsw (e vector_cosine_ops);
    CREATE TABLE bits AS SELECT id, e FROM large WHERE id <= 50;
    CREATE INDEX bits_e ON bits USING hnsw ((binary_quantize(e)::bit(4)) bit_hamming_ops);
    CREATE TABLE broken AS SELECT id, e FROM large;
    CREATE INDEX broken_e ON broken USING ivfflat (e vector_cosine_ops) WITH (lists = 2);
    UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'broken_e'::regclass;
    CREATE TABLE parted (id int, grp int, e vector(4)) PARTITION BY RANGE (grp);
    CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (50);
    CREATE TABLE parted_2 PARTITION OF parted FOR VALUES FROM (50) TO (100);
    INSERT INTO parted SELECT * FROM large;
    CREATE INDEX parted_e ON parted USING ivfflat (e vector_cosine_ops) WITH (lists = 10);
    CREATE TABLE partly (id int, grp int, e vector(4)) PARTITION BY RANGE (grp);
    CREATE TABLE partly_1 PARTITION OF partly FOR VALUES FROM (0) TO (98);
    CREATE TABLE partly_2 PARTITION OF partly FOR VALUES FROM (98) TO (100);
    INSERT INTO partly SELECT * FROM large;
    CREATE INDEX partly_1_e ON partly_1 USING ivfflat (e vector_cosine_ops) WITH (lists = 10);
    ANALYZE;
    CREATE TABLE unknown (id int, e vector(4)) WITH (autovacuum_enabled = off);
    CREATE INDEX unknown_e ON unknown USING ivfflat (e vector_cosine_ops) WITH (lists = 1);
    INSERT INTO unknown SELECT id, e FROM large WHERE id < 100;
"""
OFF = "set_config('enable_indexscan', 'off', true)"
DEAR = "set_config('random_page_cost', '10000', true)"
SEARCH = SQL("SELECT 1 FROM {} AS t{} ORDER BY {} OPERATOR({}.{}) %(v)s::{}{}")


@pytest.fixture
async def session(make_database: Callable[..., Target]) -> AsyncIterator[Session]:
    async with await Session.open(make_database(GROUND), what="test") as opened:
        yield opened


async def explained(
    session: Session,
    name: str,
    metric: Metric = Metric.COSINE,
    *,
    where: str = "",
    limit: str = " LIMIT 5",
    by: str = "t.e",
    type_: str = "vector",
    settings: str = "",
    **more: Any,
) -> Plan:
    """Search as the console does, and read the plan."""
    column = await find_one(session, name)
    return read(await answers(session, column, metric, where, limit, by, type_, settings), column, metric, **more)


async def answers(
    session: Session, column: VectorColumn, metric: Metric, where: str, limit: str, by: str, type_: str, settings: str
) -> list[Any]:
    ext = column.extension.replace("%", "%%")
    search = SEARCH.format(
        Identifier(column.schema, column.table),
        SQL(f" WHERE {where}" if where else ""),  # type: ignore[arg-type]
        SQL(by.replace("EXT", f'"{ext}"')),  # type: ignore[arg-type]
        Identifier(ext),
        SQL(metric.operator.replace("%", "%%")),  # type: ignore[arg-type]
        Identifier(ext, type_) if type_ != "bit" else SQL("bit(4)"),
        SQL(limit),  # type: ignore[arg-type]
    )
    value = "1010" if type_ == "bit" else "[1,2,3,4]"
    statement = Query(search, {"v": value}, as_text=True)
    first = Query(SQL(f"SELECT {settings or 1}"))  # type: ignore[arg-type]
    _, rows, *found = await session.read(first, statement, *asked(statement))
    assert rows or "false" in where
    return found


def read(found: list[Any], column: VectorColumn, metric: Metric, **more: Any) -> Plan:
    made = plan(found, column, metric, **more)
    assert made.text[0].startswith(("Limit", "Sort", "Index Scan", "Gather", "Result"))
    assert bool(made.index) != bool(made.because)
    return made


class TestUsed:
    @pytest.mark.parametrize(
        ("name", "options", "index"),
        [
            ("large", {}, "large_e"),
            ("seen", {}, "large_e"),
            ("parted", {}, "parted_e (2 partitions)"),
            ("parted", {"where": "t.grp = 3"}, "parted_e"),
            ("partly", {}, "partly_1_e (1 partition; 1 is read whole)"),
            ("parted_1", {}, "parted_1_e_idx"),
            ("part", {"metric": Metric.INNER, "where": "t.grp < 20"}, "part_e"),
            ("cast_", {"by": "t.e::EXT.halfvec(4)", "type_": "halfvec"}, "cast_e"),
        ],
    )
    async def test_the_index_is_named(self, session: Session, name: str, options: Any, index: str) -> None:
        found = await explained(session, name, **options)
        assert (found.index, found.because) == (index, "")
        assert found.badge == f"index {index}"

    async def test_the_text_is_that_of_the_server(self, session: Session) -> None:
        lines = (await explained(session, "large", where="t.id <> 3")).text
        assert [line.split("  (cost")[0] for line in lines][:3] == [
            "Limit",
            "  ->  Index Scan using large_e on large t",
            """        Order By: (e OPERATOR("ext%s".<=>) '[1,2,3,4]'::"ext%s".vector)""",
        ]
        assert lines[3] == "        Filter: (id <> 3)"


class TestWhyNot:
    @pytest.mark.parametrize(
        ("name", "options", "because"),
        [
            (
                "large",
                {"exact": True, "settings": "set_config('enable_indexscan', 'off', true)"},
                "were to be compared",
            ),
            ("large", {"metric": Metric.L2}, "index large_e is for cosine, and L2 was asked for"),
            ("large", {"limit": ""}, "there is no LIMIT"),
            ("large", {"where": "t.grp = 5"}, "to sort the about 50 rows that index large_grp finds for the condition"),
            ("large", {"where": "false"}, "the condition is true for no row"),
            ("large", {"settings": OFF}, "enable_indexscan is off"),
            ("small", {"metric": Metric.L2}, "the planner finds reading 274 rows cheaper"),
            ("unknown", {"settings": DEAR}, "reading all rows cheaper, but the table was never analysed (ANALYZE"),
            ("bare", {}, "the column has no index of vectors"),
            ("bare_seen", {}, "a view has no index, and the server finds no way to one of its"),
            ("part", {"metric": Metric.INNER}, "index part_e holds only rows with (grp < 50), which the search does"),
            ("part", {"metric": Metric.INNER, "where": "t.grp < 60"}, "index part_e holds only rows with (grp < 50)"),
            ("cast_", {}, 'index cast_e is of (e)::"ext%s".halfvec(4), which the search does not order by'),
            ("cast_", {"metric": Metric.L1}, "index cast_e is for cosine, and L1 was asked for"),
            ("two", {"metric": Metric.L2}, "indexes two_a and two_b are for cosine, and L2 was asked for"),
            ("bits", {}, "index bits_e is for hamming of its bits, and cosine was asked for"),
            ("broken", {}, "index broken_e is not valid: its build did not come to its end"),
            (
                "large",
                {"by": "EXT.subvector(t.e, 1, 4)"},
                "the server finds no way to use index large_e for this search",
            ),
        ],
    )
    async def test_the_reason_is_the_true_one(self, session: Session, name: str, options: Any, because: str) -> None:
        found = await explained(session, name, **options)
        assert because in found.because
        assert found.badge == f"sequential scan, because {found.because}"

    async def test_an_index_that_is_being_built(self, session: Session, databases: Databases) -> None:
        with databases.connect(session.target) as holder, databases.connect(session.target) as builder:
            holder.execute("BEGIN; LOCK bare IN ROW EXCLUSIVE MODE")
            sql = 'CREATE INDEX CONCURRENTLY bare_e ON bare USING hnsw (e "ext%s".vector_cosine_ops)'
            building = threading.Thread(target=builder.execute, args=(sql,))
            building.start()
            while not (await find_one(session, "bare")).indexes:
                await asyncio.sleep(0.02)
            found = await explained(session, "bare")
            holder.execute("COMMIT")
            building.join(120)
            assert found.because == "index bare_e is still being built"
            assert (await explained(session, "bare")).index == "bare_e"

    async def test_a_foreign_table_has_none(self, session: Session) -> None:
        column = replace(await find_one(session, "bare"), relation_kind="f")
        found = await answers(session, column, Metric.COSINE, "", " LIMIT 5", "t.e", "vector", "")
        assert read(found, column, Metric.COSINE).because == "a foreign table has no index here"
