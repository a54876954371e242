"""Searching on the screen: by words, rows, vectors, full text, both, a function; among rows; and what goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from textual.widgets import Input

from console.config.embedder import EmbedderEntry
from console.config.profile import Profile, Target
from console.ui.screens.vectors.desk import Desk
from console.ui.widgets.outline_tree import OutlineTree
from tests.ui.driving import Driver
from tests.ui.vectors.garden import DIMENSIONS, asked, driven, opened
from tests.vectors.endpoint import Endpoint, Reply, running

CROWD = """
CREATE EXTENSION vector;
CREATE TABLE crowd (id int PRIMARY KEY, place vector(8));
INSERT INTO crowd SELECT n, array_agg(sin(n * 7 + m * n))::vector
FROM generate_series(1, 4000) n, generate_series(1, 8) m GROUP BY n;
CREATE INDEX crowd_place ON crowd USING hnsw (place vector_l2_ops);
ANALYZE;
"""


def ranks(console: Driver) -> list[str]:
    """Return the titles of the hits, in their order."""
    found = console.app.screen.query_one(Desk).answer
    assert found is not None
    return [hit.row[found.columns.index("title")] or "" for hit in found.hits]


async def by(console: Driver, mode: str) -> None:
    """Choose what to search by."""
    if isinstance(console.app.focused, Input):
        await console.press("escape")
    await console.press("b")
    await console.sees("Search by")
    options = console.app.screen.query_one("OptionList")
    options.highlighted = options.get_option_index(mode)  # type: ignore[attr-defined]
    await console.press("enter")


class TestBy:
    async def test_words_are_searched_as_they_are_typed(self, notes: Target) -> None:
        """Without enter; the nearest first, its text on the right, the words marked."""
        async with driven(notes) as console:
            await opened(console)
            await console.press(*"roses")
            await console.sees("10 hits", "distance", "by hashing")
            assert {"Roses", "Old roses"} == set(ranks(console)[:2])
            await console.sees("rank 1 · cosine distance", "because the planner finds reading 14 rows")

    async def test_more_like_a_row(self, notes: Target) -> None:
        """The row itself is left out, and named above; no line is wider than the screen."""
        async with driven(notes) as console:
            await opened(console)
            await asked(console, "tomatoes", "10 hits")
            assert console.lines[-1].startswith(" space tag  a mix")
            assert max(map(len, console.lines)) <= 120
            assert ranks(console)[0] in ("Tomatoes", "Tomato blight")
            first = ranks(console)[0]
            await console.press("m")
            await console.sees(f"hits like {first}", "b row ▾")
            assert first not in ranks(console)

    async def test_tagged_rows_are_mixed(self, notes: Target) -> None:
        """Two pluses are an average, a plus and a minus a difference."""
        async with driven(notes) as console:
            await opened(console)
            await console.press("escape", "space", "down", "space", "a")
            await console.sees("hits near Roses + Old roses", "b rows ▾  1, 2")
            await console.press("slash")
            await asked(console, "1 - 4", "hits near Roses − Tulips")

    async def test_a_vector_is_pasted(self, notes: Target) -> None:
        """In any form; a wrong one is said in a sentence, and the line has the keys again."""
        async with driven(notes) as console:
            await opened(console)
            await by(console, "PASTED")
            await asked(console, " ".join(["0.1"] * DIMENSIONS), "10 hits")
            await console.press("slash")
            await asked(console, "0.5", "✗ This vector has 1 number", str(DIMENSIONS))
            assert console.app.focused is console.app.screen.query_one("QuestionInput")

    async def test_full_text_and_both(self, notes: Target) -> None:
        """Full text has a score; both are fused."""
        async with driven(notes) as console:
            await opened(console)
            await by(console, "FULL_TEXT")
            await asked(console, "frost", "2 hits", "score")
            assert set(ranks(console)) == {"Beans", "Frost"}
            await by(console, "HYBRID")
            await console.sees("score", "by hashing")

    async def test_through_a_function(self, notes: Target) -> None:
        """What it has to be given is asked for."""
        async with driven(notes) as console:
            await console.sees("match_notes")
            await console.press("end", "enter")
            await console.sees("wanted_kind", "It has to have a value")
            await console.type("food")
            await console.press("enter")
            await console.sees("w wanted_kind food")
            await asked(console, "tomato", "4 hits", "similarity")
            assert set(ranks(console)[:2]) == {"Tomatoes", "Tomato blight"}


KINDS = """
CREATE EXTENSION vector;
CREATE TABLE t (id int PRIMARY KEY, name text, v vector(3), h halfvec(3), s sparsevec(3), b bit(3), any_ vector);
INSERT INTO t SELECT n, 'row ' || n, format('[%s,1,2]', n)::vector, format('[%s,1,2]', n)::halfvec,
    format('{1:%s,2:1}/3', n)::sparsevec, n::bit(3), format('[%s,1]', n)::vector FROM generate_series(1, 7) n;
