"""Values laid open, SQL to read, and copies of both."""

from __future__ import annotations

import pytest
from textual.widgets import Static

from console.rows.source import Column
from console.ui.copying import copied, is_long
from console.ui.widgets.cell_viewer import CellViewer
from console.ui.widgets.opened import items, opened
from console.ui.widgets.parts import plain
from console.ui.widgets.sql_view import SqlView
from console.ui.widgets.text_view import TextView
from tests.ui.widgets.stage import lines, on_stage, settled


@pytest.mark.parametrize(
    ("value", "type_name", "facts", "first"),
    [
        (None, "text", "text · NULL", "NULL"),
        ("", "text", "text · empty string", "''"),
        ("a\nb", "text", "text · 3 B · 2 lines", "a"),
        ('{"a":1}', "jsonb", "jsonb · 7 B", "{"),
        ("\\x41", "bytea", "bytea · 1 B", "00000000  41                                                A"),
        ("[3,4]", "public.vector(2)", "vector(2) · 2 dimensions · norm 5", "1  3"),
        ("{1:3,9:4}/10", "sparsevec(10)", "sparsevec(10) · 10 dimensions · norm 5", "1  1:3"),
        ("{a,NULL}", "text[]", "text[] · 2 items", "1  a"),
        ("{}", "text[]", "text[] · 0 items", ""),
        ("[0:1]={a,b}", "text[]", "text[] · 11 B · 1 line", "[0:1]={a,b}"),
    ],
)
def test_a_value_is_laid_open(value: str | None, type_name: str, facts: str, first: str) -> None:
    found = opened(value, Column("x", type_name))
    assert found.facts == facts
    assert plain(found.paper.line(0)).rstrip() == first


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{}", []),
        ('{a,"b,c",""}', ["a", "b,c", ""]),
        ('{NULL,"NULL"}', [None, "NULL"]),
        ('{"a\\"b\\\\","{x}"}', ['a"b\\', "{x}"]),
        ('{{1,2},{"a,b",NULL}}', ["{1,2}", '{"a,b",NULL}']),
    ],
)
def test_arrays_are_taken_apart(value: str, expected: list[str | None]) -> None:
    assert list(items(value)) == expected


def test_items_that_look_alike_are_told_apart() -> None:
    paper = opened('{NULL,"NULL",""}', Column("x", "text[]")).paper
    assert [plain(paper.line(index)) for index in range(3)] == ["1  NULL", "2  'NULL'", "3  ''"]


class TestCellViewer:
    async def test_it_shows_copies_and_closes(self) -> None:
        """Escape goes back; the copy is the value as the server gave it."""
        async with on_stage(TextView()) as (stage, pilot):
            viewer = CellViewer('{"a":1}', Column("[b]doc", "jsonb"))
            stage.push_screen(viewer)
            await pilot.pause()
            assert lines(viewer.body)[:3] == ["{", '  "a": 1', "}"]
            assert str(viewer.query_one(Static).render()) == "[b]doc"
            await pilot.press("y")
            assert stage.clipboard == '{"a":1}'
            await pilot.press("escape")
            assert not isinstance(stage.screen, CellViewer)

    async def test_ten_megabytes(self) -> None:
        """The screen stays alive while they are laid open; the end is reached with one key."""
        async with on_stage(TextView()) as (stage, pilot):
            viewer = CellViewer("x" * 10_000_000 + " end", Column("x", "text"))
            stage.push_screen(viewer)
            await settled(pilot, lambda: len(viewer.body.paper) > 1)
            await pilot.press("end")
            assert lines(viewer.body)[-1].endswith("end")


class TestSqlView:
    async def test_it_shows_numbered_lines_and_asks_to_copy(self) -> None:
        """Read-only: keys scroll."""
        view = SqlView("SELECT 1;\n" * 50, numbers=True)
        async with on_stage(view, (40, 10)) as (stage, pilot):
            assert lines(view)[0] == "  1  SELECT 1;"
            await pilot.press("end", "y")
            await pilot.pause()
            assert lines(view)[-2] == " 50  SELECT 1;"
            assert [message.view for message in stage.heard(TextView.CopyRequested)] == [view]
            view.sql = "SELECT\t2"
            await pilot.pause()
            assert (lines(view)[0], view.sql) == (" 1  SELECT  2", "SELECT\t2")

    async def test_long_lines_scroll_sideways(self) -> None:
        """The numbers stay."""
        view = SqlView("x" * 60 + "end", numbers=True)
        async with on_stage(view, (40, 10)) as (_, pilot):
            await pilot.press(*["right"] * 5)
            assert lines(view)[0].endswith("end")
            assert lines(view)[0].startswith(" 1  x")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nothing to copy."),
        ("é", "Copied the cell, 2 B."),
        ("x" * 80_000, "Copied the cell, 78.1 kB. Some terminals take less than that: look before you paste."),
    ],
)
def test_a_copy_says_how_much(text: str, said: str) -> None:
    assert copied(text, "the cell") == said
    assert is_long(text) == (len(text) > 74_994)
