"""Questions as a person types them, and what is marked in the answers; no server is asked."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from console.errors import UsageError
from console.vectors.arithmetic import combined
from console.vectors.column import VectorColumn
from console.vectors.metric import Kind
from console.vectors.search import asking
from console.vectors.search.fusion import fused
from console.vectors.search.highlight import excerpt, marks, words
from console.vectors.search.question import Key, Like, Mixed


def column(**key: str) -> VectorColumn:
    return VectorColumn(
        1, "public", "things", "v", Kind.VECTOR, 3, "public", "0.8.5", key=tuple(key), columns={**key, "note": "text"}
    )


NUMBER, NAME, UUID = column(id="bigint"), column(name="text"), column(id="uuid")
BOTH = column(place="text", number="integer")
PLACE, PLACES = replace(column(), key=("ctid",)), replace(column(), key=("tableoid", "ctid"))
A, B = "6f1c9cf0-0000-4000-8000-00000000000a", "6f1c9cf0-0000-4000-8000-00000000000b"


def test_of_a_text_without_an_end_the_beginning_is_looked_at() -> None:
    text = "lorem ipsum " * 500_000 + "apple"
    began = time.process_time()
    assert excerpt(text, ["apple"], 20) == "lorem ipsum lorem i…"
    assert marks(f"an apple {text}", ["apple"]) == ((3, 8),)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        ("42", NUMBER, ("42",)),
        ("a,b", NAME, ("a,b",)),
        (" 'a b' ", NAME, ("a b",)),
        ("it's", NAME, ("it's",)),
        ("a,1", BOTH, ("a", "1")),
        ('"a,b", 1', BOTH, ("a,b", "1")),
        ("(0,7)", PLACE, ("(0,7)",)),
        ('"(0,7)"', PLACE, ("(0,7)",)),
        ("16384,(0, 7)", PLACES, ("16384", "(0, 7)")),
        ('16384,"(0,7)"', PLACES, ("16384", "(0,7)")),
    ],
)
def test_a_key(text: str, of: VectorColumn, expected: Key) -> None:
    assert asking.like(text, of) == Like(expected)


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        ("1,2, 3", NUMBER, [("1",), ("2",), ("3",)]),
        ('"a,b",c', NAME, [("a,b",), ("c",)]),
        ("a,1;b,2", BOTH, [("a", "1"), ("b", "2")]),
        ('"a;""b",1; b,2', BOTH, [('a;"b', "1"), ("b", "2")]),
        ("(0,7)", PLACE, [("(0,7)",)]),
        ("(0,7), (12,1)", PLACE, [("(0,7)",), ("(12,1)",)]),
        ("5,(0,7);6,(0,7)", PLACES, [("5", "(0,7)"), ("6", "(0,7)")]),
        ("5,(0,7)", PLACES, [("5", "(0,7)")]),
        ('"(0,7)", "(12,1)"', PLACE, [("(0,7)",), ("(12,1)",)]),
        ('5,"(0,7)"; 6,"(0,7)"', PLACES, [("5", "(0,7)"), ("6", "(0,7)")]),
    ],
)
def test_an_average(text: str, of: VectorColumn, expected: list[Key]) -> None:
    assert asking.average(text, of) == Mixed(tuple((1.0, key) for key in expected), average=True)


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        ("1-2+3", NUMBER, [(1.0, "1"), (-1.0, "2"), (1.0, "3")]),
        ("1 - 2 + 3", NUMBER, [(1.0, "1"), (-1.0, "2"), (1.0, "3")]),
        ("-1 + 2", NUMBER, [(-1.0, "1"), (1.0, "2")]),
        ("king − man + woman", NAME, [(1.0, "king"), (-1.0, "man"), (1.0, "woman")]),
        ("well-known - known", NAME, [(1.0, "well-known"), (-1.0, "known")]),
        ("'a b' + \"c+d\"", NAME, [(1.0, "a b"), (1.0, "c+d")]),
        ("'it''s'", NAME, [(1.0, "it's")]),
        (f"{A} - {B}", UUID, [(1.0, A), (-1.0, B)]),
        (f"{A}-{B}", UUID, [(1.0, A), (-1.0, B)]),
        ("(0,7)-(0,8) + (1,1)", PLACE, [(1.0, "(0,7)"), (-1.0, "(0,8)"), (1.0, "(1,1)")]),
        ('"(0,7)" - "(0,8)"', PLACE, [(1.0, "(0,7)"), (-1.0, "(0,8)")]),
        ("a,1 - b,2", BOTH, None),
    ],
)
def test_a_sum(text: str, of: VectorColumn, expected: list[tuple[float, str]] | None) -> None:
    if expected is None:
        assert asking.expression(text, of) == Mixed(((1.0, ("a", "1")), (-1.0, ("b", "2"))))
    else:
        assert asking.expression(text, of) == Mixed(tuple((sign, (key,)) for sign, key in expected))


@pytest.mark.parametrize(
    ("text", "of", "said"),
    [
        ("", NUMBER, "No rows are named."),
        ("1 2", NUMBER, "This is no sum of rows: “2” stands where a sign and a key should."),
        ("1 +", NUMBER, "This is no sum of rows: “+” stands where a sign and a key should."),
        ("x", NUMBER, "This is no sum of rows: “x” stands where a key should."),
        ("a", column(), "A row of things cannot be named: nothing is known that tells its rows apart."),
        ("a + b,1", BOTH, "The key of things has 2 parts, and this has 1."),
    ],
)
def test_a_sum_that_is_none(text: str, of: VectorColumn, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        asking.expression(text, of)
    assert caught.value.title == said


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("Anchors: anchoring an anchor", "anchor", ["Anchors", "anchoring", "anchor"]),
        ("Crème brûlée", "creme BRULEE", ["Crème", "brûlée"]),
        ("nothing of it", "the", []),
        ("reset -x", '"reset" -x', ["reset"]),
        ("", "x", []),
    ],
)
def test_marks(text: str, asked: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in marks(text, words(asked))] == marked


@given(some.text(max_size=200), some.text(max_size=20), some.integers(0, 60))
def test_an_excerpt_is_one_line_and_never_too_long(text: str, asked: str, width: int) -> None:
    line = excerpt(text, words(asked), width)
    assert len(line) <= width
    assert "\n" not in line


def test_an_excerpt_shows_the_first_marked_word() -> None:
    text = "word " * 100 + "anchor " + "word " * 100
    assert "anchor" in excerpt(text, ["anchors"], 40)


def test_sums_are_exact() -> None:
    assert combined([(1.0, (1e16,)), (1.0, (1.0,)), (-1.0, (1e16,))]) == [1.0]
    assert combined([(1.0, (0.1,))] * 10, average=True) == [math.fsum([0.1] * 10) / 10]


def test_reciprocal_ranks() -> None:
    assert dict(fused("abc", "ca")) == pytest.approx({"a": 1 / 61 + 1 / 62, "c": 1 / 63 + 1 / 61, "b": 1 / 62})
