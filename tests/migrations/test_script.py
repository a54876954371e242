"""What a script is made of, and which scripts and transactions do not go together."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.errors import BadSql, Refused
from console.migrations.files.folder import Script
from console.migrations.script import Program, parse, settings_before


def program(text: str, *, transaction: bool | None = True) -> Program:
    return parse(Script(Path("0001_a.up.sql"), text, transaction))


def test_statements_know_their_place_in_the_file() -> None:
    first, second = program("-- one\nSELECT 1;\n\n  SELECT\n2").pieces
    assert (first.number, first.line, first.column) == (1, 2, 1)
    assert (second.number, second.line, second.column, second.title) == (2, 4, 3, "SELECT 2")


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN; SELECT 1; COMMIT;",
        "-- mine\nbegin transaction;\nSELECT 1;\ncommit work;",
        "START TRANSACTION; SELECT 1; END",
    ],
)
def test_one_transaction_of_its_own_runs_in_ours(text: str) -> None:
    made = program(text)
    assert made.transaction
    assert [piece.title for piece in made.pieces] == ["SELECT 1"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("SELECT 1;\nCOMMIT;", 2),
        ("BEGIN;\nSELECT 1;\nROLLBACK;", 1),
        ("BEGIN;\nSELECT 1;", 1),
        ("BEGIN;\nSAVEPOINT s;\nCOMMIT;", 2),
        ("BEGIN;\nCOMMIT;\nBEGIN;\nCOMMIT;", 2),
        ("BEGIN ISOLATION LEVEL SERIALIZABLE;\nSELECT 1;\nCOMMIT;", 1),
        ("BEGIN;\nSELECT 1;\nCOMMIT AND CHAIN;", 1),
    ],
)
def test_other_transaction_control_is_refused(text: str, line: int) -> None:
    with pytest.raises(Refused, match="a migration may not say") as caught:
        program(text)
    assert caught.value.line == line


@pytest.mark.parametrize("text", ["SELECT 1;\nCREATE INDEX CONCURRENTLY i ON t (a);", "SELECT 1;\nVACUUM;"])
def test_what_cannot_run_in_a_transaction_must_say_so(text: str) -> None:
    with pytest.raises(Refused, match="cannot run inside a transaction block") as caught:
        program(text)
    assert caught.value.line == 2
    assert "no-transaction" in caught.value.hint


@pytest.mark.parametrize(
    "text", ["VACUUM;", "SET maintenance_work_mem = '1GB';\nREINDEX TABLE CONCURRENTLY t;\nVACUUM t;"]
)
def test_a_file_of_nothing_else_need_not_say_so(text: str) -> None:
    assert not program(text).transaction


def test_a_format_without_directives_is_decided_by_its_statements() -> None:
    assert program("SELECT 1;", transaction=None).transaction
    assert not program("VACUUM;", transaction=None).transaction


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("VACUUM", True),
        ("CALL p()", True),
        ("DO $$ BEGIN COMMIT; END $$", True),
        ("DO $$ BEGIN PERFORM 1; END $$", False),
        ("SELECT 1", False),
    ],
)
def test_outside_a_transaction_only_what_must_runs_alone(text: str, *, alone: bool) -> None:
    [piece] = program(text, transaction=False).pieces
    assert bool(piece.alone) is alone


def test_settings_are_known_to_the_statements_after_them() -> None:
    pieces = program("SET a.b = 1; SELECT 1; SET a.c = 2; SELECT 2", transaction=False).pieces
    assert settings_before(pieces, 2) == ("SET a.b = 1",)
    assert settings_before(pieces, 4) == ("SET a.b = 1", "SET a.c = 2")


def test_a_syntax_error_names_the_file_and_the_place() -> None:
    with pytest.raises(BadSql, match=r"0001_a\.up\.sql") as caught:
        program("SELECT 1;\nSELECT FORM t;\nSELECT 1 FROM;")
    assert caught.value.line == 3
