"""Which relations a statement names: what WITH calls so is none, as far as that name reaches."""

from __future__ import annotations

import pytest

from console.sql import grammar
from console.sql.relations import relations

NAMED = [
    ("SELECT 1", ""),
    ("TABLE sale", "sale"),
    ('SELECT * FROM Sale s JOIN shop."Sale" USING (id) LEFT JOIN ONLY c ON true', "sale shop.Sale c"),
    ("SELECT (SELECT max(x) FROM a) FROM b WHERE EXISTS (TABLE c) ORDER BY (SELECT 1 FROM d)", "a b c d"),
    ("SELECT * FROM (SELECT * FROM a) AS b, LATERAL (TABLE c) AS d, generate_series(1, 2) AS e", "a c"),
    ("SELECT * FROM a TABLESAMPLE system (1)", "a"),
    ("TABLE a UNION ALL (TABLE b EXCEPT TABLE c)", "a b c"),
    ("VALUES ((SELECT 1 FROM a))", "a"),
    ("SELECT * FROM here.public.a", "public.a"),
    ("WITH a AS (TABLE b) TABLE a", "b"),
    ("WITH a AS (TABLE b) TABLE public.a", "b public.a"),
    # Not recursive: within itself the name is the table's, and to what stands before it.
    ("WITH a AS (TABLE a) TABLE a", "a"),
    ("WITH a AS (TABLE b), b AS (TABLE a) TABLE b", "b"),
    ("WITH RECURSIVE a AS (SELECT 1 UNION ALL SELECT n FROM a) TABLE a", ""),
    ("WITH RECURSIVE a AS (TABLE b), b AS (TABLE c) TABLE a", "c"),
    # It reaches into what is nested, and not out of it.
    ("WITH a AS (TABLE b) SELECT (SELECT 1 FROM (TABLE a) AS x)", "b"),
    ("SELECT * FROM (WITH a AS (TABLE b) TABLE a) AS x, a", "a b"),
    ("(WITH a AS (TABLE b) TABLE a) UNION TABLE a", "a b"),
    ("WITH a AS (WITH c AS (TABLE d) TABLE c) SELECT * FROM a, c", "c d"),
]


@pytest.mark.parametrize(("sql", "expected"), NAMED)
def test_what_is_named(sql: str, expected: str) -> None:
    found = {".".join(filter(None, each)) for each in relations(grammar.tree(sql))}
    assert found == set(expected.split())


def test_however_deep() -> None:
    """As deep as the grammar itself goes."""
    sql = f"SELECT 0{' + 0' * 150} FROM a"
    assert {each.name for each in relations(grammar.tree(sql))} == {"a"}
