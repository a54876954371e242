"""An error of a panel's statement has its place in the file, where parameters have names."""

from __future__ import annotations

import pytest

from console.config.profile import Target
from console.dashboards.definition import Kind, Panel
from console.dashboards.reading.placing import in_file
from console.dashboards.reading.reading import read_panel
from console.db.session import Session
from console.errors import StatementFailed

VALUES = {"since": None, "until": None, "state": "paid"}
# A statement, and what of it the error points at; "|" stands before it.
WRONG = [
    "SELECT |nope",
    "SELECT 1\nWHERE now() > %(since)s AND |nope",
    "SELECT '%', 5 %% 2, %(state)s::text\n, |nope, %(until)s",
    "SELECT %(state)s::text, %(since)s::timestamptz, %(state)s::text, %(until)s::timestamptz, |nope",
    "SELECT\t'ä漢', %(state)s::text = |nope",
]


@pytest.mark.parametrize("sql", WRONG)
async def test_the_place_is_that_of_the_file(database: Target, sql: str) -> None:
    at = sql.index("|")
    written = sql.replace("|", "").replace("%%", "%")
    at -= sql[:at].count("%%")
    async with await Session.open(database) as session:
        with pytest.raises(StatementFailed, match='column "nope" does not exist') as raised:
            await read_panel(session, Panel("p", "the panel", Kind.TABLE, written), VALUES)
    line, column = written.count("\n", 0, at) + 1, at - (written.rfind("\n", 0, at) + 1) + 1
    assert (raised.value.line, raised.value.column) == (line, column)
    assert f"Line {line}, column {column}:" in raised.value.detail
    assert "$" not in raised.value.detail


@pytest.mark.parametrize("also", ["", " OR 'a' = %(state)s"], ids=["of no place", "with its place"])
async def test_a_parameter_without_a_type_is_called_by_its_name(database: Target, also: str) -> None:
    sql = f"SELECT 1 AS n WHERE now() > %(since)s AND (%(state)s IS NULL{also})"
    async with await Session.open(database) as session:
        with pytest.raises(StatementFailed) as raised:
            await read_panel(session, Panel("p", "the panel", Kind.TABLE, sql), VALUES)
    assert raised.value.title.endswith("could not determine data type of parameter %(state)s")
    assert "%(state)s::text" in raised.value.hint
    assert raised.value.column == (sql.index("%(state)s") + 1 if also else None)


@pytest.mark.parametrize(
    ("sql", "at", "found"),
    [
        ("a %(x)s b", 2, 2),
        ("a %(x)s b", 5, 8),
        ("%(x)s%(y)s%(x)s b", 7, 16),
        ("%(z)s b", 6, 6),  # of no parameter: it stands for itself
        ("".join(f"%(p{n})s" for n in range(12)) + " b", 9 * 2 + 3 * 3, 10 * 6 + 2 * 7),
    ],
)
def test_where_it_lies(sql: str, at: int, found: int) -> None:
    assert in_file(sql, ["x", "y", *(f"p{n}" for n in range(12))], at) == found
