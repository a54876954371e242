"""The list of columns of vectors, what there is to know of one, and databases in which there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from console.config.profile import Profile, Target
from tests.ui import driving
from tests.ui.vectors.garden import driven, garden, listed

MANY = """
CREATE EXTENSION vector;
CREATE TABLE a (id int PRIMARY KEY, plain vector(3), half halfvec(3));
CREATE INDEX ON a USING ivfflat (half halfvec_l2_ops) WITH (lists = 2);
CREATE SCHEMA "o[b]"; CREATE TABLE "o[b]"."t]" (e sparsevec(5));
"""
HOSTILE = """
CREATE EXTENSION vector;
CREATE TABLE t (id text PRIMARY KEY, body text, e vector(2));
INSERT INTO t VALUES (E'a\\x1b[31m, "b" [red]', E'\\x1b]0;gone\\x07[bold]text', '[1,2]'), ('b', 'plain', '[2,1]');
"""


class TestList:
    async def test_columns_with_type_index_and_rows(self, notes: Target) -> None:
        """Right of it what is counted, and what turns words into vectors here; what a function takes, and gives."""
        async with driven(notes, size=(140, 36)) as console:
            await listed(console)
            await console.sees("Vectors · 1 column", "✓ note.embedding", "vector(256)", "hnsw cosine", "ƒ match_notes")
            await console.sees("12 of 14 rows have a vector", "2 without one: e embeds")
            await console.sees("hnsw cosine, m 16, ef_construction 64")
            await console.sees("✓ hashing: profile", "names it")
            await console.press("y")
            await console.sees("Copied the name")
            assert console.app.clipboard == "public.note.embedding"
            await console.press("end")
            await console.sees("match_count  integer = 5", "similarity  double precision", "enter searches through it")

    async def test_of_every_type_and_with_hostile_names(self, make_database: Callable[..., Target]) -> None:
        """What has no index says so; markup is no markup."""
        async with driving.driven(make_database(MANY), size=(140, 36)) as console:
            await console.sees("PG 18")
            await console.press("7")
            await console.sees("3 columns, 2 without an index", "– o[b].t].e", "sparsevec(5)", "ivfflat L2")
            await console.press("up", "up")
            await console.sees("╭─ o[b].t].e ", "every search reads all rows", "no key: rows are named by", "(ctid)")

    async def test_hostile_keys_and_texts_stay_texts(self, make_database: Callable[..., Target]) -> None:
        """Nothing of them reaches the terminal raw, and a search by such a key finds what it means."""
        async with driven(make_database(HOSTILE)) as console:
            await console.sees("t.e")
            await console.press("enter")
            await console.sees("2 rows, any of them")
            await console.press("escape", "m")
            await console.sees("1 hit like ", "b row ▾")
            assert "\x1b" not in console.text
            await console.press("slash", "enter")
            await console.sees("1 hit like ")

    async def test_another_database(self, notes: Target, make_database: Callable[..., Target]) -> None:
        """The list and the search that was open are of another one."""
        other = replace(make_database(MANY), name="other")
        async with driven(notes, other) as console:
            await listed(console)
            await console.press("enter")
            await console.sees("rows, any of them")
            await console.press("escape", "o")
            await console.sees("Go to", "other")
            await console.type("other")
            await console.press("enter")
            await console.sees("3 columns, 2 without an index")

    async def test_what_to_write_where_there_is_no_embedder(self, make_database: Callable[..., Target]) -> None:
        """The lines for the profile, with a likely model."""
        target = make_database(garden())
        async with driven(replace(target, profile=Profile("shop")), size=(140, 40)) as console:
            await listed(console)
            await console.sees('[profiles.shop.embedders."public.note.embedding"]', 'provider = "wordllama"')

    async def test_a_column_that_cannot_be_read_says_nothing_of_the_one_before(
        self, make_database: Callable[..., Target]
    ) -> None:
        """A materialized view that was never filled."""
        never = "CREATE MATERIALIZED VIEW z AS SELECT 1 AS id, '[1,2]'::vector(2) AS e WITH NO DATA;"
        filled = "CREATE TABLE a (id int PRIMARY KEY, e vector(2)); INSERT INTO a VALUES (1, '[1,2]');"
        async with driven(make_database(f"CREATE EXTENSION vector; {filled} {never}")) as console:
            await console.sees("a.e", "z.e")
            await console.press("enter")
            await console.sees("1 row, any of them")
            await console.press("escape", "escape")
            await console.sees("a.e", "z.e")
            await console.press("end", "enter")
            await console.sees('materialized view "z" has not been', "REFRESH MATERIALIZED VIEW")
            assert "any of them" not in console.text

    async def test_the_schema_leads_to_it(self, notes: Target) -> None:
        """`s` on a table that has vectors; on another it says why not."""
        async with driving.driven(notes) as console:
            await console.sees("PG 18", "note")
            await console.press("slash", *"note", "enter")
            await console.sees("note · table", "embedding")
            await console.press("s")
            await console.sees("public.note.embedding · vector(256)", "rows, any of them")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("CREATE TABLE t (id int)", ("The extension vector is not created in this", "→ CREATE EXTENSION vector")),
        ("CREATE EXTENSION vector; CREATE TABLE t (id int)", ("No table here has a column", "→ ALTER TABLE")),
    ],
)
async def test_where_there_is_nothing(make_database: Callable[..., Target], sql: str, said: tuple[str, ...]) -> None:
    """It says why, and what to do."""
    async with driven(make_database(sql), size=(80, 24)) as console:
        await console.sees("There is nothing to search; i says why.")
        await console.press("i")
        await console.sees(*said)
