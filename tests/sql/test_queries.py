"""The cellar of statements: each file holds one that parses, and is loaded by name."""

from __future__ import annotations

import re

import pytest

from console.sql import queries, statements

_CELLAR = queries.folder("queries")
# What a shadow is furnished with, many statements each, and what scripts for psql are put together from.
_SCRIPTS = ("rehearsal/standins/", "rehearsal/supabase", "ledger/script/")
_FILES = sorted(path for path in _CELLAR.rglob("*.sql") if not str(path.relative_to(_CELLAR)).startswith(_SCRIPTS))


def test_a_file_holds_one_statement() -> None:
    names = [str(path.relative_to(_CELLAR).with_suffix("")) for path in _FILES]
    assert names
    assert not {name: found for name in names if (found := _statements(name)) != 1}


def _statements(name: str) -> int:
    """Count the statements of a file, its holes filled."""
    text: str = queries.load(name)
    without_holes = re.sub(r"%\(\w+\)s", "$1", text).replace("%%", "%")
    without_names = re.sub(r"\{\w+\}", "hole", without_holes)
    return len(statements.split(without_names))


def test_names_can_be_loaded() -> None:
    assert "guard/uses" in queries.names("guard")
    assert all(queries.load(name) for name in queries.names("guard"))


def test_a_missing_statement_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        queries.load("guard/nothing")


def test_a_missing_cellar_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="incomplete"):
        queries.folder("wine")
