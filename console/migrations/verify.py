"""Runs the verify files of all migrations, pending ones too: SELECTs whose every row is one check.

The whole is read-only and rolled back, each statement stands under a savepoint, so it may run on production. What could
not be checked counts as failed: a statement that raises, that is no SELECT, that has the wrong columns, or that
returns no row at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from console.db.query import Executed
from console.db.session import Session
from console.db.writer import Writer
from console.errors import BadSql, ConnectionLost, ConsoleError
from console.migrations.files import own_tool
from console.migrations.files.folder import Folder, Migration, Script
from console.migrations.script import split
from console.sql.statements import Statement
from console.text import sanitize

COLUMNS = ("check_name", "ok", "detail")
_SELECT = "SelectStmt"
_BOOLEAN = 16  # pg_type.oid of boolean


@dataclass(frozen=True, slots=True)
class Check:
    """One check of one migration; its texts are harmless for a terminal."""

    migration: str
    name: str
    ok: bool
    detail: str

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of one check."""
        return {"migration": self.migration, "name": self.name, "ok": self.ok, "detail": self.detail}


@dataclass(frozen=True, slots=True)
class Verification:
    """What the checks gave, in the order of the migrations."""

    checks: tuple[Check, ...]

    @property
    def total(self) -> int:
        """How many checks there are."""
        return len(self.checks)

    @property
    def passed(self) -> int:
        """How many passed."""
        return sum(check.ok for check in self.checks)

    @property
    def failed(self) -> int:
        """How many did not."""
        return self.total - self.passed

    @property
    def summary(self) -> str:
        """How many passed of how many, as `41/45 passed (91.1 %)`; the share is never rounded up."""
        if not self.total:
            return "no checks: there is no verify file"
        return f"{self.passed}/{self.total} passed ({self.passed * 1000 // self.total / 10:.1f} %)"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of `verify`, without `target` and `ok`."""
        return {
            "summary": self.summary,
            "passed": self.passed,
            "failed": self.failed,
            "total": self.total,
            "checks": [check.as_dict() for check in self.checks],
        }


async def verify(session: Session, folder: Folder) -> Verification:
    """Run every check of a folder and write nothing. Raises ConnectionLost; all else is a failed check.

    Raises Refused for checks that their own tool alone runs.
    """
    if any(migration.verify is not None for migration in folder.migrations):
        own_tool.must_run_here(folder.tool, "verify")
    checks: list[Check] = []
    async with session.checking(doing="verifying") as writer:
        for migration in folder.migrations:
            if migration.verify is not None:
                checks.extend(await of_file(writer, migration, migration.verify))
    return Verification(tuple(checks))


async def of_file(writer: Writer, migration: Migration, script: Script) -> list[Check]:
    """Run the checks of one verify file in a transaction that is under way. Raises ConnectionLost."""
    try:
        statements = split(script)
    except BadSql as error:
        return [Check(migration.label, sanitize(script.path.name), False, error.title)]
    checks: list[Check] = []
    for statement in statements:
        checks.extend(await _of_statement(writer, migration.label, script, statement))
    return checks


async def _of_statement(writer: Writer, label: str, script: Script, statement: Statement) -> tuple[Check, ...]:
    where = f"line {statement.line}"
    if statement.kind != _SELECT:
        return (Check(label, where, False, "This is no SELECT, so it was not run."),)
    try:
        async with writer.savepoint():
            executed = await writer.execute(statement.text, doing="the check", whole=script.text, start=statement.start)
    except ConnectionLost:
        raise
    except ConsoleError as error:
        return (Check(label, where, False, error.title),)
    return tuple(_read(label, where, executed))


def _read(label: str, where: str, executed: Executed) -> Iterator[Check]:
    names = tuple(column.name for column in executed.columns)
    if names != COLUMNS:
        yield Check(label, where, False, f"A check has the columns {', '.join(COLUMNS)}; this has {_listed(names)}.")
    elif executed.columns[1].type_oid != _BOOLEAN:
        yield Check(label, where, False, "The column ok must be boolean.")
    elif not executed.rows:
        yield Check(label, where, False, "It returned no row, so nothing was checked.")
    else:
        for name, ok, detail in executed.rows:
            yield Check(label, sanitize(name or where), ok == "t", _detail(ok, detail))


def _detail(ok: str | None, detail: str | None) -> str:
    said = sanitize(detail or "")
    if ok is None:
        return f"ok is NULL, which counts as failed. {said}".strip()
    return said


def _listed(names: tuple[str, ...]) -> str:
    return sanitize(", ".join(names)) or "none"