CREATE INDEX ON t USING hnsw (b bit_hamming_ops);
CREATE VIEW seen AS SELECT name, v FROM t;
"""


async def test_every_type_is_searched_by_a_row(make_database: Callable[..., Target]) -> None:
    """By the metric of its index, or the usual one."""
    async with driven(make_database(KINDS)) as console:
        await console.sees("6 columns")
        for name, metric in (("v", "cosine"), ("h", "cosine"), ("s", "cosine"), ("b", "hamming")):
            await console.sees(f" t.{name} ")
            console.app.screen.query_one(OutlineTree).reveal([("column", f"public.t.{name}")])
            await console.press("enter")
            await console.sees(f"public.t.{name} ·", "7 rows, any of them")
            await console.press("escape", "m")
            await console.sees("6 hits like row ", f"d {metric} ▾", f"{metric} distance")
            await console.press("escape")


async def test_a_view_has_no_key_and_no_index(make_database: Callable[..., Target]) -> None:
    """What cannot be done says why."""
    async with driven(make_database(KINDS)) as console:
        await console.sees("6 columns")
        console.app.screen.query_one(OutlineTree).reveal([("column", "public.seen.v")])
        await console.press("enter")
        await console.sees("7 rows, any of them")
        await console.press("escape", "m")
        await console.sees("The rows have no key to tell them apart.")
        await console.press("left_square_bracket", "left_square_bracket")
        await console.sees("── To look at", "view")


class TestHow:
    async def test_among_rows_that_meet_a_condition(self, notes: Target) -> None:
        """A wrong condition is said; the right one stands in the line."""
        async with driven(notes) as console:
            await opened(console)
            await asked(console, "water", "10 hits")
            await console.press("w")
            await console.sees("Where")
            await asked(console, "kind = 'food'", "w where kind = 'food' ▾", "4 hits")
            assert set(ranks(console)) == {"Tomatoes", "Tomato blight", "Potatoes", "Beans"}
            await console.press("w")
            await console.sees("Where")
            await asked(console, " and", "✗ ")

    async def test_how_many_how_far_and_how_measured(self, notes: Target) -> None:
        """Another metric than the index's reads all rows, and says why."""
        async with driven(notes) as console:
            await opened(console)
            await asked(console, "roses", "10 hits")
            await console.press("n")
            await console.sees("How many")
            await console.press("home", "enter")
            await console.sees("5 hits", "n 5 ▾")
            await console.press("d")
            await console.sees("Distance", "its index is by it")
            await console.press("down", "enter")
            await console.sees("d L2 ▾", "all rows read", "sequential scan, because")
            await console.press("f")
            await console.sees("Farthest")
            await asked(console, "1", "f ≤ 1 ▾")
            assert len(ranks(console)) < 5

    async def test_exactly(self, make_database: Callable[..., Target]) -> None:
        """All rows are read, and again by the index."""
        async with driven(make_database(CROWD)) as console:
            await console.sees("crowd.place")
            await console.press("enter")
            await console.sees("rows, any of them")
            await console.press("escape", "m")
            await console.sees("10 hits like ", "✓ index used", "index crowd_place")
            await console.press("x")
            await console.sees("x exact ▾", "all rows read")
            await console.press("x")
            await console.sees("x by index ▾", "✓ index used")

    async def test_how_far_the_index_looks(self, notes: Target) -> None:
        """A number that it does not take is said."""
        async with driven(notes) as console:
            await opened(console)
            await asked(console, "roses", "10 hits")
            await console.press("i")
            await console.sees("ef_search", "1 to 1000")
            await console.type("80")
            await console.press("enter")
            await console.sees("Goes on")
            await console.press("enter")
            await console.sees("i ef_search 80 ▾")


