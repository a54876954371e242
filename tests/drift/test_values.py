"""What rows and sequences hold is the same behind our SQL, by its meaning."""

from __future__ import annotations

import pytest

from console.drift.planning import plan
from tests.databases import Databases
from tests.drift import judging

_NESTED = "CREATE TYPE part AS ({}); CREATE TYPE whole AS ({}); CREATE TABLE t (id int, v whole[]);"
_SOME = """
INSERT INTO t VALUES (1, ARRAY[ROW(ARRAY[ROW(7, 'x"y,(z){}')::part, NULL], 3.50)::whole, NULL]), (2, '{}'), (3, NULL)
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
