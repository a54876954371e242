"""Each format's files are filled so that its own reader finds the statements again, both ways where it has two."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.migrations import new
from console.migrations.files import formats
from console.migrations.filled import Content
from console.migrations.script import parse
from tests.migrations.foreign import make
from tests.migrations.project import write

TOOLS = (
    "dbconsole",
    "golang-migrate",
    "goose",
    "dbmate",
    "flyway",
    "diesel",
    "supabase",
    "prisma",
    "sqlx",
    "node-pg-migrate",
)
UP = ("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$", "CREATE TABLE t (a text DEFAULT ';')")
ALONE = ("CREATE INDEX CONCURRENTLY i ON t (a)",)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize(("up", "alone"), [(UP, False), (ALONE, True)], ids=["together", "alone"])
def test_its_reader_finds_them(tmp_path: Path, tool: str, up: tuple[str, ...], alone: bool) -> None:
    if tool == "dbconsole":
        write(tmp_path, "0001_people", "SELECT 1;", "SELECT 1;")
    else:
        make(tmp_path, tool)
    new.create(tmp_path, "more", content=Content(up, ("DROP TABLE t",), "By hand.", alone=alone))
    last = formats.read(tmp_path).migrations[-1]
    assert last.label.replace(" ", "_").endswith("more")
    program = parse(last.up)
    assert [each.text[each.at - each.start :].rstrip("; \n") for each in program.pieces] == list(up)
    assert program.transaction is not alone
    if last.down is not None:
        assert "DROP TABLE t" in parse(last.down).pieces[0].text
