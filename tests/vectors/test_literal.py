"""Vectors as text: whatever a person pastes, and the same bits on the server."""

from __future__ import annotations

import contextlib
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as some

from console.errors import UsageError
from console.vectors.literal import numbers_of, written
from console.vectors.metric import Kind
from console.vectors.pasting import parse

SINGLES = some.floats(width=32, allow_nan=False, allow_infinity=False)
HALVES = some.floats(width=16, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    "text",
    [
        "[1, 2.5, -3e-1]",
        "1, 2.5, -0.3",
        "1 2.5\n-.3",
        "1;2.5;-0.30",
        "{1,2.5,-0.3}",
        "(1, 2.5, -0.3)",
        "'[1,2.5,-0.3]'::vector(3)",
        "'[1,2.5,-0.3]'::extensions.vector;",
        "array([1. , 2.5, -0.3], dtype=float32)",
        "tensor([ 1.0000,  2.5000, -0.3000])",
        "ARRAY[1, 2.5, -0.3]",
        "[[1, 2.5, -0.3]]",
        '{"embedding": [1, 2.5, -0.3]}',
        '{"object": "list", "data": [{"index": 0, "embedding": [1, 2.5, -0.3]}], "usage": {"prompt_tokens": 3}}',
        "{1:1, 2:2.5, 3:-0.3}/3",
        "  +1\t2.5\t-0.3  ",
    ],
)
def test_what_people_paste_is_read(text: str) -> None:
    assert parse(text, Kind.VECTOR, 3) == "[1,2.5,-0.3]"
    assert parse(text, Kind.SPARSEVEC, 3) == "{1:1,2:2.5,3:-0.3}/3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0110", "0110"),
        ("B'0110'", "0110"),
        ("0b0110", "0110"),
        ("01 10", "0110"),
        ("x'6'", "0110"),
        ("[0,1,1,0]", "0110"),
        ("0, 1, 1, 0", "0110"),
        ("'0110'::bit(4)", "0110"),
    ],
)
def test_bits(text: str, expected: str) -> None:
    assert parse(text, Kind.BIT, 4) == expected


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("", Kind.VECTOR, "There is no vector: the text is empty."),
        ("[]", Kind.VECTOR, "There is no vector: the text has no number."),
        ("[[1, 2, 3], [4, 5, 6]]", Kind.VECTOR, "There are 2 vectors in this text, and one is searched by."),
        ("[1, x, 3]", Kind.VECTOR, "This is no vector: number 2, line 1, column 5, is “x”."),
        ("1 2\n3 four", Kind.VECTOR, "This is no vector: number 4, line 2, column 3, is “four”."),
        ("[1,\x1b[31m]", Kind.VECTOR, "This is no vector: number 2, line 1, column 4, is “␛”."),
        ("[1, NaN, 3]", Kind.VECTOR, "Number 2 is nan, which no vector can hold."),
        ("[1, -inf, 3]", Kind.VECTOR, "Number 2 is -inf, which no vector can hold."),
        ("[1, 1e999, 3]", Kind.VECTOR, "Number 2 is inf, which no vector can hold."),
        ("[1, 1e39, 3]", Kind.VECTOR, "Number 2 is 1e+39, which a vector cannot hold."),
        ("[1, 65520, 3]", Kind.HALFVEC, "Number 2 is 65520, which a halfvec cannot hold."),
        ("[1, 2]", Kind.VECTOR, "This vector has 2 numbers, and the column takes 3."),
        ("1", Kind.VECTOR, "This vector has 1 number, and the column takes 3."),
        ("{4:1}/3", Kind.SPARSEVEC, "Place 4 is not among the 3 of this vector; the first is 1."),
        ("{0:1}/3", Kind.SPARSEVEC, "Place 0 is not among the 3 of this vector; the first is 1."),
        ("{1:1,1:2}/3", Kind.SPARSEVEC, "Place 1 stands twice in this vector."),
        ("{1:x}/3", Kind.SPARSEVEC, "This is no sparse vector: part 1 is “1:x”."),
        ("{1:1}/4", Kind.SPARSEVEC, "This vector has 4 numbers, and the column takes 3."),
        ("0112", Kind.BIT, "This vector has 1 bit, and the column takes 3."),
        ("0,1,2", Kind.BIT, "Number 3 is 2; a bit is 0 or 1."),
        ("0110", Kind.BIT, "This vector has 4 bits, and the column takes 3."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(text: str, kind: Kind, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(text, kind, 3)
    assert caught.value.title == said


@given(some.lists(SINGLES, min_size=1, max_size=50))
def test_single_precision_comes_back_to_the_bit(numbers: list[float]) -> None:
    back = numbers_of(written(numbers, Kind.VECTOR), Kind.VECTOR)
    assert struct.pack(f"{len(back)}f", *back) == struct.pack(f"{len(numbers)}f", *[value + 0.0 for value in numbers])
    assert numbers_of(written(numbers, Kind.SPARSEVEC), Kind.SPARSEVEC) == back
    assert parse(written(numbers, Kind.VECTOR), Kind.VECTOR) == written(numbers, Kind.VECTOR)


@given(some.lists(HALVES, min_size=1, max_size=20))
def test_half_precision_does_too(numbers: list[float]) -> None:
    back = numbers_of(written(numbers, Kind.HALFVEC), Kind.HALFVEC)
    assert [struct.unpack("e", struct.pack("e", value))[0] for value in back] == numbers


@given(some.text(max_size=60), some.sampled_from(Kind))
def test_whatever_is_pasted_is_read_or_refused_in_words(text: str, kind: Kind) -> None:
    with contextlib.suppress(UsageError):
        assert parse(text, kind) == parse(parse(text, kind), kind)
