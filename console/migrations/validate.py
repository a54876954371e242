"""Looks at a folder of migrations without a server: numbering, missing files, syntax, what cannot run as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from console.errors import BadMigrations, BadSql, ConsoleError, Refused
from console.migrations.files import formats, reading
from console.migrations.files.folder import Finding, Folder, Migration, Script
from console.migrations.files.naming import shown
from console.migrations.script import parse, split
from console.text import plural, sanitize

_SELECT = "SelectStmt"
_NUMBERED = ("dbconsole", "goose")  # formats whose numbers are expected in a row
_UP_ONLY = ("supabase", "prisma", "drizzle", "flyway")  # formats that have no down, or where it is the exception
_UP_OR_BOTH = ("sqlx", "node-pg-migrate")  # formats in which a whole folder may have none
_TIMESTAMP = 8  # digits from which a version is a date, not a number in a row


@dataclass(frozen=True, slots=True)
class Validation:
    """What is wrong with a folder, in the order of its files."""

    dir: Path
    format: str
    migrations: int
    findings: tuple[Finding, ...]

    @property
    def fatal(self) -> bool:
        """Whether the folder cannot be used at all as it is."""
        return any(finding.fatal for finding in self.findings)

    @property
    def summary(self) -> str:
        """How many migrations there are, and how many findings."""
        found = plural(len(self.findings), "finding") if self.findings else "nothing to complain about"
        return f"{plural(self.migrations, 'migration')}, {found}"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of `validate`, without `ok`."""
        return {
            "summary": self.summary,
            "dir": sanitize(str(self.dir)),
            "format": self.format,
            "findings": [finding.as_dict() for finding in self.findings],
        }


def validate(path: Path) -> Validation:
    """Return everything that is wrong with a folder. Raises BadMigrations when it cannot be read at all."""
    folder = formats.scan(path)
    findings = [*folder.findings, *(_gaps(folder) if folder.format in _NUMBERED else ())]
    for migration in folder.migrations:
        if not migration.unsupported:
            findings.extend(_of_migration(migration, downs=_wants_downs(folder)))
    if folder.seed is not None:
        findings.extend(_of_seed(folder.seed))
    return Validation(path, folder.format, len(folder.migrations), tuple(findings))


def _gaps(folder: Folder) -> Iterator[Finding]:
    for before, after in pairwise(folder.migrations):
        first, last = int(before.version) + 1, int(after.version) - 1
        if first > last or len(after.version) >= _TIMESTAMP:
            continue
        width = len(after.version)
        missing = f"{first:0{width}}" if first == last else f"{first:0{width}} to {last:0{width}}"
        yield Finding(f"There is no {missing} between {before.label} and {after.label}.", after.up.path)


def _wants_downs(folder: Folder) -> bool:
    """Tell whether a migration without a way back is worth a word in this folder."""
    if folder.format in _UP_OR_BOTH:
        return any(migration.down is not None for migration in folder.migrations)
    return folder.format not in _UP_ONLY


def _of_migration(migration: Migration, *, downs: bool) -> Iterator[Finding]:
    yield from _of_script(migration.up)
    if migration.down is not None:
        yield from _of_script(migration.down)
    elif downs and not migration.repeatable:
        sentence = f"{sanitize(migration.label)} has no down file, so it cannot be rolled back."
        yield Finding(sentence, migration.up.path)
    if migration.verify is not None:
        yield from _of_verify(migration.verify)


def _of_script(script: Script) -> Iterator[Finding]:
    try:
        program = parse(script)
    except (BadSql, Refused) as error:
        yield _finding(script, error)
        return
    if not program.pieces:
        yield Finding(f"{shown(script.path)} has no statement.", script.path)


def _of_verify(script: Script) -> Iterator[Finding]:
    try:
        statements = split(script)
    except BadSql as error:
        yield _finding(script, error)
        return
    name = shown(script.path)
    if not statements:
        yield Finding(f"{name} has no statement, so it checks nothing.", script.path)
    for statement in statements:
        if statement.kind != _SELECT:
            sentence = f"{name}, line {statement.line}: a verify file has only SELECTs."
            yield Finding(sentence, script.path, statement.line, statement.column)


def _of_seed(path: Path) -> Iterator[Finding]:
    try:
        script = Script(path, reading.text(path))
    except BadMigrations as error:
        yield Finding(error.title, path, error.line)
        return
    yield from _of_script(script)


def _finding(script: Script, error: ConsoleError) -> Finding:
    return Finding(error.title, script.path, error.line, error.column)
