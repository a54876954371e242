"""What the tests of printed scripts share: three steps in the form of any tool, and what they leave in the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from console.config.profile import Target
from tests.cli.console import Console
from tests.databases import Databases
from tests.migrations.foreign import TOOLS, Foreign, make
from tests.migrations.project import write

LEDGERS = {tool: found.table for tool, found in TOOLS.items()} | {"dbconsole": "dbconsole.migrations"}
_TIMES = """
    SELECT a.attname FROM pg_attribute a
    WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
        AND format_type(a.atttypid, a.atttypmod) !~ '^timestamp'
        AND a.attname NOT IN ('duration_ms', 'execution_time', 'run', 'operator')
        AND NOT (a.attname = 'id' AND a.atttypid = 'varchar'::regtype)
    ORDER BY a.attnum
"""


def rows(databases: Databases, target: Target, table: str) -> list[tuple[Any, ...]]:
    """Return a table's rows, without times and what is different each time anyway."""
    with databases.connect(target) as connection:
        names = [name for (name,) in connection.execute(_TIMES, [table])]
        listed = ", ".join(f'"{name}"' for name in names)
        return sorted(connection.execute(f"SELECT {listed} FROM {table}".encode()).fetchall(), key=str)


def states(console: Console, address: str, *more: object) -> list[str]:
    return [each["state"] for each in console("status", address, *more, "--json").document["migrations"]]


def lay(workplace: Path, tool: str) -> Foreign | None:
    """Write the three steps of a tool, or of ours."""
    folder = workplace / "migrations"
    if tool != "dbconsole":
        return make(folder, tool)
    folder.mkdir()
    write(folder, "0001_people", "CREATE TABLE people (id int PRIMARY KEY);", "DROP TABLE people;")
    write(folder, "0002_ada", "INSERT INTO people VALUES (1);", "DELETE FROM people;")
    write(folder, "0003_age", "ALTER TABLE people ADD age int -- whole years", "ALTER TABLE people DROP age;")
    return None
