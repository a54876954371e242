"""Finds the statement of a panel: its own, or a file's, and those for later servers.

As in the console's own queries, a number behind a name is the version from which on it holds: on PostgreSQL 17 and
later `checkpoints_17.sql` is taken in place of `checkpoints.sql` beside it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from console.config import names, values
from console.config.table import Table
from console.config.values import Wrong
from console.dashboards.files import text_file

_SOURCES = ("sql", "query", "growth")
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_QUERY = re.compile(r"\w[\w-]*(/\w[\w-]*)*")
_VERSION = re.compile(r"(1[4-9]|2\d)")


def statements(table: Table, given: Collection[str]) -> Mapping[int, str]:
    """Return the statements by the version from which on each holds, the oldest first, 0 for all.

    `given` are the values that they may use. What is read from the growth that is kept has none. Raises BrokenConfig.
    """
    said = [key for key in _SOURCES if key in table.said]
    if len(said) != 1:
        wrong = f"both {said[0]} and {said[1]}" if said else "neither sql nor query"
        raise table.broken(f"has {wrong}; it needs one of them")
    [key] = said
    if "newer" in table.said and key != "sql":
        raise table.broken("goes with sql; beside a file of query lie others, such as days_17.sql", "newer")
    if key == "growth":
        return {0: ""}
    found = _own(table) if key == "sql" else _of_files(table)
    for sql in found.values():
        _must_be_given(table, key, sql, given)
    return dict(sorted(found.items()))


def newer(value: object) -> Mapping[int, str]:
    """Return statements by version, of a table."""
    said = values.texts(value)
    if not all(_VERSION.fullmatch(version) for version in said):
        raise Wrong('has to be statements by major version, such as { 17 = "SELECT 1" }')
    return {int(version): sql for version, sql in said.items()}


def _own(table: Table) -> Mapping[int, str]:
    return {0: table.read(values.text, "sql"), **table.read(newer, "newer", {})}


def _of_files(table: Table) -> Mapping[int, str]:
    name = table.read(values.text, "query")
    if not _QUERY.fullmatch(name):
        raise table.broken('has to be the name of a file below this one\'s folder, such as "cost/days"', "query")
    file = table.page.file.parent / f"{name}.sql"
    beside = {path.stem.removeprefix(f"{file.stem}_"): path for path in file.parent.glob(f"{file.stem}_??.sql")}
    files = {int(version): path for version, path in beside.items() if _VERSION.fullmatch(version)}
    if file.exists() or not files:
        files[0] = file
    return {version: _content(table, path) for version, path in files.items()}


def _content(table: Table, file: Path) -> str:
    try:
        found = text_file.content(file).decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise table.broken(f"names {file}, which cannot be read", "query", hint=error.strerror or "") from None
    except UnicodeDecodeError:
        raise table.broken(f"names {file}, which is no UTF-8 text", "query") from None
    if not found.strip():
        raise table.broken(f"names {file}, which is empty", "query")
    return found


def _must_be_given(table: Table, key: str, sql: str, given: Collection[str]) -> None:
    for name in _PLACEHOLDER.findall(sql):
        if name not in given:
            meant = names.nearest(name, given)
            hint = f"Did you mean %({meant})s?" if meant else f"Add [parameters.{name}], or leave it out."
            raise table.broken(f"uses %({name})s, which no parameter gives", key, hint=hint)
