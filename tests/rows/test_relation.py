"""What is known of a relation decides how it is paged."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from console.config.profile import Target
from console.db.session import Session
from console.rows import relation, table
from console.rows.relation import Paging, RelationColumn, UniqueIndex, choose_paging
from tests.databases import Databases

PRIMARY = UniqueIndex("pk", True, False, ("id",), True)
NOT_NULL = UniqueIndex("code", False, False, ("code",), True)
NULLABLE = UniqueIndex("maybe", False, False, ("maybe",), False)
ONE_NULL = UniqueIndex("once", False, True, ("maybe",), False)


def column(name: str) -> RelationColumn:
    return RelationColumn(name, "text", "text", 25, False, False, "", False, False, True)


COLUMNS = [column("id"), column("code"), column("maybe")]


@pytest.mark.parametrize(
    ("kind", "method", "indexes", "children", "paging", "index"),
    [
        ("r", "heap", [PRIMARY, NOT_NULL], False, Paging.KEY, PRIMARY),
        ("r", "heap", [NOT_NULL, NULLABLE], False, Paging.KEY, NOT_NULL),
        ("r", "heap", [ONE_NULL], False, Paging.KEY, ONE_NULL),
        ("r", "heap", [NULLABLE], False, Paging.BLOCKS, None),
        ("r", "heap", [], False, Paging.BLOCKS, None),
        ("r", "columnar", [], False, Paging.WINDOW, None),
        ("r", "heap", [PRIMARY], True, Paging.WINDOW, None),
        ("m", "heap", [], False, Paging.BLOCKS, None),
        ("p", None, [PRIMARY], True, Paging.KEY, PRIMARY),
        ("p", None, [NULLABLE], True, Paging.WINDOW, None),
        ("v", None, [], False, Paging.WINDOW, None),
        ("f", None, [], False, Paging.WINDOW, None),
    ],
)
def test_the_best_way_is_chosen(
    kind: str, method: str | None, indexes: list[UniqueIndex], children: bool, paging: Paging, index: UniqueIndex | None
) -> None:
    assert choose_paging(kind, method, indexes, COLUMNS, has_children=children) == (paging, index)


def test_a_key_that_may_not_be_read_is_none() -> None:
    assert choose_paging("r", "heap", [PRIMARY], COLUMNS[1:], has_children=False) == (Paging.BLOCKS, None)


FACTS = """
CREATE TABLE facts (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, price numeric(10, 2) NOT NULL, code char(3), secret text,
    twice numeric GENERATED ALWAYS AS (price * 2) STORED
);
CREATE UNIQUE INDEX partly ON facts (code) WHERE code IS NOT NULL;
CREATE UNIQUE INDEX folded ON facts (lower(code));
INSERT INTO facts (price) SELECT i FROM generate_series(1, 100) i;
ANALYZE facts;
"""


async def test_the_facts_take_one_round_trip(make_database: Callable[..., Target]) -> None:
    async with await Session.open(make_database(FACTS), what="test") as session:
        await session.read()
        before = session.trips
        facts = await relation.read(session, "public", "facts")
        assert session.trips == before + 1
    assert (facts.key, facts.key_name, facts.estimate, facts.word) == (("id",), "facts_pkey", 100, "table")
    assert [(c.type_name, c.cast_type) for c in facts.columns[:3]] == [
        ("integer", "integer"),
        ("numeric(10,2)", "numeric"),
        ("character(3)", "bpchar"),
    ]
    assert [c.name for c in facts.columns if c.identity_always or c.generated] == ["id", "twice"]
    assert [c.shown.numeric for c in facts.columns] == [True, True, False, False, True]


async def test_facts_never_wait_for_a_lock(make_database: Callable[..., Target], databases: Databases) -> None:
    target = make_database(FACTS)
    with databases.connect(target) as locker, locker.transaction():
        locker.execute("LOCK TABLE facts IN ACCESS EXCLUSIVE MODE")
        async with await Session.open(target, what="test") as session:
            assert (await relation.read(session, "public", "facts")).estimate == 100


async def test_columns_that_may_not_be_read_are_left_out_and_said(
    make_database: Callable[..., Target], databases: Databases
) -> None:
    target = make_database(FACTS)
    with databases.connect(target) as granter:
        granter.execute("CREATE ROLE rows_clerk LOGIN")
        granter.execute("GRANT SELECT (id, price) ON facts TO rows_clerk")
    clerk = Target(name="clerk", params={**target.params, "user": "rows_clerk"})
    try:
        async with await Session.open(clerk, what="test") as session:
            rows = await table.open(session, "public", "facts")
            await rows.fetch_end()
            assert (len(rows), len(rows.columns), rows.row(0)) == (100, 2, ("1", "1.00"))
            assert rows.note == "by key facts_pkey · 3 columns may not be read"
            await rows.close()
    finally:
        databases.drop(target)
        with databases.connect() as dropper:
            dropper.execute("DROP ROLE rows_clerk")
