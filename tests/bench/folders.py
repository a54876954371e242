"""Folders of small migrations, in several tools' formats: each makes a table, and its way back drops it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

DBMATE, GOLANG, FLYWAY, NATIVE = "dbmate", "golang-migrate", "flyway", "dbconsole"


def table(number: int) -> str:
    """Return what a migration does."""
    return f"CREATE TABLE t_{number} (id bigint PRIMARY KEY, name text);\n"


def make(folder: Path, format: str, count: int, *, back: bool = True) -> Path:
    """Write `count` migrations, anew; without `back` each is one file that has no way back. Return the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for number in range(1, count + 1):
        for name, text in _FORMATS[format](number, f"DROP TABLE t_{number};\n" if back else "").items():
            (folder / name).write_text(text)
    return folder


def _native(number: int, down: str) -> dict[str, str]:
    return _pair(f"{number:04}_t_{number}", number, down)


def _golang(number: int, down: str) -> dict[str, str]:
    return _pair(f"{number:06}_t_{number}", number, down)


def _pair(stem: str, number: int, down: str) -> dict[str, str]:
    return {f"{stem}.up.sql": table(number)} | ({f"{stem}.down.sql": down} if down else {})


def _dbmate(number: int, down: str) -> dict[str, str]:
    text = f"-- migrate:up\n{table(number)}\n-- migrate:down\n{down}"
    return {f"{20240101000000 + number}_t_{number}.sql": text}


def _flyway(number: int, down: str) -> dict[str, str]:
    return {f"V{number}__t_{number}.sql": table(number)} | ({f"U{number}__t_{number}.sql": down} if down else {})


_FORMATS: Mapping[str, Callable[[int, str], dict[str, str]]] = {
    NATIVE: _native,
    DBMATE: _dbmate,
    GOLANG: _golang,
    FLYWAY: _flyway,
}
