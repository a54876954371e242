"""Values are drawn so that they cannot be mistaken for each other, whatever their length."""

from __future__ import annotations

import time
from itertools import combinations

import pytest

from console.rows.source import Column
from console.ui.widgets.cells import Kind, draw, kind_of
from console.ui.widgets.parts import plain, width

VECTOR = "[" + ",".join(f"{index / 1000:.6f}" for index in range(-3, 1533)) + "]"


@pytest.mark.parametrize(
    ("type_name", "kind"),
    [
        ("text", Kind.TEXT),
        ("integer", Kind.NUMBER),
        ("numeric(10,2)", Kind.NUMBER),
        ("double precision", Kind.NUMBER),
        ("boolean", Kind.BOOLEAN),
        ("jsonb", Kind.JSON),
        ("bytea", Kind.BYTEA),
        ("public.vector(1536)", Kind.VECTOR),
        ("halfvec(3)", Kind.VECTOR),
        ("integer[]", Kind.ARRAY),
        ("jsonb[]", Kind.ARRAY),
        ("public.status", Kind.TEXT),
    ],
)
def test_a_type_decides_how_values_are_drawn(type_name: str, kind: Kind) -> None:
    assert kind_of(Column("x", type_name)) is kind


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (None, Kind.TEXT, "NULL"),
        ("NULL", Kind.TEXT, "'NULL'"),
        ("", Kind.TEXT, "''"),
        ("''", Kind.TEXT, "''''''"),
        ("it's", Kind.TEXT, "it's"),
        (" ", Kind.TEXT, "·"),
        ("  a b  ", Kind.TEXT, "··a b··"),
        ("a\r\nb", Kind.TEXT, "a␍⏎b"),
        ("\x1b[2Jx", Kind.TEXT, "␛[2Jx"),
        ("[bold]x[/]", Kind.TEXT, "[bold]x[/]"),
        ("日本語", Kind.TEXT, "日本語"),
        ("x" * 50, Kind.TEXT, "x" * 29 + "…"),
        ("-12.50", Kind.NUMBER, "-12.50"),
        ("NaN", Kind.NUMBER, "NaN"),
        ("t", Kind.BOOLEAN, "true"),
        ("f", Kind.BOOLEAN, "false"),
        ('{"a":\n  null}', Kind.JSON, '{"a": null}'),
        ("null", Kind.JSON, "null"),
        ('""', Kind.JSON, '""'),
        ('{a,NULL,"NULL",""}', Kind.ARRAY, '{a, NULL, "NULL", ""}'),
        ("{}", Kind.ARRAY, "{}"),
        ("{{1,2},{3,4}}", Kind.ARRAY, "{{1, 2}, {3, 4}}"),
        ("\\x", Kind.BYTEA, "\\x 0 B"),
        ("\\x48656c6c6f", Kind.BYTEA, "\\x48656c6c6f 5 B"),
        ("\\x" + "00" * 2048, Kind.BYTEA, "\\x" + "0" * 19 + "… 2.00 kB"),
        ("[1,2,3]", Kind.VECTOR, "[1, 2, 3]"),
        (VECTOR, Kind.VECTOR, "[-0.003, -0.002, … ×1536]"),
        ("{1:0.5}/7", Kind.VECTOR, "{1:0.5}/7"),
        (None, Kind.PLAIN, ""),
        ("", Kind.PLAIN, ""),
        ("✗ blocking", Kind.PLAIN, "✗ blocking"),
    ],
)
def test_a_value_is_drawn(value: str | None, kind: Kind, expected: str) -> None:
    assert plain(draw(value, kind, 30)) == expected


def test_no_two_values_look_the_same() -> None:
    values = [None, "", "NULL", "''", "'NULL'", " ", "  ", "\n", "\t", "null", "''''", "\u00a0", "\u200b"]
    for one, other in combinations(values, 2):
        assert draw(one, Kind.TEXT, 40) != draw(other, Kind.TEXT, 40), (one, other)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("value", ["x" * 1_000_000, "{" * 1_000_000, '"' * 1_000_000, "e\u0301" * 500_000, VECTOR * 99])
def test_a_long_value_is_cut_before_it_is_looked_at(kind: Kind, value: str) -> None:
    started = time.process_time()
    drawn = [draw(value, kind, room) for room in range(3, 40)]
    assert time.process_time() - started < 2
    assert all(width(line) <= room for room, line in enumerate(drawn, 3))


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("room", [0, 1, 2, 3, 7])
def test_little_room_is_enough(kind: Kind, room: int) -> None:
    for value in (None, "", "a value", "\\x00", "[1,2,3,4]", '{"a": 1}', "日本語"):
        assert width(draw(value, kind, room)) <= room
