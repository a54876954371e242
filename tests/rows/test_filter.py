"""A person's condition stays within its parentheses."""

from __future__ import annotations

import pytest

from console.errors import BadSql
from console.rows.filter import condition


@pytest.mark.parametrize(
    "text",
    [
        "true) OR (true",
        "true) UNION SELECT 1 WHERE (true",
        "true); DELETE FROM keyed; SELECT (1",
        "true ORDER BY 1",
        "true LIMIT 1",
        "true GROUP BY id",
        "true FOR UPDATE",
        "true; SELECT 1",
        "true) --",
        "true /*",
        "'",
        "",
        "-- nothing",
        "true, false",
        "1 AS a",
        "true UNION SELECT 1",
        "id = $1",
        "id IN (SELECT x FROM y WHERE z = lower($2))",
    ],
)
def test_a_condition_cannot_leave_its_parentheses(text: str) -> None:
    with pytest.raises(BadSql):
        condition(text)


@pytest.mark.parametrize(
    "text",
    [
        "price > 10",
        "a -- b",
        "a IN (1, 2)",
        "a = ANY (ARRAY[1, 2])",
        "(a, b) IN ((1, 2))",
        "(a OR b) AND c",
        "x = ') OR (' || $$)$$",
        'exists (select 1 from t where "a)" = 1)',
    ],
)
def test_a_condition_is_taken_as_it_is(text: str) -> None:
    assert condition(text).as_string(None) == f"(\n{text}\n)"


def test_a_percent_sign_is_no_parameter() -> None:
    assert condition("a LIKE '%s' AND b %% 2 = 1").as_string(None) == "(\na LIKE '%%s' AND b %%%% 2 = 1\n)"


def test_a_fault_in_a_condition_has_its_place() -> None:
    with pytest.raises(BadSql) as caught:
        condition("id =\n  = 2")
    assert (caught.value.line, caught.value.column) == (2, 3)