class TestShown:
    async def test_a_search_is_kept_while_one_looks_at_the_list(self, notes: Target) -> None:
        """Its statement as psql takes it, a row as JSON; opened again, it is as it was left."""
        async with driven(notes) as console:
            await opened(console)
            await asked(console, "roses", "10 hits")
            await console.press("y")
            await console.sees("Copied the row")
            assert '"title": "' in console.app.clipboard
            await console.press("left_square_bracket")
            await console.sees("OPERATOR(public.<=>)", "-- sequential scan, because")
            await console.press("escape")
            await console.sees("Vectors · 1 column")
            await console.press("r")
            await console.sees("12 of 14 rows")
            await console.press("enter")
            await console.sees("10 hits", "b words ▾  roses")

    async def test_at_80_columns_the_row_comes_over_the_hits(self, notes: Target) -> None:
        """Enter goes over, escape comes back, then to the list."""
        async with driven(notes, size=(80, 24)) as console:
            await opened(console)
            await asked(console, "roses", "10 hits")
            assert console.lines[-1].startswith(" space tag  a mix")
            assert max(map(len, console.lines)) <= 80
            await console.press("enter")
            await console.sees("rank 1", "row  picture  recall")
            assert "10 hits" not in console.text
            await console.press("escape")
            await console.sees("10 hits")
            await console.press("escape")
            await console.sees("Vectors · 1 column")

    async def test_a_text_in_json(self, make_database: Callable[..., Target]) -> None:
        """It is shown as the row's, found by full text, and can be chosen."""
        target = make_database(
            "CREATE EXTENSION vector; CREATE TABLE articles (id text PRIMARY KEY, vec vector(2), metadata jsonb);"
            """INSERT INTO articles VALUES ('a1', '[1,2]', '{"source": "a.md", "text": "Yeast wants warmth."}');"""
        )
        async with driven(replace(target, profile=Profile("shop"))) as console:
            await console.sees("articles.vec")
            await console.press("enter")
            await console.sees("b full text ▾", "metadata->>'text'", "Yeast wants warmth.")
            await asked(console, "yeast", "1 hit", "score")
            await console.press("t")
            await console.sees("Text", "metadata->>'source'", "metadata->>'text'")

    async def test_without_an_embedder_full_text_is_searched(self, notes: Target) -> None:
        """Words by meaning say what to write into the profile."""
        async with driven(replace(notes, profile=Profile("shop"))) as console:
            await opened(console)
            await console.sees("b full text ▾")
            await by(console, "WORDS")
            await asked(console, "roses", "no embedder", "[profiles.shop.embedders")


class TestEndpoint:
    """Words that become vectors elsewhere: a real endpoint, on a port of this machine."""

    async def test_words_are_sent_when_a_person_says_enter(self, notes: Target, endpoint: Endpoint) -> None:
        """And not before; where the endpoint hangs, ctrl+c ends the wait, and not the console."""
        async with driven(elsewhere(notes, endpoint.url)) as console:
            await opened(console)
            await console.press(*"roses")
            await console.pilot.pause(0.5)
            assert endpoint.requests == []
            await console.press("enter")
            await console.sees("10 hits", "by some-model")
            assert endpoint.texts == ["roses"]
            endpoint.always = lambda _: Reply(hangs=True)
            await console.press("slash")
            await asked(console, " tulips", "searching … ctrl+c cancels")
            await console.press("ctrl+c")
            await console.sees("Cancelled; enter searches again.", "nothing runs on the server")
            assert console.app.is_running

    async def test_one_that_is_not_there(self, notes: Target) -> None:
        """One sentence, and the line has the keys again."""
        async with driven(elsewhere(notes, "http://127.0.0.1:9/v1")) as console:
            await opened(console)
            await asked(console, "roses", "✗ ", "127.0.0.1:9")
            assert isinstance(console.app.focused, Input)


def elsewhere(target: Target, url: str) -> Target:
    """Return a target whose profile names an endpoint for every column."""
    return replace(target, profile=Profile("shop", embedders={"*": EmbedderEntry("openai", "some-model", url)}))


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """Return an endpoint that works."""
    with running(DIMENSIONS) as found:
        yield found
