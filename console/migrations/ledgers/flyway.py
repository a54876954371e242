"""Flyway's ledger: a row for each thing that was done, failures and undoing included; rows are only added.

What stands is found by going through the rows: an undo or a deletion takes a version back, a baseline stands for all
files up to its version, and of a repeatable migration the last run counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, NamedTuple

from console.db.compose import Identifier
from console.db.query import Query
from console.migrations.files.flyway import REPEATABLE, checksum, description
from console.migrations.files.folder import Folder, Key, Migration, Order, Script
from console.migrations.ledgers import tables
from console.migrations.ledgers.composing import query
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Name, Note, Reader, Recorded

DEFAULT = Name("public", "flyway_schema_history")
_COLUMNS = frozenset(
    {
        *("installed_rank", "version", "description", "type", "script"),
        *("checksum", "installed_by", "installed_on", "execution_time", "success"),
    }
)
_LOCK = 0x466C79776179  # "Flyway"
_MARKS = ("SCHEMA", "BASELINE", "INIT")  # rows that no file made
_DESCRIPTION, _SCRIPT = 200, 1000  # characters the columns take
_REASON = (
    "Flyway recorded that it failed; what it did before that may still be there. Look at what is there, put it right,"
    " then take the row out with repair."
)


class _Row(NamedTuple):
    version: str | None
    description: str
    type: str
    script: str
    checksum: int | None
    installed_on: datetime
    execution_time: int
    success: bool

    @property
    def key(self) -> Key | str:
        """What a row is about: a version, or, of a repeatable migration, its description."""
        return self.description if self.version is None else Order.DOTTED.key(self.version)

    @property
    def begins(self) -> bool:
        """Whether it stands for all that is below its version."""
        return self.type.endswith("BASELINE") or self.type == "INIT"


def recognises(columns: Mapping[str, str]) -> bool:
    """Whether a table with these columns is such a ledger."""
    return columns.keys() >= _COLUMNS


@dataclass(frozen=True, slots=True)
class Flyway:
    """The ledger of Flyway in `table`; the folder gives the spelling of names and what a baseline stands for."""

    table: Name
    folder: Folder

    name: ClassVar[str] = "flyway"

    async def read(self, session: Reader) -> Recorded:
        """Return what is recorded, in two round trips, and write nothing."""
        if not recognises(await tables.columns(session, self.table)):
            return Recorded()
        [rows] = await session.read(query("flyway/rows", self.table, row=_Row))
        standing = _Standing(self.folder)
        for row in rows:
            standing.take(row)
        return Recorded(True, standing.applied(), dirty=standing.dirty())

    def create(self) -> Sequence[Query]:
        """Return the statements that make the table where it is missing."""
        key, index = Identifier(f"{self.table.table}_pk"), Identifier(f"{self.table.table}_s_idx")
        return (
            query("flyway/create", self.table, primary_key=key),
            query("flyway/create_index", self.table, index=index),
        )

    def note(self, note: Note) -> Sequence[Query]:
        """Return the statements that add the row of what was done, in place of one of a failure."""
        migration, down = note.migration, note.migration.down
        values = self._told(migration, note.version)
        if note.direction is Direction.DOWN and down is not None:
            undone = description(down.path.stem.partition("__")[2])
            values |= {
                "type": "UNDO_SQL",
                "script": self._path(down),
                "description": _shortened(undone),
                "checksum": int(checksum(down.text)),
            }
        record = query("flyway/record", self.table, {**values, "duration_ms": note.duration_ms, "success": True})
        return (*self._forgiven(note), record)

    def start(self, note: Note) -> Sequence[Query]:
        """Return nothing: the tool marks nothing beforehand."""
        return ()

    def fail(self, note: Note, error: str) -> Sequence[Query]:
        """Return the statements that add the row of a failure, of which there is never more than one."""
        if note.direction is Direction.DOWN:
            return ()
        values = {**self._told(note.migration, note.version), "duration_ms": note.duration_ms, "success": False}
        return (*self._forgiven(note), query("flyway/record", self.table, values))

    def holds(self, note: Note) -> Query:
        """Return the question whether a migration is recorded as applied."""
        return query("flyway/holds", self.table, {**_identity(note.version), "checksum": _sum(note.migration)})

    def clear(self, dirty: Dirty) -> Sequence[Query]:
        """Return the statement that takes out the rows of a failure."""
        return (query("flyway/clear", self.table, _identity(dirty.version)),)

    def accept(self, applied: Applied, migration: Migration) -> Sequence[Query]:
        """Return the statement that makes the row of a migration agree with its file."""
        before = _identity(applied.version)
        values = self._told(migration, migration.version)
        values |= {"before": before["version"], "described": before["description"]}
        return (query("flyway/accept", self.table, values),)

    def lock_keys(self, database: str) -> Sequence[int]:
        """Return the key that Flyway takes while it migrates."""
        quoted = ".".join('"' + part.replace('"', '""') + '"' for part in self.table)
        return (_LOCK + java_hash(quoted),)

    def _forgiven(self, note: Note) -> Sequence[Query]:
        """Return what takes out the row of a failure before a migration is gone through to its end."""
        if note.direction is Direction.DOWN:
            return ()
        return (query("flyway/clear", self.table, _identity(note.version)),)

    def _told(self, migration: Migration, version: str) -> dict[str, Any]:
        """Return what the ledger keeps of a migration."""
        kind, java = migration.up.path.name[0], migration.up.path.suffix == ".java"
        told = _identity(migration.version)
        return {
            "version": None if migration.repeatable else version,
            "description": told["description"] or _shortened(description(migration.name)),
            "type": "JDBC" if java else "SQL_BASELINE" if kind == "B" else "SQL",
            "script": self._path(migration.up),
            "checksum": _sum(migration),
        }

    def _path(self, script: Script) -> str:
        """Return a script's path below the folder, its end if it is too long."""
        path = script.path.relative_to(self.folder.path).as_posix()
        return path if len(path) <= _SCRIPT else "..." + path[3 - _SCRIPT :]


