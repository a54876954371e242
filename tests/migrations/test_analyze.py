"""ANALYZE after a run: which tables it would help, and that it is done."""

from __future__ import annotations

import pytest

from console.db.session import Session
from console.migrations import analyzing
from console.migrations.analyzing import Analyzed, Table
from console.migrations.hazards.hazard import Name
from tests.databases import Databases
from tests.migrations.planning import steps
from tests.migrations.project import agreed, value

_ANALYZED = "SELECT count(*) FROM pg_catalog.pg_stats WHERE tablename = 'orders'"


class TestWhichTables:
    @pytest.mark.parametrize(
        ("script", "touched"),
        [
            ("INSERT INTO a SELECT 1", ["a"]),
            ("INSERT INTO s.a VALUES (1); UPDATE s.a SET x = 1; DELETE FROM s.a", ["s.a"]),
            ("MERGE INTO a USING b ON true WHEN MATCHED THEN DELETE", ["a"]),
            ("COPY a FROM '/x'", ["a"]),
            ("COPY a TO '/x'", []),
            ("CREATE TABLE a AS SELECT 1", ["a"]),
            ("CREATE TABLE a AS SELECT 1 WITH NO DATA", []),
            ("SELECT 1 INTO a", ["a"]),
            ("CREATE MATERIALIZED VIEW m AS SELECT 1", ["m"]),
            ("REFRESH MATERIALIZED VIEW m", ["m"]),
            ("ALTER TABLE a ALTER COLUMN x TYPE bigint", ["a"]),
            ("ALTER TABLE a ADD COLUMN x int DEFAULT 1", ["a"]),
            ("ALTER TABLE a ADD COLUMN x int", []),
            ("ALTER TABLE a ADD COLUMN x int GENERATED ALWAYS AS (1) STORED", ["a"]),
            ("ALTER TABLE a ATTACH PARTITION b FOR VALUES IN (1)", ["a"]),
            ("CREATE INDEX ON a (lower(x))", ["a"]),
            ("CREATE INDEX ON a (x)", []),
            ("CREATE STATISTICS st ON x, y FROM a", ["a"]),
            ("CREATE TABLE a (x int)", []),
            ("CREATE TEMP TABLE a AS SELECT 1", []),
            ("INSERT INTO a SELECT 1; DROP TABLE a", []),
            ("INSERT INTO a SELECT 1; ALTER TABLE a RENAME TO b", ["b"]),
            ("INSERT INTO s.a SELECT 1; ALTER TABLE s.a SET SCHEMA q", ["q.a"]),
            ("INSERT INTO a SELECT 1; ALTER TABLE a RENAME COLUMN x TO y", ["a"]),
            ("SET search_path = s, public; INSERT INTO a SELECT 1", ["s.a"]),
            ("TRUNCATE a", []),
            ("SELECT 1", []),
        ],
    )
    def test_of_a_statement(self, script: str, touched: list[str]) -> None:
        assert [str(name) for name in analyzing.touched(steps(script))] == touched

    def test_each_once_in_order(self) -> None:
        plan = steps("INSERT INTO b SELECT 1", "INSERT INTO a SELECT 1; UPDATE b SET x = 1")
        assert analyzing.touched(plan) == (Name("", "b"), Name("", "a"))

    async def test_only_what_is_there_and_has_rows(self, databases: Databases, session: Session) -> None:
        with databases.connect(session.target) as connection:
            connection.execute("CREATE TABLE orders AS SELECT 1 AS id; CREATE TABLE empty (id int)")
            connection.execute("CREATE VIEW seen AS SELECT 1 AS a; CREATE MATERIALIZED VIEW sum AS SELECT 1 AS a")
            connection.execute("CREATE TABLE parent (id int) PARTITION BY RANGE (id)")
            connection.execute("CREATE TABLE part PARTITION OF parent DEFAULT; INSERT INTO parent VALUES (1)")
        names = [Name("", name) for name in ("orders", "empty", "seen", "sum", "missing", "parent")]
        found = await analyzing.there(session, [*names, Name("public", "orders")])
        assert [table.said for table in found] == ["public.orders", "public.sum", "public.parent"]

    async def test_only_what_the_role_may(self, databases: Databases, session: Session) -> None:
        from dataclasses import replace

        with databases.connect(session.target) as connection:
            connection.execute("DROP ROLE IF EXISTS analyze_stranger; CREATE ROLE analyze_stranger LOGIN")
            connection.execute("CREATE TABLE orders AS SELECT 1 AS id")
        stranger = replace(session.target, params={**session.target.params, "user": "analyze_stranger"})
        async with await Session.open(stranger, what="test") as other:
            assert await analyzing.there(other, [Name("public", "orders")]) == ()
        with databases.connect() as connection:
            connection.execute("DROP ROLE analyze_stranger")


class TestAnalyzing:
    async def test_statistics_are_there_after_it(self, databases: Databases, session: Session) -> None:
        with databases.connect(session.target) as connection:
            connection.execute("CREATE TABLE orders AS SELECT g FROM generate_series(1, 100) AS g")
        assert await value(session, _ANALYZED) == 0
        tables = await analyzing.there(session, [Name("", "orders")])
        [done] = [each async for each in analyzing.analyze(session, agreed(session.target), tables)]
        assert (done.table.said, done.error) == ("public.orders", "")
        assert await value(session, _ANALYZED) == 1

    async def test_what_is_locked_is_left_out(
        self, databases: Databases, session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(analyzing, "_LOCK_TIMEOUT", 0.1)
        tables = [Table("public", "orders", 1), Table("public", "others", 1)]
        with databases.connect(session.target) as holder:
            holder.execute("CREATE TABLE orders (id int); CREATE TABLE others (id int)")
            holder.execute("BEGIN; LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE")
            done = [each async for each in analyzing.analyze(session, agreed(session.target), tables)]
        assert [each.as_dict()["outcome"] for each in done] == ["failed", "analyzed"]

    def test_its_sql_can_be_copied(self) -> None:
        tables = [Table("public", "orders", 1), Table("My Shop", "order", 1)]
        assert analyzing.statement(tables) == 'ANALYZE public.orders, "My Shop"."order";'

    @pytest.mark.parametrize(("size", "worth"), [(8192, False), (65_536, True)])
    def test_small_tables_are_not_worth_a_word(self, size: int, worth: bool) -> None:
        assert Table("public", "t", size).worth_offering is worth

    def test_its_document(self) -> None:
        table = Table("public", "t", 1)
        assert Analyzed(table).as_dict() == {
            "table": "public.t", "outcome": "offered", "duration_ms": None, "error": None,
        }  # fmt: skip
