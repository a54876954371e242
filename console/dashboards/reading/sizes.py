"""The file in which sizes are remembered: one reading an hour of each database and its largest tables.

SQLite, readable by its user alone. Several consoles may use it at once; the first of an hour is kept. Hours are kept
for five weeks, one reading a day for two years.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path

from console.config import paths
from console.errors import UsageError
from console.sql import queries

DATABASE = ""  # the name of the database itself among its tables
HOUR = 3600
_HOURLY = 35 * 24
_OLDEST = 2 * 366 * 24
_PATIENCE = 2.0  # seconds to wait for another console
_VERSION = 1
_END = 1 << 50  # seconds since 1970

Reading = tuple[int, int]  # seconds since 1970, and bytes


class Sizes:
    """The sizes of one database, `place` as `queries/growth/place.sql` has it. Each call opens and closes the file."""

    def __init__(self, file: Path, place: str) -> None:
        self.file = file
        self.place = place

    def due(self, at: float) -> bool:
        """Tell whether there is no reading yet of this hour. Raises UsageError."""
        hour = int(at) // HOUR
        with self._opened() as file:
            return self._last(file, hour) < hour

    def keep(self, at: float, sizes: Mapping[str, int]) -> bool:
        """Keep a reading, bytes by name; False when there is one of this hour already. Raises UsageError."""
        hour = int(at) // HOUR
        with self._opened() as file:
            file.execute("BEGIN IMMEDIATE")
            last = self._last(file, hour)
            if last >= hour:
                file.execute("ROLLBACK")
                return False
            rows = [
                {"place": self.place, "name": name, "hour": hour, "at": int(at), "bytes": size}
                for name, size in sizes.items()
            ]
            file.executemany(_sql("object"), rows)
            file.executemany(_sql("keep"), rows)
            if last // 24 < hour // 24:
                file.execute(_sql("thin"), {"hourly": (hour - _HOURLY) // 24 * 24, "oldest": hour - _OLDEST})
                file.execute(_sql("forget"))
            file.execute("COMMIT")
        return True

    def readings(self, name: str | None = None, *, until: float = _END) -> dict[str, list[Reading]]:
        """Return the readings of one name, or of all, oldest first.

        What came in hours after `until` is of a clock that went wrong, and left out. Raises UsageError.
        """
        found: dict[str, list[Reading]] = {}
        asked = {"place": self.place, "name": name, "until": int(until) // HOUR}
        with self._opened() as file:
            for each, at, size in file.execute(_sql("readings"), asked):
                found.setdefault(each, []).append((at, size))
        return found

    def _last(self, file: sqlite3.Connection, hour: int) -> int:
        """Return the hour of the newest reading up to this one; a later one is of a clock that went wrong."""
        [(last,)] = file.execute(_sql("last"), {"place": self.place, "hour": hour}).fetchall()
        return -1 if last is None else int(last)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with contextlib.closing(self._open()) as file:
                yield file
        except (sqlite3.Error, OSError) as error:
            raise UsageError(
                f"The sizes of the last months, {self.file}, cannot be used.",
                detail=str(error),
                hint="If the file is damaged, move it away: a new one is begun.",
            ) from error

    def _open(self) -> sqlite3.Connection:
        if not self.file.exists():
            paths.private(self.file.parent)
            os.close(os.open(self.file, os.O_WRONLY | os.O_CREAT, 0o600))
        file = sqlite3.connect(self.file, timeout=_PATIENCE, isolation_level=None)
        try:
            _prepare(file)
        except BaseException:
            file.close()
            raise
        return file


def _prepare(file: sqlite3.Connection) -> None:
    [(version,)] = file.execute("PRAGMA user_version").fetchall()
    if version > _VERSION:
        raise sqlite3.DatabaseError("A newer dbconsole has written it.")
    if version < _VERSION:
        file.executescript(f"BEGIN IMMEDIATE; {_sql('schema')} PRAGMA user_version = {_VERSION}; COMMIT")
    file.execute("PRAGMA foreign_keys = on")


def _sql(name: str) -> str:
    return queries.load(f"growth/{name}", "sqlite")
