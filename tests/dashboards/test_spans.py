"""Intervals are said as time in every kind of panel, unless its file says another unit."""

from __future__ import annotations

import pytest

from console.dashboards.drawing.moment import draw_once
from console.dashboards.sample import Value
from console.drawing.picture import plain
from tests.dashboards.samples import NOW, panel, sample

Rows = list[tuple[Value, ...]]
CASES: list[tuple[str, str, Rows, str]] = [
    ("number", "value interval, before interval", [(90.0, 60.0)], "1 m 30 s  ▲ 50 % from 1 m"),
    ("number", "runs, mean interval", [(700, 90.0)], "1 m 30 s"),
    ("number", "name text, took interval", [("a", 90.0), ("b", 7500.0)], "2 h 5 m"),
    ("bar", "name text, took interval", [("a", 90.0)], "1 m 30 s"),
    ("gauge", "value interval, limit interval", [(90.0, 180.0)], "1 m 30 s of 3 m"),
    ("line", "at date, lag interval", [(NOW.date(), 90.0)], "1 m 30 s"),
    ("stacked", "name text, part text, took interval", [("a", "x", 90.0)], "1 m 30 s"),
    ("histogram", "took interval", [(90.0,), (95.0,)], "half up to 1 m"),
    ("heat", "x text, y text, took interval", [("a", "b", 90.0)], "1 m 30 s"),
    ("table", "name text, took interval", [("a", 90.0)], "1 m 30 s"),
]


def drawn(kind: str, heads: str, rows: Rows, unit: str = "") -> str:
    return plain(draw_once(panel(kind, unit), sample(heads, rows), 60, 2 if kind == "number" else 8, now=NOW))


@pytest.mark.parametrize(("kind", "heads", "rows", "said"), CASES)
def test_they_are_said_as_time(kind: str, heads: str, rows: Rows, said: str) -> None:
    picture = drawn(kind, heads, rows)
    assert said in picture
    assert "700 s" not in picture


@pytest.mark.parametrize(("unit", "said"), [("ms", "90 ms"), ("h", "3 d 18 h"), ("USD", "$ 90")])
def test_what_the_file_says_holds(unit: str, said: str) -> None:
    assert said in drawn("bar", "name text, took interval", [("a", 90.0)], unit)


def test_other_numbers_beside_them_are_no_time() -> None:
    assert "1 m 30 s" not in drawn("bar", "name text, sold, took interval", [("a", 90, 5.0)])
