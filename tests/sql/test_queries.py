"""The cellar of statements: each file holds one that parses, and is loaded by name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from console.sql import queries, statements

_CELLAR = queries.folder("queries")
# What a shadow is furnished with, many statements each, and what scripts for psql are put together from.
_SCRIPTS = ("rehearsal/standins/", "rehearsal/supabase", "ledger/script/")
_FILES = sorted(path for path in _CELLAR.rglob("*.sql") if not str(path.relative_to(_CELLAR)).startswith(_SCRIPTS))


@pytest.mark.parametrize("path", _FILES, ids=lambda path: str(path.relative_to(_CELLAR)))
def test_a_file_holds_one_statement(path: Path) -> None:
    name = str(path.relative_to(_CELLAR).with_suffix(""))
    text: str = queries.load(name)
    without_holes = re.sub(r"%\(\w+\)s", "$1", text).replace("%%", "%")
    without_names = re.sub(r"\{\w+\}", "hole", without_holes)
    assert len(statements.split(without_names)) == 1


def test_names_can_be_loaded() -> None:
    assert "guard/uses" in queries.names("guard")
    assert all(queries.load(name) for name in queries.names("guard"))


def test_a_missing_statement_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        queries.load("guard/nothing")


def test_a_missing_cellar_is_an_error() -> None:
    with pytest.raises(FileNotFoundError, match="incomplete"):
        queries.folder("wine")
