"""A file of SQL is cut where PostgreSQL would cut it, and every piece knows where it stood."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.errors import BadSql
from console.sql import statements


def _bodies(text: str) -> list[str]:
    return [statement.text[statement.body :] for statement in statements.split(text)]


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("", []),
        (" ;;\n; -- nothing\n", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1;; SELECT 2 ;", ["SELECT 1", "SELECT 2"]),
        ("SELECT ';'; SELECT \";\" FROM t", ["SELECT ';'", 'SELECT ";" FROM t']),
        ("SELECT $a$ ; $b$ ; $a$; SELECT 2", ["SELECT $a$ ; $b$ ; $a$", "SELECT 2"]),
        (r"SELECT E'a\';b'; SELECT 2", [r"SELECT E'a\';b'", "SELECT 2"]),
        (r"SELECT 'a\'; SELECT 2", [r"SELECT 'a\'", "SELECT 2"]),
        ("/* a /* ; */ ; */ SELECT 1; SELECT 2 -- ;", ["SELECT 1", "SELECT 2 -- ;"]),
        (
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END; SELECT 3",
            ["CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END", "SELECT 3"],
        ),
        (
            "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2); SELECT 3",
            ["CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)", "SELECT 3"],
        ),
        ("DO $$ BEGIN PERFORM 1; END; $$; SELECT 1", ["DO $$ BEGIN PERFORM 1; END; $$", "SELECT 1"]),
        ("SELECT 1;\r\nSELECT 2;\r\n", ["SELECT 1", "SELECT 2"]),
        ("SELECT 'äöü€😀'; SELECT '😀'", ["SELECT 'äöü€😀'", "SELECT '😀'"]),
    ],
)
def test_cuts_where_postgresql_does(text: str, bodies: list[str]) -> None:
    assert _bodies(text) == bodies


def test_knows_where_each_statement_stands() -> None:
    text = "-- ä header\n\nSELECT 'ü😀'; SELECT 2 -- rest of the line\n;\n  /* about three */\n  SELECT 3"
    first, second, third = statements.split(text)
    assert (first.line, first.column, second.line, second.column) == (3, 1, 3, 14)
    assert (third.line, third.column, third.text) == (6, 3, "/* about three */\n  SELECT 3")
    for statement in (first, second, third):
        assert text[statement.start :].startswith(statement.text)


def test_a_comment_stays_with_its_statement() -> None:
    text = "SELECT 1; -- said about one\n-- said about two\nSELECT 2;"
    assert [statement.text for statement in statements.split(text)] == ["SELECT 1", "-- said about two\nSELECT 2"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TABLE t", "SelectStmt"),
        ("CREATE TABLE t ()", "CreateStmt"),
        ("WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a", "InsertStmt"),
        ("COMMIT", "TransactionStmt"),
    ],
)
def test_kind_is_the_grammar_s_name(text: str, kind: str) -> None:
    assert statements.one(text).kind == kind


@pytest.mark.parametrize(
    ("text", "line", "column", "title"),
    [
        ("SELECT 1;\nSELECT 'ü' FORM x y", 2, 17, 'Line 2, column 17: syntax error at or near "x".'),
        ("SELECT 1;\n  SELECT 'abc", 2, 10, 'Line 2, column 10: unterminated quoted string at or near "\'abc".'),
        ("SELECT 1;\n\\i other.sql\n", 2, 1, "Line 2: \\i is a command of psql, not SQL."),
        ("\\restrict abc\nSELECT 1;", 1, 1, "Line 1: \\restrict is a command of psql, not SQL."),
        ("SELECT 1 \\gset", 1, 10, "Line 1: \\gset is a command of psql, not SQL."),
        ("SELECT 1\0", 1, 9, "Line 1, column 9: PostgreSQL does not take a NUL sign."),
        ("SELECT '\ud800'", 1, 9, "Line 1, column 9: this sign is not valid Unicode."),
    ],
)
def test_says_where_a_text_is_wrong(text: str, line: int, column: int, title: str) -> None:
    with pytest.raises(BadSql) as raised:
        statements.split(text)
    assert (raised.value.line, raised.value.column, raised.value.title) == (line, column, title)
    assert "^" in raised.value.detail


@pytest.mark.parametrize(
    "text",
    [
        "SELECT 1;\nCOPY t (a) FROM STDIN",
        "SELECT 1;\nCOPY t FROM stdin WITH (FORMAT csv);\n1,2\n\\.\nSELECT 2;",
        "SELECT 1;\nCOPY public.t (a, b) FROM stdin;\n1\tit's\n2\t\\N\n\\.\n",
        "-- rows\nCOPY t FROM STDIN;\nselect\tx\n\\.\n",
    ],
)
def test_refuses_data_for_copy(text: str) -> None:
    with pytest.raises(BadSql, match=r"^Line 2: COPY … FROM STDIN needs data from a client") as raised:
        statements.split(text)
    assert raised.value.line == 2


def test_copy_from_a_file_is_a_statement() -> None:
    assert statements.one("COPY t FROM '/data/t.csv'").kind == "CopyStmt"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("SELECT :limit", "A variable of psql (:name) is not filled in here: write the value."),
        ("\ufeffSELECT 1", "The file begins with a byte order mark: save it as UTF-8 without one."),
        ("SELECT\u00a01;", "A special space stands here, as web pages have it: type an ordinary one."),
        ("\\restrict a", "pg_dump writes this line for psql: delete it."),
    ],
)
def test_hints_at_the_usual_reasons(text: str, hint: str) -> None:
    with pytest.raises(BadSql) as raised:
        statements.split(text)
    assert raised.value.hint == hint


@pytest.mark.parametrize("text", ["", "-- nothing", "SELECT 1; SELECT 2"])
def test_one_means_one(text: str) -> None:
    with pytest.raises(BadSql):
        statements.one(text)


def test_five_thousand_statements_take_a_moment() -> None:
    text = "\n".join(f"-- table {n}\nCREATE TABLE t{n} (id bigint, ü text DEFAULT 'ü');" for n in range(5_000))
    began = time.process_time()
    found = statements.split(text)
    assert time.process_time() - began < 5
    assert len(found) == 5_000
    assert found[-1].line == 10_000


_PIECES = st.sampled_from(
    ["SELECT 1", "SELECT 'a;ü'", "SELECT $$;$$", "/* ; */ SELECT 2", "-- ;\nSELECT 3", 'TABLE "x;"', ""]
)


@given(st.lists(_PIECES, max_size=8), st.sampled_from([";", ";\n", " ;; ", ";\n\n-- between\n"]))
def test_every_statement_is_found_where_it_says(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    found = statements.split(text)
    assert len(found) == sum(1 for piece in pieces if piece)
    for statement in found:
        assert text[statement.start :].startswith(statement.text)
        before = text[: statement.start + statement.body]
        assert statement.line == before.count("\n") + 1
        assert statement.column == len(before) - (before.rfind("\n") + 1) + 1
