"""What is seen beside the hits: the picture, the index's recall, distances, rows that are alike."""

from __future__ import annotations

from collections.abc import Callable

from console.config.profile import Target
from console.ui.screens.vectors.desk import Desk
from tests.ui.driving import Driver
from tests.ui.vectors.garden import asked, driven, opened

CROWD = """
CREATE EXTENSION vector;
CREATE TABLE crowd (id int PRIMARY KEY, name text, kind text, place vector(8));
INSERT INTO crowd SELECT n, 'number ' || n, CASE n % 3 WHEN 0 THEN 'round' ELSE 'flat' END,
    array_agg(sin(n * 7 + m * n) + n % 3)::vector
FROM generate_series(1, 1500) n, generate_series(1, 8) m GROUP BY n;
INSERT INTO crowd SELECT 2000 + n, 'twin', 'round', place FROM crowd, generate_series(1, 2) n WHERE id = 7;
INSERT INTO crowd VALUES (3000, 'hermit', 'flat', '[90,-90,90,-90,90,-90,90,-90]');
CREATE INDEX crowd_place ON crowd USING hnsw (place vector_l2_ops);
ANALYZE;
"""


async def crowded(console: Driver) -> Desk:
    """Open the column, with the keys on its rows."""
    await console.sees("crowd.place")
    await console.press("enter")
    await console.sees("rows, any of them")
    await console.press("escape")
    return console.app.screen.query_one(Desk)


class TestPicture:
    async def test_a_cursor_names_the_point_and_finds_more_like_it(self, notes: Target) -> None:
        """Coloured by kind of its own accord; the hits bear their ranks."""
        async with driven(notes) as console:
            await opened(console)
            await asked(console, "roses", "10 hits")
            await console.press("p")
            await console.sees("flower 4", "food 4", "all 12 rows")
            await console.sees("1. ")  # the cursor stands on the first hit
            await console.press("right", "left", "m")
            await console.sees("hits like ", "b row ▾")

    async def test_coloured_by_another_column(self, make_database: Callable[..., Target]) -> None:
        """Which a person chooses."""
        async with driven(make_database(CROWD)) as console:
            desk = await crowded(console)
            await console.press("p")
            await console.sees("flat ", "round ")
            await console.press("c")
            await console.sees("Colour by", "nothing")
            await console.press("home", "enter")
            await console.sees_no_more("Colour by")
            await console.sees_no_more("round ")
            assert desk.detail.scatter.colour is None


class TestMeasured:
    async def test_the_recall_of_the_index(self, make_database: Callable[..., Target]) -> None:
        """Only when it is asked for; then a curve, and which setting to use."""
        async with driven(make_database(CROWD)) as console:
            await crowded(console)
            await console.press("right_square_bracket", "right_square_bracket")
            await console.sees("enter measures")
            await console.press("enter")
            await console.sees("recall@10", "exact")
            await console.sees("ef_search")

    async def test_distances_and_rows_that_are_alike(self, make_database: Callable[..., Target]) -> None:
        """Three rows with the same vector, and one far from all others; enter searches for more like it."""
        async with driven(make_database(CROWD)) as console:
            desk = await crowded(console)
            desk.detail.tab = "distances"
            await console.sees("any two rows", "each row and its nearest")
            await console.press("right_square_bracket")
            await console.sees("the same vector", "3 rows", "▸ ≈ nearly the same", "! hermit")
            console.app.screen.set_focus(desk.detail.alike)
            await console.press("end")
            await console.press("enter")
            await console.sees("hits like ")


async def test_the_right_side_takes_the_whole_width(notes: Target) -> None:
    """And gives it back."""
    async with driven(notes) as console:
        await opened(console)
        await asked(console, "roses", "10 hits")
        await console.press("z")
        await console.sees_no_more("10 hits")
        await console.press("escape")
        await console.sees("10 hits", "rank 1")
