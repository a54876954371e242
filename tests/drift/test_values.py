"""What rows and sequences hold is the same behind our SQL, by its meaning."""

from __future__ import annotations

import pytest

from console.drift.planning.planning import plan
from tests.databases import Databases
from tests.drift import judging

_NESTED = "CREATE TYPE part AS ({}); CREATE TYPE whole AS ({}); CREATE TABLE t (id int, v whole[]);"
_SOME = """
INSERT INTO t VALUES (1, ARRAY[ROW(ARRAY[ROW(7, 'x"y,(z){}')::part, NULL], 3.50)::whole, NULL]), (2, '{}'), (3, NULL)
"""
_REFUSED = """
CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END';
CREATE TRIGGER no BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION no()
"""


@pytest.mark.parametrize(
    ("before", "after", "asked", "held"),
    [
        pytest.param(
            _NESTED.format("a int, b text", "parts part[], n numeric") + _SOME,
            _NESTED.format("b text, a bigint", "n numeric, parts part[]"),
            "SELECT id, v[1].n::text, v[1].parts[1].b, v[1].parts[1].a, cardinality(v) FROM t ORDER BY id",
            [(1, "3.50", 'x"y,(z){}', 7, 2), (2, None, None, None, 0), (3, None, None, None, None)],
            id="rows within arrays within rows",
        ),
        pytest.param(
            "CREATE TABLE t (id bigserial); SELECT setval('t_id_seq', 5000000000)",
            "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY (MAXVALUE 1000))",
            "SELECT last_value, is_called FROM t_id_seq",
            [(1000, True)],
            id="a sequence beyond the limits of the next",
        ),
        pytest.param(
            "CREATE TABLE t (a text); INSERT INTO t VALUES ('1'), (NULL); CREATE TABLE h () INHERITS (t);"
            "INSERT INTO h VALUES ('3'); CREATE RULE no AS ON UPDATE TO t DO INSTEAD NOTHING",
            "CREATE TABLE above (a int); CREATE TABLE t () INHERITS (above); CREATE TABLE h () INHERITS (t);"
            "CREATE RULE no AS ON UPDATE TO t DO INSTEAD NOTHING",
            "SELECT a FROM above ORDER BY a",
            [(1,), (3,), (None,)],
            id="a column that becomes a parent's",
        ),
        pytest.param(
            "CREATE TABLE t (id int); INSERT INTO t VALUES (1); SET app.tenant = '7'",
            "CREATE TABLE t (id int, who varchar(20) DEFAULT CURRENT_USER NOT NULL, version text"
            " DEFAULT current_setting('server_version'))",
            "SELECT who = CURRENT_USER, version = current_setting('server_version') FROM t",
            [(True, True)],
            id="a default that might fail",
        ),
        pytest.param(
            "CREATE DOMAIN d AS numeric(9, 2); CREATE TABLE t (a d, b d[], c boolean);"
            "INSERT INTO t VALUES (4, '{5}', true)",
            "CREATE DOMAIN d AS integer; CREATE TABLE t (a integer, b integer[], c d)",
            "SELECT a, b, c::integer FROM t",
            [(4, [5], 1)],
            id="values of domains by what these are over",
        ),
        pytest.param(
            "CREATE TYPE k AS ENUM ('x', 'y'); CREATE TABLE t (id serial PRIMARY KEY, k k, ks k[], n numeric);"
            "CREATE TABLE of_t (id int REFERENCES t); INSERT INTO t VALUES (5, 'x', '{y}', 1), (7, 'y', NULL, 2);"
            "INSERT INTO of_t VALUES (7);" + _REFUSED,
            "CREATE TYPE k AS ENUM ('y', 'x'); CREATE TABLE t (n int, k k, ks k[],"
            "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, m int GENERATED ALWAYS AS (n + 1) STORED)"
            "PARTITION BY RANGE (id); CREATE TABLE t6 PARTITION OF t FOR VALUES FROM (MINVALUE) TO (6);"
            "CREATE TABLE t9 PARTITION OF t DEFAULT;"
            "CREATE TABLE of_t (id bigint REFERENCES t);" + _REFUSED,
            "SELECT tableoid::regclass::text, id, k::text, ks::text, m, nextval('t_id_seq') > 7 FROM t ORDER BY id",
            [("t6", 5, "x", "{y}", 2, True), ("t9", 7, "y", None, 3, True)],
            id="a table that becomes partitioned",
        ),
        pytest.param(
            "CREATE TABLE t (a int, b text) PARTITION BY LIST (b); CREATE TABLE x PARTITION OF t FOR VALUES IN ('x');"
            "CREATE TABLE y PARTITION OF t DEFAULT; INSERT INTO t VALUES (1, 'x'), (20, 'x'), (2, 'y')",
            "CREATE TABLE t (a int, b text) PARTITION BY RANGE (a); CREATE TABLE z PARTITION OF t DEFAULT;"
            "CREATE TABLE x PARTITION OF t FOR VALUES FROM (10) TO (30)",
            "SELECT tableoid::regclass::text, a, b FROM t ORDER BY a",
            [("z", 1, "x"), ("z", 2, "y"), ("x", 20, "x")],
            id="a table that is partitioned otherwise",
        ),
        pytest.param(
            "CREATE TABLE t (id serial PRIMARY KEY, v text DEFAULT 'public.t'); CREATE SEQUENCE s; CREATE VIEW w AS"
            " SELECT * FROM t; INSERT INTO t VALUES (DEFAULT, 'x'), (DEFAULT, 'y'); SELECT setval('s', 7)",
            "CREATE SCHEMA app; CREATE TABLE app.t (id serial PRIMARY KEY, v text NOT NULL DEFAULT 'public.t');"
            "CREATE SEQUENCE app.s; CREATE VIEW w AS SELECT * FROM app.t",
            "SELECT id, v, nextval('app.s') FROM app.t UNION ALL SELECT nextval('app.t_id_seq'), NULL, 0 ORDER BY id",
            [(1, "x", 8), (2, "y", 9), (3, None, 0)],
            id="a table and a sequence that get another schema",
        ),
    ],
)
async def test_what_is_held_stays(
    databases: Databases, before: str, after: str, asked: str, held: list[tuple[object, ...]]
) -> None:
    one, two = databases.loaded(before), databases.loaded(after)
    found = plan(await judging.read(one), await judging.read(two))
    assert judging.run(databases, one, found) == ""
    with databases.connect(one) as connection:
        assert connection.execute(asked.encode()).fetchall() == held
    databases.drop(one)
    databases.drop(two)
