"""The second belt by itself: what the grammar allows, what it refuses, and which names it hands on."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.sql import reading, statements
from console.sql.reading import Name
from console.sql.statements import Statement


def _cases(pattern: str) -> list[Statement]:
    texts = [path.read_text("utf-8") for path in sorted(Path(__file__).parent.glob(pattern))]
    return [statement for text in texts for statement in statements.split(text)]


def _first_words(statement: Statement) -> str:
    return f"{statement.line}: {statement.text[statement.body :][:50]}"


@pytest.mark.parametrize("statement", _cases("honest_reads*.sql"), ids=_first_words)
def test_allows_what_only_reads(statement: Statement) -> None:
    verdict = reading.check(statement.text)
    assert verdict.allowed, verdict.reason


@pytest.mark.parametrize("statement", _cases("disguises.sql"), ids=_first_words)
def test_refuses_writes_in_disguise(statement: Statement) -> None:
    verdict = reading.check(statement.text)
    assert not verdict.allowed
    assert verdict.reason.endswith(".")
    assert verdict.names == ()


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("", "There is no statement in this text."),
        ("-- nothing", "There is no statement in this text."),
        ("SELECT 1; DELETE FROM t", "There are 2 statements in this text; one at a time is taken."),
        ("COMMIT; DELETE FROM t", "There are 2 statements in this text; one at a time is taken."),
        ("SELECT 1; SET TRANSACTION READ WRITE;", "There are 2 statements in this text; one at a time is taken."),
        ("SELECT 1 \0; DELETE FROM t", "Line 1, column 10: PostgreSQL does not take a NUL sign."),
        ("SELEC 1", 'Line 1, column 1: syntax error at or near "SELEC".'),
        ("SELECT 1 \\gexec", "Line 1: \\gexec is a command of psql, not SQL."),
        ("SELECT * FROM t FOR UPDATE", "FOR UPDATE and FOR SHARE lock rows."),
        ("DROP TABLE t", "DROP is not a statement that reads."),
        ("SELECT (" * 3000 + "1" + ")" * 3000, None),
    ],
)
def test_says_why_in_a_sentence(sql: str, reason: str | None) -> None:
    verdict = reading.check(sql)
    assert not verdict.allowed
    assert reason is None or verdict.reason == reason


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("SELECT 1", []),
        ("SELECT pg_catalog.lower('a'), 1::int", []),
        ("SELECT lower(a) FROM s.t", [Name("function", "", "lower"), Name("relation", "s", "t")]),
        ("SELECT app.f(1), db.app.g(2)", [Name("function", "app", "f"), Name("function", "app", "g")]),
        (
            "SELECT t.a, (x).b FROM t",
            [Name("attribute", "", "a"), Name("attribute", "", "b"), Name("relation", "", "t")],
        ),
        ("SELECT 1 OPERATOR(app.+) 2, 1 OPERATOR(pg_catalog.+) 2", [Name("operator", "app", "+")]),
        ("SELECT 'a'::app.mood, 'b'::text", [Name("type", "", "text"), Name("type", "app", "mood")]),
        ("SELECT * FROM f() AS x(a app.d)", [Name("function", "", "f"), Name("type", "app", "d")]),
        ("SELECT CASE a WHEN 1 THEN 2 END", [Name("operator", "", "=")]),
        ("SELECT a FROM t ORDER BY a USING <<", [Name("operator", "", "<<"), Name("relation", "", "t")]),
        ("SELECT JSON_SCALAR(1)", [Name("function", "", "json_scalar")]),
        ("COPY s.t TO STDOUT", [Name("relation", "s", "t")]),
        ("WITH t AS (SELECT 1) SELECT * FROM t", [Name("relation", "", "t")]),
    ],
)
def test_hands_on_the_names_that_only_the_server_can_resolve(sql: str, names: list[Name]) -> None:
    verdict = reading.check(sql)
    assert verdict.allowed
    assert verdict.names == tuple(names)


def test_a_long_sum_is_not_too_deep() -> None:
    """A protobuf tree of PostgreSQL's grammar ends at fifty terms; this one does not."""
    assert reading.check("SELECT " + " || ".join(["'a'"] * 300)).allowed


def test_names_are_said_as_they_were_written() -> None:
    verdict = reading.check("SELECT app.f(lower(a)) FROM s.t")
    assert verdict.named("function") == ("lower", "app.f")
    assert verdict.named("relation") == ("s.t",)
