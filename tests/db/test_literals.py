"""Values in a statement's text come out of the server as they went in, whatever its settings."""

from __future__ import annotations

import pytest

from console.config.profile import Target
from console.db.compose import SQL, Identifier
from console.db.literals import Expression, bound, literal
from console.db.query import Query
from tests.databases import Databases

_VALUES = [
    "",
    "it's",
    "''",
    "\\",
    "\\'; DROP TABLE t; --",
    "E'\\n'",
    "a\nb\tc\rd\x00"[:-1],
    "\x1b[31m\x7f\x9b\u202e\u200b\U000e0041",
    "100 % of %s and %(a)s",
    "ü€😀",
    "$guard$",
    -5,
    2**62,
    1.5,
    -1e-7,
    True,
    None,
    ["a'b", "\\", "{", ""],
]


@pytest.mark.parametrize("value", _VALUES, ids=repr)
@pytest.mark.parametrize("standard", ["on", "off"])
def test_a_value_comes_back(databases: Databases, database: Target, value: object, standard: str) -> None:
    with databases.connect(database) as connection:
        connection.execute(f"SET standard_conforming_strings = {standard}; SET escape_string_warning = off".encode())
        [(found,)] = connection.execute(f"SELECT {literal(value)}".encode()).fetchall()
    assert (float(found) if isinstance(value, float) else found) == value


def test_no_literal_acts_on_a_terminal() -> None:
    assert literal("\x1b\x9b\u202e\U000e0041") == "E'\\x1b\\u009b\\u202e\\U000e0041'"


def test_what_has_no_literal_is_an_error() -> None:
    with pytest.raises(TypeError, match="object has no literal"):
        literal(object())


def test_a_statement_with_its_values() -> None:
    name = Identifier("50 %% of %%(a)s")
    query = Query(SQL("UPDATE {} SET a = %(a)s, b = %(b)s WHERE c LIKE 'x%%'").format(name), {"a": "%(b)s", "b": 1})
    assert bound(query) == "UPDATE \"50 % of %(a)s\" SET a = '%(b)s', b = 1 WHERE c LIKE 'x%'"
    assert bound(Query("SELECT %(a)s", {"a": Expression("now()")})) == "SELECT (now())"
    assert bound(Query("SELECT 5 % 2")) == "SELECT 5 % 2"
