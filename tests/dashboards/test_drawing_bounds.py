"""Whatever a database gives, however small the room: a picture is made, it stays in its room, and it is harmless."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from console.dashboards import severity
from console.dashboards.definition import Kind
from console.dashboards.drawing.draw import draw
from console.dashboards.sample import Head, Sample, Value
from console.drawing.picture import Picture, plain
from console.text import HOSTILE, width
from tests.dashboards.samples import NOW, panel, sample

UNITS = ("", "USD", "bytes", "bytes/s", "ms", "s", "%", "ratio", "rows", "日本/s", "\x1b[31m")
OPTIONS: dict[Kind, tuple[dict[str, object], ...]] = {
    Kind.NUMBER: ({}, {"change": "absolute", "good": "down"}, {"project": "month"}),
    Kind.LINE: ({}, {"fill": True}, {"zero": True}, {"zero": False}),
    Kind.BAR: ({}, {"most": 3, "order": "value"}, {"order": "label"}),
    Kind.STACKED: ({}, {"most": 1}, {"most": 2}),
    Kind.GAUGE: ({}, {"empty": "no budget set", "project": "month"}),
    Kind.HISTOGRAM: ({}, {"bins": 2}, {"bins": 100}),
}
numbers: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.integers(-(10**6), 10**6),
    st.integers(-(10**400), 10**400),
    st.floats(),
    st.decimals(allow_infinity=True).filter(lambda number: not number.is_snan()),  # no numeric signals
    st.sampled_from([0, 1, 1, -1, 0.1, Decimal("NaN"), Decimal("1e400"), 10**5000, 5e-324, 1e308, -1e308]),
)
moments: st.SearchStrategy[Value] = st.one_of(
    st.none(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.datetimes(datetime(2026, 11, 1), datetime(2026, 11, 21), timezones=st.just(UTC)),
)
texts: st.SearchStrategy[Value] = st.one_of(
    st.none(), st.text(max_size=30), st.sampled_from(["a", "b", "日本語モデル", "👩‍👩‍👧 ❤️ 🇩🇪", "é" * 9])
)
_OF_ROLE = {"number": numbers, "time": moments, "text": texts}
_NAMES = ("value", "limit", "mark", "label", "before", "note", "bucket", "count", "x", "y", "series", "day")


@st.composite
def histories(draw: st.DrawFn) -> list[Sample]:
    roles = draw(st.lists(st.sampled_from(sorted(_OF_ROLE)), min_size=0, max_size=5))
    names = draw(st.lists(st.sampled_from(_NAMES), min_size=len(roles), max_size=len(roles), unique=True))
    heads = tuple(Head(name, role, role) for name, role in zip(names, roles, strict=True))
    row = st.tuples(*(_OF_ROLE[role] for role in roles))
    at = draw(st.integers(0, 10**9))
    return [
        Sample(heads, tuple(draw(st.lists(row, max_size=7))), at + place * 2.0, place * 2.0, 0.1, draw(st.booleans()))
        for place in range(draw(st.integers(0, 3)))
    ]


def must_stay(picture: Picture, wide: int, high: int) -> None:
    assert len(picture) <= high
    for line in picture:
        text = "".join(span.text for span in line)
        assert width(text) <= wide, text
        assert not HOSTILE.search(text), text
        assert "️" in text or cell_len(text) <= wide, text
        assert all(span.text for span in line)


@pytest.mark.parametrize("kind", Kind)
@settings(max_examples=60)
@given(data=st.data())
def test_nothing_leaves_its_room(kind: Kind, data: st.DataObject) -> None:
    options = data.draw(st.sampled_from(OPTIONS.get(kind, ({},))))
    warn = data.draw(st.sampled_from([None, 1.0]))
    unit = data.draw(st.sampled_from(UNITS))
    drawn = panel(kind, unit, warn=warn, **options)
    wide, high = data.draw(st.integers(1, 130)), data.draw(st.integers(1, 30))
    history = data.draw(histories())
    picture = draw(drawn, history, wide, high, ascii=data.draw(st.booleans()), now=NOW)
    must_stay(picture, wide, high)
    severity.of(drawn, history)


def _many(kind: Kind) -> Sample:
    """Return two thousand rows of what a kind draws."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    rows = [(start + timedelta(hours=place), f"name {place} 日本語", place * 1.5, place % 7) for place in range(2000)]
    if kind in (Kind.BAR, Kind.GAUGE, Kind.SCATTER):
        return sample("label text,value,limit", [row[1:] for row in rows])
    if kind is Kind.NUMBER:
        return sample("label text,value", [row[1:3] for row in rows])
    return sample("at timestamptz,label text,value,other", rows)


@pytest.mark.parametrize(
    "size", [(4, 1), (20, 3), (38, 5), (78, 9), (200, 58)], ids=lambda size: f"{size[0]}x{size[1]}"
)
@pytest.mark.parametrize("kind", Kind)
def test_two_thousand_names_and_moments(kind: Kind, size: tuple[int, int]) -> None:
    picture = draw(panel(kind, "USD"), [_many(kind)], *size, now=NOW)
    must_stay(picture, *size)
    assert plain(picture).strip()


@pytest.mark.parametrize("size", [(0, 5), (5, 0), (0, 0), (-1, 4)])
def test_where_there_is_no_room_nothing_is_drawn(size: tuple[int, int]) -> None:
    assert draw(panel("number"), [sample("value", [(1,)])], *size, now=NOW) == ()


@pytest.mark.parametrize("kind", Kind)
def test_before_anything_is_read(kind: Kind) -> None:
    assert plain(draw(panel(kind), [], 40, 5, now=NOW)) == "not read yet"


@pytest.mark.parametrize(
    "values",
    [[5], [5, 5, 5], [0, 0], [-3, -1], [None, None, 4], [1, float("nan"), 2], [1e149, -1e149], [0.0001, 0.00011]],
    ids=str,
)
@pytest.mark.parametrize("kind", ["line", "number", "stacked", "bar", "histogram", "scatter", "heat", "table"])
def test_odd_numbers_are_drawn(kind: str, values: list[float | None]) -> None:
    """One point, all of them equal, none above zero, gaps, NaN, the huge and the small."""
    days = [date(2026, 11, 1) + timedelta(days=place) for place in range(len(values))]
    if kind in ("scatter", "histogram"):
        given_rows = sample("x,y", zip(values, values, strict=True))
    else:
        given_rows = sample("day date,value", zip(days, values, strict=True))
    picture = draw(panel(kind), [given_rows], 60, 9, now=NOW)
    must_stay(picture, 60, 9)
    assert "no " not in plain(picture)
