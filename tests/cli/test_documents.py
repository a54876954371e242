"""The documents of query and inspect keep to docs/json.md; the other commands' tests look at their own."""

from __future__ import annotations

import pytest

from console.config.profile import Target
from tests.cli import shapes
from tests.cli.conftest import url
from tests.cli.console import Console


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ("query", ["query", "SELECT 1 AS a, NULL AS b, '💥' AS c"]),
        ("query --write", ["query", "CREATE TABLE t (); SELECT 1 AS a", "--write", "--yes"]),
        ("inspect", ["inspect"]),
        ("inspect --ddl", ["inspect", "--ddl"]),
    ],
)
def test_shapes(console: Console, skintwin: Target, shape: str, words: list[str]) -> None:
    done = console(words[0], url(skintwin), *words[1:], "--json")
    assert done.code == 0
    shapes.check(shape, done.document)


def test_what_a_terminal_could_act_on_is_escaped(console: Console, here: str) -> None:
    """A document may be printed on a terminal as well; `Console` looks at every one of them."""
    done = console("query", here, "SELECT E'\\x1b[31m\\u009b\\u202e' AS x", "--json")
    assert done.document["rows"] == [{"x": "\x1b[31m\x9b\u202e"}]
