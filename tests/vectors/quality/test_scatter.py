"""Rows as points: colours, the rare ones together, hits that are not in the sample; a cursor that goes its way."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from console.drawing.picture import Role, plain
from console.vectors.quality.projection import project
from console.vectors.quality.scatter import MOST, Mark, Scatter, including, scatter
from console.vectors.quality.scatter_picture import draw_scatter, nearest, step
from tests.vectors.quality import clusters
from tests.vectors.quality.conftest import Opener

VECTORS = clusters.made()
TABLE = clusters.table(VECTORS)


def points(many: int, *, colours: tuple[str, ...] = ("red", "green", "blue"), seed: int = 1) -> Scatter:
    """Return points of chance."""
    random = np.random.default_rng(seed)
    places = random.normal(size=(many, 2)).tolist()
    marks = tuple(
        Mark(x, y, (str(at),), f"point {at}", at % len(colours) if colours else 0) for at, (x, y) in enumerate(places)
    )
    counts = Counter(mark.category for mark in marks)
    return Scatter(
        marks,
        colours,
        tuple(counts[at] for at in range(len(colours))),
        "colour" if colours else "",
        (0.4, 0.2),
        f"all {many} rows",
        project(random.normal(size=(3, 2)).astype(np.float32)),
    )


class TestReading:
    async def test_rows_are_named_and_coloured(self, opened: Opener) -> None:
        session, columns = await opened(TABLE)
        found = await scatter(session, columns["things.v"], label="title", colour="subject")
        assert len(found.marks) == 2_000
        assert len(found.categories) == MOST
        assert found.categories[-1] == "other"
        assert sum(found.counts) == 2_000
        mark = found.marks[found.at(("41",)) or 0]
        assert (mark.label, mark.key) == ("thing 41", ("41",))
        assert found.categories[mark.category] in ("subject 1", "other")
        assert found.said == "all 2,000 rows"

    async def test_rows_of_a_subject_lie_together(self, opened: Opener) -> None:
        """The plane tells subjects apart: three of them, of which two thirds of the nearest points are one's own."""
        three = clusters.made(300, subjects=3)
        session, columns = await opened(clusters.table(three, subjects=3))
        found = await scatter(session, columns["things.v"], colour="subject")
        places = np.array([(mark.x, mark.y) for mark in found.marks])
        own = np.array([mark.category for mark in found.marks])
        away = ((places[:, None] - places) ** 2).sum(-1)
        np.fill_diagonal(away, np.inf)
        assert (own[away.argmin(1)] == own).mean() > 0.9

    async def test_hits_are_placed_among_a_sample(self, opened: Opener) -> None:
        session, columns = await opened(TABLE)
        column = columns["things.v"]
        whole = await scatter(session, column, colour="subject")
        part = await scatter(session, column, label="title", colour="subject", most=100)
        missing = [mark.key for mark in whole.marks if part.at(mark.key) is None][:3]
        more = await including(session, part, column, [*missing, part.marks[5].key, ("99999",)], label="title")
        assert len(more.marks) == 103
        assert sum(more.counts) == 103
        assert more.marks[:100] == part.marks
        for key in missing:
            mark = more.marks[more.at(key) or 0]
            assert (mark.key, mark.label) == (key, f"thing {key[0]}")
            assert (mark.x, mark.y) == pytest.approx(part.plane.place(VECTORS[int(key[0])]), abs=1e-4)
        assert draw_scatter(more, 60, 20)

    async def test_no_rows(self, opened: Opener) -> None:
        session, columns = await opened(TABLE + "DELETE FROM things;")
        found = await scatter(session, columns["things.v"], colour="subject")
        assert plain(draw_scatter(found, 40, 10)) == "No vectors to draw."
        assert nearest(found, 40, 10, 3, 3) is None
        assert await including(session, found, columns["things.v"], [("1",)]) is found


