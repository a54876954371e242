"""What the server says about a position is shown as a line with a caret."""

from __future__ import annotations

import pytest

from console.sql import statements
from console.sql.place import place


@pytest.mark.parametrize(
    ("text", "position", "line", "column", "excerpt"),
    [
        ("SELECT x", 8, 1, 8, "SELECT x\n       ^"),
        ("SELECT 1;\nSELECT x", 18, 2, 8, "SELECT x\n       ^"),
        ("SELECT 'ü😀', x", 14, 1, 14, "SELECT 'ü😀', x\n              ^"),
        ("a\r\nb c\r\n", 6, 2, 3, "b c\n  ^"),
        ("\tx", 2, 1, 2, "    x\n    ^"),
        ("SELECT", 99, 1, 7, "SELECT\n      ^"),
        ("SELECT", 0, 1, 1, "SELECT\n^"),
        ("", 1, 1, 1, "\n^"),
        ("a\x1b[31m x", 8, 1, 8, "a␛[31m x\n       ^"),
    ],
)
def test_place(text: str, position: int, line: int, column: int, excerpt: str) -> None:
    found = place(text, position)
    assert (found.line, found.column, found.excerpt) == (line, column, excerpt)


def test_a_long_line_is_cut_around_the_place() -> None:
    text = "SELECT " + "x, " * 500 + "wrong, " + "y, " * 500
    shown, caret = place(text, text.index("wrong") + 1).excerpt.split("\n")
    assert len(shown) <= 100
    assert shown[len(caret) - 1 :].startswith("wrong")


def test_a_statement_knows_its_place_in_the_file() -> None:
    text = "SELECT 1;\n-- a comment\nSELECT wrong"
    second = statements.split(text)[1]
    found = second.place(text, second.text.index("wrong") + 1)
    assert (found.line, found.column) == (3, 8)
