"""Pictures of panels, as a pipe shows them: what is expected stands in pictures/*.txt and can be read like a screen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from console.dashboards.definition import Panel
from console.dashboards.drawing.draw import draw
from console.dashboards.reading.ring import Ring
from console.dashboards.sample import Sample
from console.drawing.picture import Picture, Role, Span, plain
from tests.dashboards.samples import NOW, panel, sample

PICTURES = Path(__file__).parent / "pictures"
DAYS = [date(2026, 10, 23) + timedelta(days=place) for place in range(30)]
SPEND = [(day, round(1.5 + abs(math.sin(place / 4)) * 2 + place % 3 / 4, 2)) for place, day in enumerate(DAYS)]
MODELS = ("gpt-4o", "claude", "embeddings")
BY_MODEL = [(day, model, cost / (place + 1)) for day, cost in SPEND for place, model in enumerate(MODELS)]
HOURS = [
    (hour, day, round(20 * max(0.0, math.sin((hour - 6) / 4)))) for day in ("Mon", "Tue", "Wed") for hour in range(24)
]
BUDGETS = [("ada", 41.2, 60, 80), ("bob", 55, 60, 80), ("carol", 71, 60, 80), ("dan", 3, None, None)]
CALLS = [(f"/api/chat/{place}", 1000 * place + 1, 20.9 / (place + 1), place * 37.5, "why " * 20) for place in range(12)]


def polled(*, missing: bool = True) -> Ring:
    """Return readings of ten minutes, the fifth and the sixth of which are missing."""
    ring = Ring()
    for place in range(240):
        if place == 120 and missing:
            ring.gap()
        at = NOW.timestamp() - 600 + 2 * place + (120 if place >= 120 else 0)
        ring.push(sample("commits,rollbacks", [(100 + 20 * math.sin(place / 10), 9 * abs(math.sin(place / 7)))], at))
    return ring


CASES: dict[str, tuple[Panel, Sequence[Sample], int, int]] = {
    "number": (panel("number", "USD", good="down"), [sample("day date,cost", SPEND)], 40, 5),
    "number-small": (panel("number", "USD"), [sample("day date,cost", SPEND)], 40, 1),
    "number-warn": (
        panel("number", "bytes", warn=1e6, crit=1e9),
        [sample("value,before,note text", [(4.2e6, 3.9e6, "since 2 May")])],
        40,
        6,
    ),
    "number-span": (
        panel("number", "s"),
        [sample("value,note text", [(sec, "pid 3886 · postgres · idle in transaction")]) for sec in (87, 90)],
        26,
        6,
    ),
    "number-crowded": (panel("number"), [sample("value,note text", [(4, "the latest today")])] * 3, 26, 4),
    "number-projected": (panel("number", "USD", project="month"), [sample("value", [(41.2,)])], 30, 5),
    "tiles": (panel("number"), [sample("users,conversations,messages,tokens", [(12, 340, 123_456, 88.21)])], 76, 4),
    "line": (panel("line", "USD"), [sample("day date,cost", SPEND)], 76, 11),
    "line-begun": (panel("line", "%"), [sample("hits", [(99.951,)], NOW.timestamp() - 5)], 60, 9),
    "line-polled": (panel("line", "/s", warn=110), polled(), 76, 9),
    "line-models": (panel("line", "USD"), [sample("day date,model text,cost", BY_MODEL)], 76, 9),
    "line-narrow": (panel("line", "USD", fill=True), [sample("day date,cost", SPEND)], 38, 6),
    "bar": (
        panel("bar", "USD"),
        [
            sample(
                "model text,cost",
                [("gpt-4o", 24.1), ("日本語モデル", 6.4), ("e" * 60, 3), ("tiny", 0.004), ("none", None)],
            )
        ],
        60,
        5,
    ),
    "bar-negative": (
        panel("bar", "USD", crit=20),
        [sample("name text,cost", [("a", 24.1), ("b", -6.4), ("c", -0.1)])],
        60,
        4,
    ),
    "bar-many": (
        panel("bar"),
        [sample("name text,n", [(f"name {place}", 2000 - place) for place in range(2000)])],
        40,
        4,
    ),
    "gauge": (
        panel("gauge", "USD", empty="no budget set"),
        [sample("label text,value,limit,mark", BUDGETS)],
        76,
        8,
    ),
    "gauge-narrow": (
        panel("gauge", "USD", empty="no budget set"),
        [sample("label text,value,limit,mark", BUDGETS)],
        36,
        4,
    ),
    "stacked": (panel("stacked", "USD"), [sample("day date,model text,cost", BY_MODEL)], 76, 10),
    "stacked-names": (
        panel("stacked"),
        [
            sample(
                "stage text,state text,n",
                [("fetch", "ok", 10), ("fetch", "failed", 3), ("parse", "ok", 7), ("store", "ok", 2)],
            )
        ],
        60,
        8,
    ),
    "stacked-crowded": (
        panel("stacked"),
        [sample("name text,state text,n", [(f"person {n}", state, n + 1) for n in range(9) for state in ("a", "b")])],
        40,
        6,
    ),
    "stacked-months": (
        panel("stacked", "USD"),
        [sample("month date,who text,cost", [(date(2026, 7 + n, 1), who, 9 + n) for n in range(5) for who in "ab"])],
        36,
        8,
    ),
    "heat": (panel("heat"), [sample("hour,day text,n", HOURS)], 60, 5),
    "heat-uneven": (
        panel("heat"),
        [sample("hour,day text,n", [*HOURS, (3, "Wed", 900), *((hour, "Thu", None) for hour in range(24))])],
        60,
        6,
    ),
    "table": (
        panel("table", "USD", bars=("cost",), units={"took": "ms"}),
        [sample("endpoint text,calls,cost,took,question text", CALLS)],
        76,
        8,
    ),
    "table-narrow": (
        panel("table", "USD", bars=("cost",)),
        [sample("endpoint text,calls,cost,took,question text", CALLS, more=True)],
        38,
        5,
    ),
    "histogram": (panel("histogram", "ms"), [sample("took", [(place * place / 10,) for place in range(100)])], 60, 9),
    "histogram-counted": (
        panel("histogram"),
        [sample("bucket text,count", [("<10", 3), ("<100", 40), ("<1000", 12)])],
        40,
        7,
    ),
    "scatter": (
        panel("scatter", "ms"),
        [
            sample(
                "tokens,took,model text",
                [(place * 37 % 400, place * 53 % 900, MODELS[place % 2]) for place in range(40)],
            )
        ],
        60,
        10,
    ),
    "unsuited": (panel("line"), [sample("name text,other text", [("a", "b")])], 40, 4),
    "unknown-column": (panel("bar", columns={"value": "csot"}), [sample("name text,cost", [("a", 1)])], 60, 3),
}


@pytest.mark.parametrize("name", CASES)
def test_a_picture_is_as_expected(name: str) -> None:
    drawn, history, wide, high = CASES[name]
    assert plain(draw(drawn, history, wide, high, now=NOW)) + "\n" == (PICTURES / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["line-models", "gauge", "stacked", "heat", "number-warn", "bar"])
def test_a_terminal_that_knows_ascii_alone(name: str) -> None:
    drawn, history, wide, high = CASES[name]
    text = plain(draw(drawn, history, wide, high, ascii=True, now=NOW))
    assert text.replace("日本語モデル", "").isascii()
    assert text


def roles(picture: Picture) -> set[Role]:
    return {span.role for line in picture for span in line}


class TestRoles:
    """What is wrong is told by a sign and by a role, never by a role alone."""

    @pytest.mark.parametrize(
        ("value", "role", "sign"), [(1, Role.STRONG, ""), (5, Role.WARN, "! "), (9, Role.CRIT, "✗ ")]
    )
    def test_of_a_number(self, value: int, role: Role, sign: str) -> None:
        picture = draw(panel("number", warn=5, crit=9), [sample("value", [(value,)])], 20, 1, now=NOW)
        assert plain(picture) == f"{sign}{value}"
        assert roles(picture) == {role}

    def test_small_ones_are_the_bad_ones_below(self) -> None:
        picture = draw(panel("number", "%", warn=99, below=True), [sample("value", [(98.5,)])], 20, 1, now=NOW)
        assert plain(picture) == "! 98.5 %"

    def test_of_a_gauge_by_its_mark(self) -> None:
        rows = [("a", 79, 100, 80), ("b", 80, 100, 80), ("c", 100, 100, 80)]
        picture = draw(panel("gauge"), [sample("label text,value,limit,mark", rows)], 60, 3, now=NOW)
        assert [line[-2].text for line in picture] == ["79 %", "! 80 %", "✗ 100 %"]
        assert [line[-2].role for line in picture] == [Role.STRONG, Role.WARN, Role.CRIT]

    def test_a_month_that_goes_beyond_its_limit_is_warned_of(self) -> None:
        rows = [("a", 40, 60), ("b", 42, 60)]  # on the 21st at 18:00 of 30 days: 57.83 and 60.72
        picture = draw(panel("gauge", project="month"), [sample("label text,value,limit", rows)], 60, 4, now=NOW)
        assert [line[-1] for line in (picture[1], picture[3])] == [
            Span("→ 57.8 by 30 Nov", Role.MUTED),
            Span("! → 60.7 by 30 Nov", Role.WARN),
        ]

    def test_each_series_keeps_its_colour(self) -> None:
        picture = draw(panel("line"), [sample("day date,model text,cost", BY_MODEL)], 60, 9, now=NOW)
        named = {span.text.split()[1]: span.role for span in picture[0] if span.text.strip()}
        assert named == {"claude": Role.SERIES_1, "embeddings": Role.SERIES_2, "gpt-4o": Role.SERIES_3}
        assert {Role.SERIES_1, Role.SERIES_2, Role.SERIES_3} <= roles(picture[1:])

    @pytest.mark.parametrize(("good", "role"), [("up", Role.OK), ("down", Role.WARN), ("neither", Role.PLAIN)])
    def test_whether_more_is_good(self, good: str, role: Role) -> None:
        picture = draw(panel("number", good=good), [sample("value,before", [(12, 10)])], 30, 1, now=NOW)
        assert next(span.role for span in picture[0] if span.text == "▲ 20 %") is role


class TestGaps:
    """What was not read is not drawn."""

    def test_a_line_breaks_where_readings_are_missing(self) -> None:
        missing = slice(30, 41)  # the fifth and sixth minute of ten, in cells of the canvas
        whole, broken = _columns(polled(missing=False)), _columns(polled())
        assert all(whole[missing])
        assert not any(broken[missing])
        assert all(broken[:28])

    def test_a_trend_has_one_as_well(self) -> None:
        ring = Ring()
        for at, value in ((1.0, 1), (2.0, 2), (9.0, 3)):
            if at == 9.0:
                ring.gap()
            ring.push(sample("n", [(value,)], at))
        assert plain(draw(panel("number"), ring, 20, 2, now=NOW)) == "3\n▃▆ █"

    def test_a_null_is_a_gap(self) -> None:
        rows = [(day, None if 10 <= place < 20 else 5) for place, day in enumerate(DAYS)]
        drawn = _columns([sample("day date,cost", rows)])
        assert drawn[10]
        assert not any(drawn[24:46])
        assert drawn[60]

    def test_a_sample_of_another_statement_is_not_part_of_the_trend(self) -> None:
        history = [sample("other,things", [(1, 2)]), sample("value", [(5,)], NOW.timestamp() + 1)]
        assert plain(draw(panel("number"), history, 20, 3, now=NOW)) == "5"


def _columns(history: Sequence[Sample]) -> list[bool]:
    """Tell for each cell of a canvas from the left whether there is a dot in it or in one above or below."""
    canvas = plain(draw(panel("line", columns={"value": history[0].heads[-1].name}), history, 76, 8, now=NOW))
    rows = [line.partition("┤" if "┤" in line else "│")[2].ljust(76) for line in canvas.split("\n")[:-2]]
    return [any("⠀" < sign <= "⣿" for sign in column) for column in zip(*rows, strict=False)]


def test_numbers_in_a_table_are_whole() -> None:
    """Ids and ports are names, counts are said to the last one; what has a unit is said in it."""
    rows = [(1234567, 5432, 66123, 2.5, 66123, True)]
    given = sample("user_id,port,tokens,mean,size,on text", rows)
    picture = draw(panel("table", units={"size": "bytes"}), [given], 70, 2, now=NOW)
    assert plain(picture).split("\n")[1].split("  ") == ["1234567", "5432", "66,123", " 2.5", "64.6 kB", "true"]


def test_times_of_another_year_say_so() -> None:
    start = datetime(2024, 2, 1, tzinfo=UTC)
    rows = [(start + timedelta(days=place), place) for place in range(20)]
    text = plain(draw(panel("line"), [sample("at timestamptz,n", rows)], 60, 8, now=NOW))
    assert "Feb 2024" in text


@pytest.mark.parametrize("wide", [60, 76, 100, 200])
def test_columns_that_are_left_out_are_counted(wide: int) -> None:
    """In the head, for which the others make room."""
    table = sample(",".join(f"column_{place}" for place in range(40)), [range(40)] * 3)
    head = plain(draw(panel("table"), [table], wide, 9, now=NOW)).splitlines()[0]
    left_out = 40 - head.count("column_")
    assert head.endswith(f"… {left_out} columns more")
