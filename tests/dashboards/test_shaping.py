"""Which columns of a sample a kind takes, what it makes of them, and what it says when they do not suit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from console.dashboards import severity
from console.dashboards.projecting import Projection
from console.dashboards.shaping.columns import Unsuited
from console.dashboards.shaping.shape import shape
from console.dashboards.shaping.shapes import (
    Bars,
    Cloud,
    Gauge,
    Grid,
    Heat,
    Histogram,
    Lines,
    Nothing,
    Number,
    Series,
    Stacks,
    Tiles,
)
from console.drawing.picture import Role
from tests.dashboards.samples import NOW, panel, sample

D1, D2, D3 = (date(2026, 11, day) for day in (1, 2, 3))
T1, T2, T3 = (1793491200.0 + 86400 * place for place in range(3))


def shaped(kind: str, heads: str, rows: list[tuple[Any, ...]], **said: Any) -> Any:
    return shape(panel(kind, said.pop("unit", ""), **said), [sample(heads, rows)])


class TestNumber:
    @pytest.mark.parametrize(
        ("heads", "rows", "expected"),
        [
            ("total", [(5,)], Number(5)),
            ("total,before", [(5, 4)], Number(5, before=4)),
            ("other,value", [(1, 5)], Number(5)),
            ("state text", [("primary",)], Number("primary")),
            ("value,note text", [(5, "since May")], Number(5, note="since May")),
            ("day date,cost", [(D2, 7), (D1, 5)], Number(7, before=5, trend=(5.0, 7.0))),
            ("day date,cost,before", [(D1, 5, 1), (D2, 7, 2)], Number(7, before=2, trend=(5.0, 7.0))),
            ("day date,cost", [(D1, None)], Number(None, trend=(None,))),
            ("a,b", [(1, 2)], Tiles((("a", 1), ("b", 2)))),
            ("a,b interval", [(1, 2.5)], Tiles((("a", 1), ("b", 2.5)), ("", "s"))),
            ("name text,n", [("x", 1), ("y", 2)], Tiles((("x", 1), ("y", 2)))),
        ],
    )
    def test_what_it_takes(self, heads: str, rows: list[tuple[Any, ...]], expected: object) -> None:
        assert shaped("number", heads, rows) == expected

    def test_its_readings_are_its_trend(self) -> None:
        history = [sample("n", [(place,)], at) for place, at in ((1, 1.0), (3, 2.0))]
        assert shape(panel("number"), history) == Number(3, trend=(1.0, 3.0))

    def test_a_month_goes_on_as_it_went(self) -> None:
        assert shaped("number", "cost", [(41.2,)], project="month") == Number(
            41.2, projected=Projection(pytest.approx(41.2 * 30 / 20.75), date(2026, 11, 30))
        )

    def test_several_rows_without_names_are_not_one_number(self) -> None:
        with pytest.raises(Unsuited, match="A number needs one row"):
            shaped("number", "n", [(1,), (2,)])


class TestLines:
    def test_each_number_is_a_line(self) -> None:
        found = shaped("line", "day date,a,b", [(D2, 2, 20), (D1, 1, None)])
        assert found == Lines((Series("a", ((T1, 1.0), (T2, 2.0))), Series("b", ((T1, None), (T2, 20.0)))))

    def test_names_are_lines_in_the_same_order_always(self) -> None:
        rows = [(D1, "b", 1), (D1, "a", 2)]
        assert [each.name for each in shaped("line", "day date,name text,n", rows).series] == ["a", "b"]

    def test_eight_lines_are_told_apart(self) -> None:
        found = shaped("line", "day date,name text,n", [(D1, f"{place:02}", place) for place in range(20)])
        assert [each.name for each in found.series] == [f"{place}" for place in range(12, 20)]
        assert found.left_out == 12

    def test_a_line_of_readings_has_a_gap_where_it_was_not_read(self) -> None:
        history = [sample("name text,n", rows, at) for rows, at in (([("a", 1)], 1.0), ([("a", 2), ("b", 3)], 2.0))]
        found = shape(panel("line"), history)
        series = (Series("a", ((1.0, 1.0), (2.0, 2.0))), Series("b", ((1.0, None), (2.0, 3.0))))
        assert found == Lines(series, polled=True)

    def test_what_is_gone_keeps_its_place_for_as_long_as_it_is_known(self) -> None:
        history = [sample("name text,n", rows, at) for rows, at in (([("a", 1), ("b", 3)], 1.0), ([("b", 2)], 2.0))]
        series = (Series("a", ((1.0, 1.0), (2.0, None))), Series("b", ((1.0, 3.0), (2.0, 2.0))))
        assert shape(panel("line"), history) == Lines(series, polled=True)

    def test_what_is_counted_is_nothing_where_it_is_absent(self) -> None:
        """Where the panel says so; a reading of another statement says nothing of it."""
        history = [
            sample("name text,n", [("a", 1)], 1.0),
            sample("name text,n", [], 2.0),
            sample("name text,m", [("a", 7)], 3.0),
            sample("name text,n", [("b", 2)], 4.0),
        ]
        series = (
            Series("a", ((1.0, 1.0), (2.0, 0.0), (3.0, None), (4.0, 0.0))),
            Series("b", ((1.0, 0.0), (2.0, 0.0), (3.0, None), (4.0, 2.0))),
        )
        assert shape(panel("line", absent="zero"), history) == Lines(series, polled=True)


def test_bars_in_an_order() -> None:
    rows = [("b", 1), ("a", None), ("c", 3)]
    assert shaped("bar", "name text,n", rows) == Bars((("b", 1.0), ("a", None), ("c", 3.0)))
    assert shaped("bar", "name text,n", rows, order="value", most=2) == Bars((("c", 3.0), ("b", 1.0)), left_out=1)
    assert shaped("bar", "name text,n", rows, order="label").bars[0] == ("a", None)


def test_bars_of_numbers() -> None:
    assert shaped("bar", "hour,n", [(7, 1), (8, 2)]) == Bars((("7", 1.0), ("8", 2.0)))
    assert shaped("bar", "a,b", [(1, 2)]) == Bars((("a", 1.0), ("b", 2.0)))


def test_stacks_sum_up_what_is_too_many() -> None:
    rows = [(D1, "a", 1), (D1, "b", 2), (D2, "c", 4), (D2, "a", 8), (D1, "a", 16)]
    found = shaped("stacked", "day date,name text,n", rows, most=2)
    assert found == Stacks((T1, T2), ("a", "2 others"), ((17.0, 2.0), (8.0, 4.0)), timed=True)


def test_stacks_of_columns() -> None:
    assert shaped("stacked", "name text,a,b", [("x", 1, 2)]) == Stacks(("x",), ("a", "b"), ((1.0, 2.0),), timed=False)


@pytest.mark.parametrize(
    ("heads", "row", "unit", "expected", "percent"),
    [
        ("value,limit", (41.2, 60), "USD", Gauge("", 41.2, 60.0), pytest.approx(68.667, abs=0.001)),
        ("who text,value,limit", ("ada", 3, None), "USD", Gauge("ada", 3.0, None), None),
        ("used", (25,), "%", Gauge("", 25.0, 100.0), 25.0),
        ("used", (0.25,), "ratio", Gauge("", 0.25, 1.0), 25.0),
        ("value,limit,mark", (1, 2, 80), "", Gauge("", 1.0, 2.0, (80.0,)), 50.0),
        ("value,limit,mark text", (1, 2, "50, 80"), "", Gauge("", 1.0, 2.0, (50.0, 80.0)), 50.0),
        ("value,limit", (1, 0), "", Gauge("", 1.0, 0.0), None),
    ],
)
def test_gauges(heads: str, row: tuple[Any, ...], unit: str, expected: Gauge, percent: float | None) -> None:
    (found,) = shaped("gauge", heads, [row], unit=unit)
    assert found == expected
    assert found.percent == percent


def test_heat_takes_the_first_two_columns_and_the_last_number() -> None:
    rows = [(7, "Mon", 1), (8, "Mon", 2), (7, "Tue", 4), (7, "Tue", 5)]
    assert shaped("heat", "hour,day text,n", rows) == Heat(("7", "8"), ("Mon", "Tue"), ((1.0, 2.0), (9.0, None)))
    assert shaped("heat", "hour,n", [(8, 2), (7, 1)]) == Heat(("7", "8"), (), ((1.0, 2.0),))


def test_a_table_hides_and_counts() -> None:
    found = shaped(
        "table", "id,name text,cost", [(1, "a", 2), (2, "b", 3)], hide=("id",), bars=("cost",), most=1, unit="USD"
    )
    assert isinstance(found, Grid)
    assert [(column.name, column.unit, column.bars) for column in found.columns] == [
        ("name", "", False),
        ("cost", "USD", True),
    ]
    assert found.rows == (("a", 2),)
    assert found.more


def test_a_histogram_counts_all_and_says_where_they_lie() -> None:
    found = shaped("histogram", "took", [(value,) for value in [*range(100), None]], bins=10)
    assert found == Histogram(
        counts=(10.0,) * 10, edges=tuple(map(float, range(0, 101, 10))), count=100, median=49.0, high=94.0
    )


def test_a_histogram_of_what_is_counted() -> None:
    found = shaped("histogram", "bucket text,count", [("<1", 3), ("<2", 4)])
    assert found == Histogram(counts=(3.0, 4.0), names=("<1", "<2"), count=7)


def test_points_without_both_numbers_are_none() -> None:
    assert shaped("scatter", "x,y", [(1, 2), (3, None)]) == Cloud((Series("", ((1.0, 2.0),)),), "x", "y")


@pytest.mark.parametrize("kind", ["number", "line", "bar", "stacked", "gauge", "heat", "table", "histogram", "scatter"])
def test_no_rows(kind: str) -> None:
    heads = "day date,name text,value,limit"
    assert shaped(kind, heads, []) == Nothing("no rows")
    assert shaped(kind, heads, [], empty="nobody waits") == Nothing("nobody waits")


@pytest.mark.parametrize(
    ("kind", "heads", "columns", "sentence"),
    [
        ("line", "name text", {}, "A line needs a number as its value; it gives name (text)."),
        ("gauge", "value", {}, "A gauge needs a number as its limit; it gives value (numeric)."),
        (
            "bar",
            "name text,cost",
            {"value": "csot"},
            "The statement gives no column csot; it gives name (text), cost (numeric). Did you mean cost?",
        ),
        ("bar", "name text,cost", {"value": "name"}, "name is text; the value of a bar has to be a number."),
        ("scatter", "x", {}, "A scatter needs a number as its y; it gives x (numeric)."),
        ("heat", "n", {}, "A heat needs two columns or three: x, y if there is one, and a number."),
    ],
)
def test_what_does_not_suit_is_a_sentence(kind: str, heads: str, columns: dict[str, str], sentence: str) -> None:
    with pytest.raises(Unsuited) as raised:
        shaped(kind, heads, [(1,) * (heads.count(",") + 1)], columns=columns)
    assert str(raised.value) == sentence


def test_a_table_whose_options_name_no_column_says_so() -> None:
    with pytest.raises(Unsuited, match="no column csot"):
        shaped("table", "cost", [(1,)], bars=("csot",))


@pytest.mark.parametrize(
    ("kind", "heads", "rows", "role"),
    [
        ("number", "n", [(4,)], Role.OK),
        ("number", "n", [(5,)], Role.WARN),
        ("number", "n", [(None,)], Role.PLAIN),
        ("number", "day date,n", [(D1, 9), (D2, 4)], Role.OK),
        ("line", "day date,a,b", [(D1, 9, 9), (D2, 1, 5)], Role.WARN),
        ("bar", "name text,n", [("a", 1), ("b", 9)], Role.CRIT),
        ("gauge", "value,limit,mark", [(79, 100, 80)], Role.CRIT),
        ("table", "name text,n", [("a", 99)], Role.PLAIN),
        ("heat", "x,n", [(1, 9)], Role.CRIT),
    ],
)
def test_how_bad_it_is(kind: str, heads: str, rows: list[tuple[Any, ...]], role: Role) -> None:
    assert severity.of(panel(kind, warn=5, crit=9), [sample(heads, rows, NOW.timestamp())]) is role
