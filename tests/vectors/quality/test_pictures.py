"""Pictures stay within their room, whatever it is, and say what they show; which setting to use is told apart."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from console.drawing.picture import Picture, Role, plain
from console.text import width as cells
from console.vectors.column import VectorColumn, VectorIndex
from console.vectors.metric import Kind, Metric
from console.vectors.quality.histogram import Distances, histogram
from console.vectors.quality.histogram_picture import draw_distances
from console.vectors.quality.recall import Curve, Latency, Measured, advise
from console.vectors.quality.recall_picture import draw_curve
from console.vectors.quality.scatter_picture import draw_scatter
from tests.vectors.quality.test_scatter import points

ROOMS = [(width, height) for width in (1, 2, 5, 9, 24, 30, 44, 76, 150) for height in (1, 2, 3, 4, 5, 6, 7, 8, 11, 20)]


def curve(*recalls: float, method: str = "hnsw", exact: float | None = 0.05, **fields: object) -> Curve:
    """Return a curve with settings 10, 20, 40…, each of which takes a millisecond longer."""
    index = VectorIndex(1, "public", "things_index", method, Metric.COSINE, Kind.VECTOR, 3)
    column = VectorColumn(1, "public", "things", "v", Kind.VECTOR, 3, "public", "0.8.5", indexes=(index,))
    made = [
        Measured(10 * 2**place, recall, Latency((place + 1) / 1000, 0.01), 100) for place, recall in enumerate(recalls)
    ]
    latency = None if exact is None else Latency(exact, exact)
    found = Curve(column, index, Metric.COSINE, 10, 100_000, 100, 100, latency, tuple(made), current=20, finished=True)
    return dataclasses.replace(found, **fields)  # type: ignore[arg-type]


def distances(*values: float) -> Distances:
    found = np.array(sorted(values))
    edges = tuple(place / 20 for place in range(21))
    return Distances(Metric.COSINE, histogram(found, edges), histogram(found[:3] / 2, edges), "Half of all pairs.")


NOTHING = Distances(Metric.L2, histogram(np.zeros(0), ()), histogram(np.zeros(0), ()), "There are no two rows.")


@pytest.mark.parametrize("ascii", [False, True])
@pytest.mark.parametrize("room", ROOMS, ids=str)
def test_no_picture_leaves_its_room(room: tuple[int, int], ascii: bool) -> None:
    drawn: list[Picture] = [
        *(draw_scatter(points(many), *room, cursor=many // 2, ascii=ascii) for many in (1, 30, 2_000)),
        draw_scatter(points(40, colours=()), *room, ascii=ascii),
        draw_curve(curve(), *room, ascii=ascii),
        draw_curve(curve(0.4), *room, ascii=ascii),
        draw_curve(curve(0.4, 0.7, 0.96, 1.0, 1.0, 1.0, 1.0), *room, ascii=ascii),
        draw_curve(curve(1.0, exact=None), *room, ascii=ascii),
        draw_curve(curve(0.0, 0.0), *room, ascii=ascii),
        draw_distances(distances(0.1, 0.5, 0.55, 0.9), *room, ascii=ascii),
        draw_distances(NOTHING, *room, ascii=ascii),
    ]
    width, height = room
    for picture in drawn:
        assert len(picture) <= height
        assert all(sum(cells(span.text) for span in line) <= width for line in picture)
        assert not ascii or plain(picture).isascii()


class TestCurve:
    def test_it_can_be_read(self) -> None:
        said = plain(draw_curve(curve(0.71, 0.93, 0.97, 1.0), 90, 13))
        lines = said.split("\n")
        assert lines[0].startswith("recall@10 over ef_search  100 queries of 100 k rows by cosine")
        assert lines[1].startswith("1.00┤")
        assert [sum(line.count(sign) for line in lines[1:-2]) for sign in "●◉○"] == [3, 1, 1]
        assert lines[-2].split() == ["10", "20", "40", "80", "exact"]
        assert lines[-1].split() == ["ms", "1.0", "2.0", "3.0", "4.0", "50"]
        assert any(line.startswith("0.95┤╌") for line in lines)

    def test_the_setting_to_use_stands_out(self) -> None:
        picture = draw_curve(curve(0.71, 0.93, 0.97, 1.0), 60, 13)
        assert {"".join(span.text for line in picture[-2:] for span in line if span.role is Role.OK)} == {"403.0"}
        assert "".join(span.text for line in picture[-2:-1] for span in line if span.role is Role.STRONG) == "20"

    def test_it_says_how_far_it_has_come(self) -> None:
        said = plain(draw_curve(curve(truth=25, exact=None, finished=False), 60, 5)).split("\n")
        assert said[0] == "Reading all rows to know what is nearest: 25 of 100 queries"
        assert said[1].count("█") == 10


class TestAdvice:
    @pytest.mark.parametrize(
        ("found", "setting", "said"),
        [
            (
                curve(0.71, 0.93, 0.97, 1.0),
                40,
                "Use ef_search 40: it finds 97 % of the 10 nearest in 3.0 ms, 17 times",
            ),
            (curve(0.71, 0.93, 0.97, 1.0), 40, "The server has it at 20, which finds 93 % only."),
            (curve(0.96, 0.99), 10, "The server has it at 20, which finds 99 % in 2.0 ms."),
            (curve(0.5, 0.96, method="ivfflat"), 20, "Use probes 20: "),
            (curve(0.5, 0.96), 20, "The server has it set so."),
            (curve(0.5, 0.96, current=77), 20, "The server has it at 77."),
            (curve(1.0, exact=0.001), 10, "all of the 10 nearest in 1.0 ms, which is no quicker than reading all rows"),
            (curve(0.5, 0.9), None, "No ef_search up to 20 finds 95 %: 20 finds 90 % in 2.0 ms. Build the index with"),
            (curve(0.5, method="ivfflat"), None, "Build the index again, with lists for the rows there are now"),
            (curve(0.5, finished=False), None, "No ef_search up to 10 finds 95 %: 10 finds 50 % in 1.0 ms."),
            (curve(), None, "Nothing was measured yet."),
        ],
    )
    def test_it_is_the_least_that_finds_enough(self, found: Curve, setting: int | None, said: str) -> None:
        advice = advise(found)
        assert advice.setting == setting
        assert said in advice.sentence

    def test_it_can_be_set(self) -> None:
        assert advise(curve(0.5, 0.96)).sql == "SET hnsw.ef_search = 20"
        assert advise(curve(0.5, 0.96, method="ivfflat")).sql == "SET ivfflat.probes = 20"
        assert advise(curve(0.5)).sql == ""

    def test_another_target(self) -> None:
        assert advise(curve(0.5, 0.96, 0.995), 0.99).setting == 40

    def test_the_line_of_it(self) -> None:
        assert curve(0.71, 0.93, 0.97, 1.0).said == (
            "recall@10 0.970 at ef_search 40 (3.0 ms) · 0.930 at 20 (2.0 ms) · exact 50 ms"
        )
        assert curve(truth=3).said == "recall@10: reading all rows for 3 of 100 queries"


class TestDistances:
    def test_they_can_be_read(self) -> None:
        lines = plain(draw_distances(distances(0.1, 0.5, 0.55, 0.9), 80, 12)).split("\n")
        assert lines[0] == "any two rows  half within 0.5, 90 % from 0.1 to 0.9  4 distances, cosine"
        assert lines[5] == "each row and its nearest  half within 0.25, 90 % from 0.05 to 0.275"
        assert lines[-1].split() == ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9"]
        assert len(lines) == 12
        assert max(line.count("█") for line in lines) > 0

    def test_nothing_to_compare(self) -> None:
        assert plain(draw_distances(NOTHING, 70, 12)) == "There are no two rows."
