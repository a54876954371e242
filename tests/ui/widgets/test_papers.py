"""Long texts become lines when they are looked at, and lose nothing on the way."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ui.screens.dashboards import lists as dashboards
from console.ui.screens.drift import texts as drift
from console.ui.screens.vectors import lists as vectors
from console.ui.widgets.json_text import json_parts, pretty
from console.ui.widgets.papers import Dump, Text, hanging, readable, section
from console.ui.widgets.parts import Part, plain, width
from console.ui.widgets.sql_view import SqlPaper


def drawn(text: str, room: int) -> list[str]:
    paper = Text(text)
    paper.reflow(room)
    return [plain(paper.line(index)) for index in range(len(paper))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [""]),
        ("one\n\ntwo\n", ["one", "", "two", ""]),
        ("words go over lines", ["words go ", "over lines"]),
        ("abcdefghijklm", ["abcdefghij", "klm"]),
        ("日本語日本語", ["日本語日本", "語"]),
        ("a日本語日本語", ["a日本語日", "本語"]),
        ("\x1b[31mred", ["␛[31mred"]),
        ("a\tb", ["a   b"]),
    ],
)
def test_text_is_wrapped(text: str, expected: list[str]) -> None:
    assert drawn(text, 10) == expected


@given(st.text(st.sampled_from("ab 日\n❤\x1b\u0301👩"), max_size=200), st.integers(4, 30))
def test_wrapping_loses_nothing_and_fits(text: str, room: int) -> None:
    paper = Text(text)
    paper.reflow(room)
    lines = [paper.line(index) for index in range(len(paper))]
    assert "".join(map(plain, lines)) == readable(text).replace("\n", "")
    assert all(width(line) <= room for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  ! no index on it", ["  ! no ", "    index ", "    on it"]),
        ("words go over lines", ["words go ", "over lines"]),
        ("        far in", ["        ", "     far ", "     in"]),
    ],
)
def test_the_rest_of_a_line_is_moved_in(text: str, expected: list[str]) -> None:
    """As far as its first word, and never by more than half of the room."""
    paper = Text(text, hang=hanging)
    paper.reflow(10)
    assert [plain(paper.line(index)) for index in range(len(paper))] == expected


@pytest.mark.parametrize("tones", [dashboards.toned, drift.toned, vectors.toned])
def test_a_long_heading_keeps_its_signs(tones: Callable[[str], Iterable[Part]]) -> None:
    heading, *_ = section("What was left out where both were compared", ["it"]).splitlines()
    paper = Text(heading, tones)
    paper.reflow(20)
    assert "".join(plain(paper.line(index)) for index in range(len(paper))) == heading


@pytest.mark.parametrize("text", ["x" * 5_000_000, "word " * 1_000_000, "日本語" * 1_000_000, "short\n" * 500_000])
def test_megabytes_are_ready_at_once(text: str) -> None:
    started = time.process_time()
    paper = Text(text)
    paper.reflow(100)
    assert width(paper.line(len(paper) // 2)) <= 100
    assert time.process_time() - started < 10


def test_bytes_are_dumped() -> None:
    paper = Dump("\\x" + bytes(range(0x3A, 0x4C)).hex())
    assert [plain(paper.line(index)) for index in range(len(paper))] == [
        "00000000  3a 3b 3c 3d 3e 3f 40 41  42 43 44 45 46 47 48 49  :;<=>?@ABCDEFGHI",
        "00000010  4a 4b                                             JK",
    ]


def test_no_bytes_are_one_empty_line() -> None:
    assert len(Dump("\\x")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", "{}"),
        ("[ ]", "[]"),
        ('"a:b,{"', '"a:b,{"'),
        ("1.00", "1.00"),
        ('{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}'),
        ('[12345678901234567890.10,{"b":"\\"\\\\"}]', '[\n  12345678901234567890.10,\n  {\n    "b": "\\"\\\\"\n  }\n]'),
    ],
)
def test_json_is_laid_out_and_not_changed(text: str, expected: str) -> None:
    assert pretty(text) == expected


def test_deep_nesting_does_not_grow_by_the_square() -> None:
    assert len(pretty("[" * 50_000 + "]" * 50_000)) < 10_000_000


@given(st.text(st.sampled_from('{}[]",:\\ \n1e-tfnul'), max_size=60))
def test_any_text_is_cut_into_tones_without_loss(text: str) -> None:
    assert plain(json_parts(text)) == text
    pretty(text)


def test_sql_is_highlighted_over_lines() -> None:
    paper = SqlPaper("SELECT 'a\nb' -- c")
    assert [part for part in paper.line(0) if part.tone] == [("SELECT", "keyword"), ("'a", "string")]
    assert [part for part in paper.line(1) if part.tone] == [("b'", "string"), ("-- c", "comment")]


@given(st.text(st.sampled_from("SELECT 'a\n\"-*/$\t"), max_size=80))
def test_highlighting_loses_nothing(sql: str) -> None:
    paper = SqlPaper(sql)
    assert "\n".join(plain(paper.line(index)) for index in range(len(paper))) == readable(sql)
