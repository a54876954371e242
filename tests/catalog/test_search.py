"""Finding objects by fuzzy names: the best fit first, over everything, quickly."""

from __future__ import annotations

import time

import pytest

from console.catalog import search
from console.catalog.entries import Outline
from console.catalog.lines import NOBODY, Lines
from console.catalog.model import Kind
from console.catalog.search import Fit


def made(*paths: str) -> Outline:
    """Make an outline of "schema.table" and "schema.table.column", in that order, without a server."""
    outline = Outline(Lines())
    lines = outline.lines
    split = [path.split(".") for path in paths]
    schemas = {name: lines.add(Kind.SCHEMA, 1, NOBODY, name) for name in dict.fromkeys(path[0] for path in split)}
    outline.schema_count = len(schemas)
    tables: dict[tuple[str, str], list[str]] = {(path[0], path[1]): [] for path in split}
    for path in split:
        tables[path[0], path[1]].extend(path[2:])
    relations = [lines.add(Kind.TABLE, 2, schemas[schema], table) for schema, table in tables]
    outline.relation_end = len(lines)
    firsts = []
    for relation, columns in zip(relations, tables.values(), strict=True):
        firsts.append(len(lines))
        for column in columns:
            lines.add(Kind.COLUMN, 0, relation, column)
    outline.first_parts, outline.rest, outline.complete = [*firsts, len(lines)], len(lines), True
    return outline


def names(outline: Outline, words: str, limit: int = 50) -> list[str]:
    """Return what is found, as dotted names."""
    entries = [hit.entry for hit in search.find(outline, words, limit)]
    return [".".join(part for part in (each.schema, each.parent, each.name) if part) for each in entries]


SMALL = made(
    "public.knowledge_base.embedding",
    "public.knowledge_base.base",
    "public.base.id",
    "public.base_line.id",
    "public.data_base.id",
    "public.database.id",
    "public.bananas_seen.id",
    "audit.base.Größe",
    "audit.Base Camp.x",
    "pg_catalog.base.y",
)


def test_exact_before_prefix_before_word_before_inside_before_scattered() -> None:
    fits = [hit.fit for hit in search.find(SMALL, "base")]
    assert fits == sorted(fits)
    order = names(SMALL, "base")
    assert order[:2] == ["audit.base", "public.base"]
    ranks = [order.index(name) for name in ("public.base_line", "public.data_base", "public.database")]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("words", "first", "fit"),
    [
        ("pub.kno.emb", "public.knowledge_base.embedding", Fit.PREFIX),
        ("kno.emb", "public.knowledge_base.embedding", Fit.PREFIX),
        ("kno emb", "public.knowledge_base.embedding", Fit.PREFIX),
        ("public.base", "public.base", Fit.EXACT),
        ("audit.base", "audit.base", Fit.EXACT),
        ("PUBLIC.BASE.ID", "public.base.id", Fit.EXACT),
        ("kbase", "public.knowledge_base", Fit.SCATTERED),
        ("seen", "public.bananas_seen", Fit.WORD),
        ("base camp", "audit.Base Camp", Fit.EXACT),
        ("größe", "audit.base.Größe", Fit.EXACT),
        ("gß", "audit.base.Größe", Fit.SCATTERED),
    ],
)
def test_the_first_hit(words: str, first: str, fit: Fit) -> None:
    hits = search.find(SMALL, words)
    assert names(SMALL, words)[0] == first
    assert hits[0].fit is fit


@pytest.mark.parametrize("words", ["", "   ", ".", "zzz", "a.b.c.d", "\\", "[", "(?:", "\x00"])
def test_nothing_is_found_and_nothing_breaks(words: str) -> None:
    assert search.find(SMALL, words) == ()


def test_folded_schemas_come_last() -> None:
    order = names(SMALL, "base")
    assert order.index("pg_catalog.base") > order.index("public.base")


def test_the_limit_holds() -> None:
    assert len(search.find(SMALL, "a", limit=3)) == 3


@pytest.mark.parametrize(
    ("words", "marks"), [("know", (0, 1, 2, 3)), ("kb", (0, 10)), ("pub.base_l", (0, 1, 2, 3, 4, 5))]
)
def test_marks_show_what_fits(words: str, marks: tuple[int, ...]) -> None:
    assert search.find(SMALL, words)[0].marks == marks


def test_hostile_names_are_found() -> None:
    hostile = made("public.line\nfeed.back\\slash", "public.[bold]x[/].c", "public.🦔.d")
    assert names(hostile, "line\nfeed") == ["public.line\nfeed"]
    assert names(hostile, "[bold]") == ["public.[bold]x[/]"]
    assert names(hostile, "🦔") == ["public.🦔"]
    assert "public.line\nfeed.back\\slash" in names(hostile, "back\\")


@pytest.fixture(scope="module")
def large() -> Outline:
    """Two hundred thousand names."""
    columns = ("id", "user_id", "name", "email", "created_at", "amount", "note", "flags", "status", "embedding")
    tables = [f"s{number % 7}.table_{number}" for number in range(18_000)]
    return made(*(f"{table}.{column}" for table in tables for column in columns))


@pytest.mark.parametrize(
    "words", ["id", "emb", "table_17999", "tbl9", "s3.tab77.crat", "t e", "zzzzq", "s", "table_9.amo", "aaaaaaaab"]
)
def test_two_hundred_thousand_names_in_a_moment(large: Outline, words: str) -> None:
    assert len(large) > 198_000
    taken = []
    for _ in range(3):
        began = time.process_time()
        search.find(large, words)
        taken.append(time.process_time() - began)
    assert min(taken) < 0.5, "it takes 0.02 s on a quiet machine"


@pytest.mark.parametrize("words", ["schema_7.", "schema_7.tab", "schema_7.table_09"])
def test_a_schema_far_down_among_thousands_of_tables_is_found(words: str) -> None:
    many = made(*(f"schema_{schema}.table_{table:03}" for schema in range(10) for table in range(1000)))
    assert all(name.startswith("schema_7") for name in names(many, words)[:10])
    assert len(names(many, words)) > 0


def test_a_large_extension_crowds_nothing_out() -> None:
    """Among a thousand of its functions that fit as well or better, the few of one's own are found, and come first."""
    outline = made("public.b_st_last.id", *(f"public.st_{number:04}.c" for number in range(1000)), "public.st_zz.id")
    outline.members = {line: "postgis" for line in range(1, 1001 + 1) if outline.lines.name(line)[3:].isdigit()}
    assert len(outline.members) == 1000
    for words in ("st_", "public.st_", "st"):
        hits = search.find(outline, words, limit=10)
        assert [hit.entry.name for hit in hits[:2]] == ["st_zz", "b_st_last"]
        assert {hit.entry.extension for hit in hits[2:]} == {"postgis"}


def test_parts_of_an_extensions_table_come_behind_ones_own() -> None:
    outline = made("public.a_table.note", "public.z_table.note_of_mine")
    outline.members = {1: "cron"}
    assert names(outline, "not") == ["public.z_table.note_of_mine", "public.a_table.note"]