class TestPicture:
    def test_what_is_in_it(self) -> None:
        few = points(12)
        said = plain(draw_scatter(few, 50, 16, cursor=4, hits={("7",): 1, ("9",): 12}, query=(0.0, 0.0)))
        head, *middle, name, below = said.split("\n")
        assert head == "• red 4  + green 4  × blue 4"
        assert name == "◉ point 4  4  green"
        assert below == "all 12 rows, 40 % of their spread across, 20 % up"
        canvas = "".join(middle)
        assert [canvas.count(sign) for sign in "◉1#✕"] == [1, 1, 1, 1]

    def test_what_it_is_of_is_said_as_long_as_there_is_room(self) -> None:
        few = points(12)
        last = [plain(draw_scatter(few, width, 12, still=True)).split("\n")[-1] for width in (60, 40, 20)]
        assert last == [
            "all 12 rows, 40 % of their spread across, 20 % up",
            "all 12 rows, 40 % + 20 % of the spread",
            "all 12 rows",
        ]

    def test_what_stands_still_has_no_word_of_a_cursor(self) -> None:
        assert "arrows" in plain(draw_scatter(points(12), 60, 12))
        assert "arrows" not in plain(draw_scatter(points(12), 60, 12, still=True))

    def test_many_points_are_dots_of_braille(self) -> None:
        said = plain(draw_scatter(points(3_000), 50, 16))
        assert "█ red 1,000" in said
        assert any("\u2800" < sign <= "\u28ff" for sign in said)

    def test_ascii_is_ascii(self) -> None:
        for many in (12, 3_000):
            assert plain(draw_scatter(points(many), 50, 16, cursor=1, query=(0, 0), ascii=True)).isascii()

    def test_the_rest_is_muted(self) -> None:
        rest = points(20, colours=("red", "none", "other"))
        roles = {span.text.split(" ")[1]: span.role for span in draw_scatter(rest, 60, 12)[0] if span.text.strip()}
        assert roles == {"red": Role.SERIES_1, "none": Role.MUTED, "other": Role.MUTED}

    def test_names_from_the_database_are_harmless(self) -> None:
        found = points(3)
        hostile = Mark(0, 0, ("\x1b[31m",), "", 0)
        said = plain(
            draw_scatter(Scatter((hostile,), (), (), "", (0, 0), "the only row", found.plane), 40, 8, cursor=0)
        )
        assert "\x1b" not in said
        assert "◉ ␛[31m" in said


class TestCursor:
    @pytest.mark.parametrize("many", [5, 200, 3_000])
    def test_a_cell_leads_to_the_point_that_is_drawn_there(self, many: int) -> None:
        found = points(many)
        for cursor in range(0, many, max(1, many // 7)):
            lines = plain(draw_scatter(found, 60, 18, cursor=cursor)).split("\n")[:-2]
            [(row, column)] = [(row, text.index("◉")) for row, text in enumerate(lines) if "◉" in text]
            at = nearest(found, 60, 18, column, row)
            assert at is not None
            assert plain(draw_scatter(found, 60, 18, cursor=at)).split("\n")[row][column] == "◉"

    def test_it_goes_the_way_it_is_sent(self) -> None:
        found = points(60)

        def cell(at: int) -> tuple[int, int]:
            lines = plain(draw_scatter(found, 60, 18, cursor=at)).split("\n")[:-2]
            return next((row, text.index("◉")) for row, text in enumerate(lines) if "◉" in text)

        for start in range(0, 60, 5):
            row, column = cell(start)
            for right, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                after = step(found, 60, 18, start, right, down)
                ahead = (cell(after)[1] - column) * right + (cell(after)[0] - row) * down
                assert ahead > 0 or after == start

    def test_every_edge_is_reached_and_holds(self) -> None:
        found = points(60)
        for right, down in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            at, seen = 0, set()
            while at not in seen:
                seen.add(at)
                at = step(found, 60, 18, at, right, down)
            assert len(seen) > 1
