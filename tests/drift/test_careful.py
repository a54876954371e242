"""What a plan may do to others is said with sizes; its careful form arrives at the same; the data can be kept."""

from __future__ import annotations

import pytest

from console.catalog import compare
from console.catalog.compare import Action
from console.catalog.model import Catalog
from console.drift import hazards
from console.drift.planning.planning import plan
from console.drift.wishes import Wishes
from console.migrations.hazards.hazard import Hazard, Kind, Severity
from tests.databases import Databases
from tests.drift import judging

_ROWS = "INSERT INTO t SELECT i, i, 'x' || i FROM generate_series(1, 20000) i; ANALYZE t;"
_TABLE = "CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (a int{a}, b int{b}, c text{c}{rest});"


def made(a: str = "", b: str = "", c: str = "", rest: str = "", *, then: str = "") -> str:
    """Return the table t with what is said of its columns, and what is made after it."""
    return _TABLE.format(a=a, b=b, c=c, rest=rest) + then


_ONLINE = {
    "index": (made(), made(then="CREATE INDEX i ON t (b) WHERE c <> ''"), ["CREATE INDEX CONCURRENTLY i ON"]),
    "dropped": (made(then="CREATE INDEX i ON t (b)"), made(), ["DROP INDEX CONCURRENTLY public.i"]),
    "replaced": (
        made(then="CREATE INDEX i ON t (b)"),
        made(then="CREATE INDEX i ON t (b, c DESC)"),
        ["CONCURRENTLY i__new ON", "DROP INDEX CONCURRENTLY public.i", "RENAME TO i"],
    ),
    "check": (made(), made(rest=", CONSTRAINT k CHECK (b >= 0)"), ["NOT VALID", "VALIDATE CONSTRAINT k"]),
    "foreign key": (
        made(), made(then="ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (b) REFERENCES r ON DELETE CASCADE DEFERRABLE"),
        ["DEFERRABLE NOT VALID", "VALIDATE CONSTRAINT f"],
    ),
    "unique": (
        made(),
        made(rest=', CONSTRAINT "u(" UNIQUE NULLS NOT DISTINCT (a, b) INCLUDE (c) WITH (fillfactor=80) DEFERRABLE'),
        ["CREATE UNIQUE INDEX CONCURRENTLY", 'UNIQUE USING INDEX "u(" DEFERRABLE'],
    ),
    "primary key": (
        made(" NOT NULL"), made(" PRIMARY KEY"), ["UNIQUE INDEX CONCURRENTLY t_pkey", "USING INDEX t_pkey"],
    ),
    "not null": (made(), made(" NOT NULL"), ["NOT VALID", "VALIDATE"]),
    "new table": (
        made(), made(then="CREATE TABLE n (a int PRIMARY KEY, b int REFERENCES r); CREATE INDEX j ON n (b)"), [],
    ),
    "retyped": (
        made(then="CREATE INDEX i ON t (b)"),
        made(then="ALTER TABLE t ALTER b TYPE text; CREATE INDEX i ON t (b, a)"), [],
    ),
    "partitioned": (
        "CREATE TABLE p (a int, b int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p DEFAULT;",
        "CREATE TABLE p (a int, b int, CHECK (b > 0)) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p DEFAULT;"
        "CREATE INDEX pi ON p (b);", [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "texts"), _ONLINE.values(), ids=_ONLINE)
async def test_the_careful_form_arrives(databases: Databases, before: str, after: str, texts: list[str]) -> None:
    one, two = databases.loaded(before), databases.loaded(after)
    try:
        goal = await judging.read(two)
        found = plan(await judging.read(one), goal, wishes=Wishes(online=True))
        said = [each.text for each in found.statements]
        assert all(any(text in each for each in said) for text in texts), said
        assert all(each.alone for each in found.statements if "CONCURRENTLY" in each.text or " VALIDATE " in each.text)
        assert texts or not any("CONCURRENTLY" in each or "VALID" in each for each in said if " n" in each)
        problem = judging.run(databases, one, found)
        assert not problem, problem
        rest = compare.compare(await judging.read(one), goal)
        assert not [each for each in rest if each.action is not Action.REORDER]
    finally:
        databases.drop(one)
        databases.drop(two)


async def test_a_version_without_named_not_null_goes_through_a_check(databases: Databases) -> None:
    one, two = databases.loaded(made()), databases.loaded(made(" NOT NULL"))
    try:
        a, b = [_older(await judging.read(target)) for target in (one, two)]
        found = plan(a, b, wishes=Wishes(online=True))
        assert [each.text.split(" public.t ")[1].split(" ")[0] for each in found.statements] == [
            "ADD", "VALIDATE", "ALTER", "DROP",
        ]  # fmt: skip
        assert not judging.run(databases, one, found)
    finally:
        databases.drop(one)
        databases.drop(two)


def _older(catalog: Catalog) -> Catalog:
    return Catalog(170000, catalog.objects, catalog.edges, catalog.roles, catalog.measures)


_HAZARDS = {
    "rewrite": (made(), made(then="ALTER TABLE t ALTER b TYPE bigint"), Kind.REWRITE, "20,000 rows"),
    "stays": (made(then="ALTER TABLE t ALTER c TYPE varchar(9)"), made(), None, ""),
    "scan": (made(), made(rest=", CHECK (b >= 0)"), Kind.SCAN, "20,000 rows"),
    "build": (made(), made(then="CREATE INDEX i ON t (b)"), Kind.BUILD, "20,000 rows"),
    "column": (made(), "CREATE TABLE r (id int PRIMARY KEY); CREATE TABLE t (a int, b int)", Kind.LOSS, "t"),
    "table": (made(), "CREATE TABLE r (id int PRIMARY KEY)", Kind.LOSS, "20,000 rows"),
    "lock": (made(), made(then="ALTER TABLE t ALTER b SET DEFAULT 3"), Kind.LOCK, "ACCESS EXCLUSIVE"),
    "access": (made(), made(then="ALTER TABLE t ENABLE ROW LEVEL SECURITY"), Kind.ACCESS, "public.t"),
    "cut": (made(), made(then="ALTER TABLE t ALTER c TYPE varchar(3)"), Kind.LOSS, "does not fit"),
    "never null": (made(), made(rest=", d date NOT NULL"), Kind.FAIL, "is empty: d may not be NULL"),
    "domain": (
        made(),
        "CREATE DOMAIN d AS int NOT NULL;" + made(rest=", d d"),
        Kind.FAIL,
        "is empty: public.d allows no NULL",
    ),
    "alike": (made(), made(rest=", d int DEFAULT 0 UNIQUE"), Kind.FAIL, "one row at most: d would be the same"),
    "view": (made(then="CREATE VIEW v AS SELECT a FROM t"), made(), Kind.BREAK, "v"),
}


@pytest.mark.parametrize(("before", "after", "kind", "said"), _HAZARDS.values(), ids=_HAZARDS)
async def test_hazards_have_this_databases_sizes(
    databases: Databases, before: str, after: str, kind: Kind | None, said: str
) -> None:
    one, two = databases.loaded(before), databases.loaded(after)
    try:
        with databases.connect(one) as connection:
            connection.execute(_ROWS.encode())
        a, b = [await judging.read(target) for target in (one, two)]
        found = plan(a, b)
        told = hazards.of_statements(a, b, found.statements)
        assert len(told) == len(found.statements)
        flat = [each for some in told for each in some]
        if kind is None:
            assert not [each for each in flat if each.kind in (Kind.REWRITE, Kind.LOSS)]
            return
        fitting = [each for each in flat if each.kind is kind]
        assert fitting, flat
        assert any(said in each.sentence for each in fitting), fitting
    finally:
        databases.drop(one)
        databases.drop(two)


_VECTORS = {
    "opclass": ("vector(64)", "vector_l2_ops", "", "vector(64)", "vector_cosine_ops", "", "its operator class changes"),
    "parameters": ("vector(64)", "vector_l2_ops", "", "vector(64)", "vector_l2_ops", " WITH (m=8)", "its parameters"),
    "dimension": ("vector", "", "", "vector(64)", "vector_l2_ops", "", ""),
    "new": ("vector(64)", "", "", "vector(64)", "vector_l2_ops", " WITH (m=24, ef_construction=200)", ""),
    "half": ("vector(64)", "vector_l2_ops", "", "halfvec(64)", "halfvec_l2_ops", "", ""),
}  # fmt: skip


@pytest.mark.parametrize(("was", "by", "given", "now", "anew", "said", "why"), _VECTORS.values(), ids=_VECTORS)
async def test_a_rebuild_of_vectors_says_its_time_and_memory(
    databases: Databases, was: str, by: str, given: str, now: str, anew: str, said: str, why: str
) -> None:
    def schema(kind: str, opclass: str, options: str) -> str:
        index = f"CREATE INDEX h ON e USING hnsw (v {opclass}){options};" if opclass else ""
        return f"CREATE EXTENSION IF NOT EXISTS vector; CREATE TABLE e (id int, v {kind}); {index}"

    one, two = databases.loaded(schema(was, by, given)), databases.loaded(schema(now, anew, said))
    try:
        a, b = [await judging.read(target) for target in (one, two)]
        found = plan(a, b)
        empty = hazards.of_statements(a, b, found.statements)
        assert not [each for some in empty for each in some if "hnsw" in each.sentence]
        measures = {key: value._replace(rows=3_000_000) for key, value in a.measures.items()}
        large = Catalog(a.version, a.objects, a.edges, a.roles, measures)
        told = _about(hazards.of_statements(large, b, found.statements), "hnsw")
        assert told, [each.text for each in found.statements]
        sentence = told[0].sentence
        assert "3,000,000 rows of 64 dimensions" in sentence
        assert "maintenance_work_mem" in sentence
        assert why in sentence
        assert told[0].severity is Severity.CRIT
        assert not judging.run(databases, one, found)
    finally:
        databases.drop(one)
        databases.drop(two)


def _about(found: tuple[tuple[Hazard, ...], ...], word: str) -> list[Hazard]:
    return [each for some in found for each in some if word in each.sentence]


_KEPT = {
    "table": ("CREATE TABLE t (a int); CREATE TABLE u (a int)", "CREATE TABLE u (a bigint)", ["t"]),
    "column": ("CREATE TABLE t (a int, b text)", "CREATE TABLE t (a int, c int)", ["b"]),
    "cut": ("CREATE TABLE t (a int, b text)", "CREATE TABLE t (a bigint, b varchar(3))", ["b"]),
    "with its parts": (
        "CREATE TYPE m AS ENUM ('x'); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';"
        "CREATE TABLE t (id serial PRIMARY KEY, a m DEFAULT 'x', b int DEFAULT f(), CHECK (b > 0));"
        "CREATE INDEX i ON t (b); CREATE VIEW v AS SELECT a FROM t",
        "CREATE TABLE other (a int)", ["m", "f()", "t"],
    ),
    "schema": ("CREATE SCHEMA s; CREATE TABLE s.t (a int)", "SELECT 1", ["s", "t"]),
    "same name": ("CREATE TABLE t (a int)", "CREATE VIEW t AS SELECT 1 AS a", ["t"]),
    "made anew": (
        "CREATE TABLE t (a int PRIMARY KEY); CREATE TABLE u (b int REFERENCES t)",
        "CREATE TABLE t (a int PRIMARY KEY) PARTITION BY LIST (a); CREATE TABLE u (b int REFERENCES t)", ["t"],
    ),
    "generated": (
        "CREATE TABLE t (a int, b int)", "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a) STORED)", ["b"],
    ),
    "partition": (
        "CREATE TABLE p (a int, b int) PARTITION BY LIST (a); CREATE TABLE p1 PARTITION OF p DEFAULT;"
        "CREATE INDEX i ON p (b)",
        "CREATE TABLE p (a int) PARTITION BY LIST (a)", ["p1"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after", "names"), _KEPT.values(), ids=_KEPT)
async def test_the_data_can_be_kept(databases: Databases, before: str, after: str, names: list[str]) -> None:
    one, two = databases.loaded(before), databases.loaded(after)
    try:
        a, b = [await judging.read(target) for target in (one, two)]
        found = plan(a, b, wishes=Wishes(keep_data=True))
        assert not [each.text for each in found.statements if each.loses]
        problem = judging.run(databases, one, found)
        assert not problem, problem
        left = {(each.key, each.action) for each in found.left_out}
        rest = {(each.key, each.action) for each in compare.compare(await judging.read(one), b)
                if each.action is not Action.REORDER}  # fmt: skip
        assert rest == left
        assert {each.key.name for each in found.left_out} & {name.partition("(")[0] for name in names}
        assert not {each.key.name for each in found.left_out} & {"c", "other", "u"}, "what loses nothing is done"
        assert plan(a, b).left_out == ()
    finally:
        databases.drop(one)
        databases.drop(two)