@dataclass(slots=True)
class _Standing:
    """What stands after all rows so far."""

    folder: Folder
    rows: dict[Key | str, _Row] = field(default_factory=dict)
    failed: dict[Key | str, _Row] = field(default_factory=dict)
    baseline: _Row | None = None

    def take(self, row: _Row) -> None:
        """Go through one row more."""
        if row.begins and row.success:
            self.baseline = row
        if row.type in _MARKS:
            return
        self.failed.pop(row.key, None)
        if not row.success:
            self.failed[row.key] = row
            return
        self.rows.pop(row.key, None)  # what is applied again comes last
        if not row.type.startswith(("UNDO", "DELETE")):
            self.rows[row.key] = row

    def applied(self) -> tuple[Applied, ...]:
        """Return what is applied, in the order of application."""
        found = [*self._below_the_baseline(), *((row, self._file(row)) for row in self.rows.values())]
        return tuple(_applied(row, migration, position) for position, (row, migration) in enumerate(found, 1))

    def dirty(self) -> tuple[Dirty, ...]:
        """Return what failed and was not done since."""
        return tuple(Dirty(*_named(row, self._file(row)), _REASON) for row in self.failed.values())

    def _below_the_baseline(self) -> Iterable[tuple[_Row, Migration]]:
        if self.baseline is None or self.baseline.version is None:
            return
        last = Order.DOTTED.key(self.baseline.version)
        for migration in self.folder.migrations:
            key = Order.DOTTED.key(migration.version)
            if not migration.repeatable and key <= last and key not in self.rows:
                yield self.baseline, migration

    def _file(self, row: _Row) -> Migration | None:
        if row.version is not None:
            return self.folder.find(row.version)
        repeatable = (each for each in self.folder.migrations if each.repeatable)
        return next((each for each in repeatable if _identity(each.version)["description"] == row.description), None)


def java_hash(text: str) -> int:
    """Return what Java's String.hashCode gives: a signed number of 32 bits.

    >>> java_hash("hello"), java_hash("flyway_schema_history")
    (99162322, 1610714361)
    """
    units = text.encode("utf-16-be", "surrogatepass")
    sum_ = 0
    for high, low in zip(units[::2], units[1::2], strict=True):
        sum_ = (31 * sum_ + 256 * high + low) % 2**32
    return sum_ - 2**32 if sum_ >= 2**31 else sum_


def _identity(version: str) -> dict[str, str | None]:
    """Return by what the ledger knows a migration: its version, or the description of a repeatable one."""
    if version.startswith(REPEATABLE):
        return {"version": None, "description": _shortened(description(version.removeprefix(REPEATABLE)))}
    return {"version": version, "description": None}


def _sum(migration: Migration) -> int | None:
    return int(migration.checksum) if migration.checksum else None


def _shortened(text: str) -> str:
    return text if len(text) <= _DESCRIPTION else text[: _DESCRIPTION - 3] + "..."


def _named(row: _Row, migration: Migration | None) -> tuple[str, str]:
    if migration is not None:
        return migration.version, migration.name
    if row.version is None:
        return REPEATABLE + row.description.replace(" ", "_"), ""
    return row.version, row.description.replace(" ", "_")


def _applied(row: _Row, migration: Migration | None, position: int) -> Applied:
    version, name = _named(row, migration)
    of_this_file = migration is None or row.begins == (migration.up.path.name[0] == "B")
    kept = str(row.checksum) if of_this_file and row.checksum is not None else None
    took = row.execution_time if of_this_file else None
    return Applied(version, name, position, checksum=kept, applied_at=row.installed_on, duration_ms=took)
