"""Colours for SQL: right for what is right, harmless for what is broken, and quick for both."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sql.highlight import spans


def _coloured(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], kind) for start, end, kind in spans(text) if kind != "plain"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT a.name", [("SELECT", "keyword"), ("a", "name"), ("name", "name")]),
        ("t.select", [("t", "name"), ("select", "name")]),
        ("lower(x)::text", [("lower", "function"), ("x", "name"), ("::", "operator"), ("text", "type")]),
        ("'it''s' E'a\\'b' $q$ ' $q$", [("'it''s'", "string"), ("E'a\\'b'", "string"), ("$q$ ' $q$", "string")]),
        ("X'1F' U&'d' \"a\"\"b\"", [("X'1F'", "string"), ("U&'d'", "string"), ('"a""b"', "name")]),
        ("1 1.5e-3 .5 0x1F 1_000 $1", [(n, "number") for n in ("1", "1.5e-3", ".5", "0x1F", "1_000", "$1")]),
        ("/* a /* b */ c */ -- d", [("/* a /* b */ c */", "comment"), ("-- d", "comment")]),
        ("a<=>b--c", [("a", "name"), ("<=>", "operator"), ("b", "name"), ("--c", "comment")]),
        ("1+/*c*/2", [("1", "number"), ("+", "operator"), ("/*c*/", "comment"), ("2", "number")]),
        ("größe", [("größe", "name")]),
        ("'open", [("'open", "string")]),
        ("$a$ open", [("$a$ open", "string")]),
        ("/* open", [("/* open", "comment")]),
        ("vector(3) bigint", [("vector", "type"), ("3", "number"), ("bigint", "type")]),
    ],
)
def test_colours(text: str, expected: list[tuple[str, str]]) -> None:
    assert _coloured(text) == expected


@given(st.text(st.sampled_from("'\"$aE\\/*-. \n;1_x&U(ü😀\x00"), max_size=60))
def test_covers_any_text_without_a_gap(text: str) -> None:
    found = spans(text)
    assert "".join(text[start:end] for start, end, _ in found) == text
    assert all(start < end for start, end, _ in found)


@pytest.mark.parametrize(
    "text",
    [
        "'" * 100_001,
        "/*" * 50_000,
        "E'\\" * 30_000,
        '"' * 99_999,
        "".join(f"$a{n}$ " for n in range(20_000)),
        "1." * 50_000,
        "U&" * 50_000,
        "-/" * 50_000,
    ],
    ids=lambda text: text[:6],
)
def test_takes_linear_time_whatever_it_gets(text: str) -> None:
    began = time.process_time()
    spans(text)
    assert time.process_time() - began < 2


def test_needs_no_heavy_import() -> None:
    script = (
        "import sys; from console.sql.highlight import spans; spans('SELECT 1');"
        "print([name for name in ('postgast', 'sqlglot', 'pygments', 'psycopg') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
