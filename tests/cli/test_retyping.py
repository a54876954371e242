"""What is said to be typed again: the whole word, quoted for a shell, and never a password."""

from __future__ import annotations

import shlex

import pytest

from console.cli.call.retyping import retyped

WORDS = [
    (None, ""),
    ("prod", "prod"),
    ("demo:skintwin", "demo:skintwin"),
    ("host=db dbname=app", "host=db dbname=app"),
    ("postgresql:///app?host=/tmp/a b&port=5433", "postgresql:///app?host=/tmp/a b&port=5433"),
    ("postgres://ada@db.example.com/app", "postgres://ada@db.example.com/app"),
    ("postgres://ada:pa%40ss@db.example.com/app", "postgres://ada@db.example.com/app"),
    ("jdbc:postgresql://ada:secret@db/app", "jdbc:postgresql://ada@db/app"),
    ("postgres://db/app?password=secret", "…"),
    ("postgres://ada:sec@ret@db/app", "…"),
    ("host=db password=secret", "…"),
    ("postgres://ada:sec/ret@db/app", "…"),
]


@pytest.mark.parametrize(("word", "said"), WORDS)
def test_a_word(word: str | None, said: str) -> None:
    found = retyped(word)
    assert shlex.split(found) == ([said] if said else [])
    assert not found or found.endswith(" ")
    assert "sec" not in found
    assert "%40" not in found
