"""A layout is taken only where it says the same."""

from __future__ import annotations

import pytest

from console.sql import statements
from console.sql.format import pretty


def test_lays_out_a_query() -> None:
    assert pretty("select a,b from t where x=1;") == "SELECT\n  a,\n  b\nFROM t\nWHERE\n  x = 1;"


@pytest.mark.parametrize(
    "text",
    [
        "select 1 -- why",
        "select /* why */ 1",
        "select form x y",
        "",
        "create policy p on t using (true)",
    ],
)
def test_leaves_alone_what_it_cannot_lay_out_safely(text: str) -> None:
    assert pretty(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "select now(), x from t where e ->> 'a' = 'b' and tags @> array['x']",
        "select * from t order by a <=> '[1]' limit 5",
        "insert into t values (1, 'a--b'); select 1",
        "select " + " || ".join(["'a'"] * 200),
    ],
)
def test_says_the_same_afterwards(text: str) -> None:
    laid_out = pretty(text)
    assert [each.kind for each in statements.split(laid_out)] == [each.kind for each in statements.split(text)]
    for word in ("now()", "<=>", "@>", "'a--b'"):
        assert (word in laid_out) == (word in text)
