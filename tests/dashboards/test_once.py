"""A dashboard read once: how panels stand, what a document has of it, and lines of a single point."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from console.dashboards import severity
from console.dashboards.definition import Dashboard, Kind, Need, Panel, Thresholds
from console.dashboards.drawing.moment import draw_once
from console.dashboards.readout import Outcome, Readout
from console.dashboards.readout import plain as value_of
from console.dashboards.sample import Failed, Head, Sample, Value
from console.drawing.picture import Role, plain
from console.errors import ConnectionLost, Refused, StatementFailed

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def sample(*names: str, rows: list[tuple[Value, ...]]) -> Sample:
    """Return rows; a column is told by its first value."""
    roles = [
        "number" if isinstance(value, int | float | Decimal) else "time" if isinstance(value, datetime) else "text"
        for value in rows[0]
    ]
    heads = tuple(Head(name, "", role) for name, role in zip(names, roles, strict=True))
    return Sample(heads, tuple(rows), NOON.timestamp(), 0.0, 0.0125)


def panel(name: str, kind: Kind = Kind.NUMBER, unit: str = "", **more: object) -> Panel:
    return Panel(name, name.title(), kind, "SELECT 1", unit, Thresholds(warn=5, crit=9), **more)  # type: ignore[arg-type]


def readout(**outcomes: Outcome) -> Readout:
    panels = {name: panel(name) for name in outcomes}
    return Readout(Dashboard("one", "One", "", panels, (), (), path=Path("one.toml")), {"user": ""}, outcomes)


FAILED = Failed(StatementFailed("It failed."), 0.0, None)


@pytest.mark.parametrize(
    ("outcomes", "codes", "summary"),
    [
        ({"a": sample("v", rows=[(1,)])}, set(), "1 panel"),
        ({"a": sample("v", rows=[(5,)]), "b": sample("v", rows=[(1,)])}, {1}, "2 panels; warning: A"),
        ({"a": sample("v", rows=[(9,)]), "b": sample("v", rows=[(9,)])}, {1}, "2 panels; critical: A, B"),
        ({"a": FAILED, "b": sample("v", rows=[(9,)])}, {1, 4}, "2 panels; critical: B; failed: A"),
        ({"a": Failed(ConnectionLost("Gone."), 0, None), "b": Failed(Refused("No."), 0, 2)}, {3, 5}, None),
        ({"a": (Need("extension", "postgis"),)}, set(), "1 panel; left out: A"),
        ({"a": sample("v", "w", rows=[(1, "x"), (2, "y")])}, set(), "1 panel"),
        ({"a": sample("v", rows=[(1,), (2,)])}, {2}, "1 panel; failed: A"),
    ],
)
def test_what_it_comes_to(outcomes: dict[str, Outcome], codes: set[int], summary: str | None) -> None:
    found = readout(**outcomes)
    assert found.codes == codes
    assert summary is None or found.summary == summary


def test_a_document_says_why_a_panel_shows_nothing() -> None:
    found = readout(a=FAILED, b=(Need("extension", "postgis"), Need("server", "17")), c=sample("v", rows=[(1,), (2,)]))
    failed, out, unsuited = found.as_dict()["panels"]  # type: ignore[misc, has-type]
    assert (failed["status"], failed["error"]["title"], failed["rows"]) == ("failed", "It failed.", [])
    assert (out["status"], out["reason"]) == (
        "left_out",
        "the extension postgis is not installed; it needs PostgreSQL 17",
    )
    assert "A number needs one row" in unsuited["error"]["title"]
    assert unsuited["rows"] == [{"v": 1}, {"v": 2}], "what came is there all the same"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("12.50"), 12.5),
        (Decimal("1E+3"), 1000),
        (Decimal("1E+400"), "1E+400"),
        (Decimal("-0.000001"), -0.000001),
        (Decimal("Infinity"), "Infinity"),
        (float("-inf"), "-Infinity"),
        (10**20, 10**20),
        (True, True),
        (None, None),
        (NOON, "2026-03-01T12:00:00+00:00"),
        ("x", "x"),
    ],
)
def test_values(value: Value, written: object) -> None:
    assert value_of(value) == written
    assert type(value_of(value)) is type(written)


class TestSeverity:
    @pytest.mark.parametrize(
        ("kind", "found", "role"),
        [
            (Kind.NUMBER, sample("a", "b", rows=[(1, 9)]), Role.CRIT),
            (Kind.LINE, sample("at", "v", rows=[(NOON.replace(hour=1), 9), (NOON, 1)]), Role.OK),
            (Kind.LINE, sample("at", "v", rows=[(NOON.replace(hour=1), 1), (NOON, 6)]), Role.WARN),
            (Kind.BAR, sample("a", "v", rows=[("x", 1), ("y", 6)]), Role.WARN),
            (Kind.GAUGE, sample("value", "limit", rows=[(4, 100)]), Role.OK),
            (Kind.GAUGE, sample("value", "limit", "mark", rows=[(4, 100, 3)]), Role.WARN),
            (Kind.HEAT, sample("x", "v", rows=[("a", 9), ("b", 1)]), Role.CRIT),
            (Kind.HEAT, sample("x", "v", rows=[(NOON.replace(hour=1), 9), (NOON, 1)]), Role.OK),
            (Kind.SCATTER, sample("x", "y", rows=[(9, 9)]), Role.PLAIN),
            (Kind.LINE, sample("a", rows=[("no number",)]), Role.PLAIN),
        ],
    )
    def test_what_counts(self, kind: Kind, found: Sample, role: Role) -> None:
        assert severity.of(panel("p", kind), (found,)) is role

    def test_nothing_read_yet(self) -> None:
        assert severity.of(panel("p"), ()) is Role.PLAIN


class TestLinesOfOneMoment:
    def drawn(self, found: Sample, kind: Kind = Kind.LINE) -> str:
        return plain(draw_once(panel("p", kind, "/s"), found, 40, 9, now=NOON))

    def test_one_number(self) -> None:
        assert self.drawn(sample("v", rows=[(3,)])) == "3/s"

    def test_every_name(self) -> None:
        lines = self.drawn(sample("reads", "writes", rows=[(3, 7)])).splitlines()
        assert [line.split() for line in lines] == [["reads", "3/s"], ["writes", "!", "7/s"]]

    def test_a_line_stays_a_line(self) -> None:
        assert "┤" in self.drawn(sample("at", "v", rows=[(NOON.replace(hour=1), 1), (NOON, 6)]))

    def test_what_does_not_suit_is_said(self) -> None:
        assert "A line needs a number" in self.drawn(sample("v", rows=[("x",)]))
