"""Makes the files of the next migration."""

from __future__ import annotations

import re
from pathlib import Path

from console.errors import UsageError
from console.migrations.files import native, reading
from console.text import sanitize

_LONGEST = 80
_WIDTH = 4
_TEMPLATES = {
    "up": "-- {label}: what changes. It runs in one transaction, together with the record of it.\n",
    "down": "-- {label}: the way back, in reverse order.\n",
    "verify": (
        "-- {label}: one row is one check, for instance:\n"
        "-- SELECT 'table people exists' AS check_name, to_regclass('public.people') IS NOT NULL AS ok, '' AS detail;\n"
    ),
}


def create(path: Path, name: str) -> tuple[Path, ...]:
    """Write `NNNN_name.up.sql`, `.down.sql` and `.verify.sql` with the next number; return their paths.

    The folder is made if it is missing; no file is ever overwritten. Raises UsageError for a name that has no letter or
    digit, BadMigrations for a folder that cannot be read or written.
    """
    safe = slug(name)
    if not path.exists():
        _make(path)
    label = f"{_next_number(path)}_{safe}"
    return tuple(_write(path / f"{label}.{part}.sql", text.format(label=label)) for part, text in _TEMPLATES.items())


def slug(name: str) -> str:
    """Return a name that is safe in a file's name.

    >>> slug("Add  orders/2024 & more")
    'add_orders_2024_more'
    """
    safe = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:_LONGEST].rstrip("_")
    if not safe:
        raise UsageError(f"“{sanitize(name)}” gives no file name.", hint="Use letters and digits, such as add_orders.")
    return safe


def _next_number(path: Path) -> str:
    found = [match["version"] for entry in reading.listing(path) if (match := native.FILE.fullmatch(entry.name))]
    if not found:
        return "1".zfill(_WIDTH)
    newest = max(found, key=int)
    return str(int(newest) + 1).zfill(max(_WIDTH, len(newest)))


def _make(path: Path) -> None:
    try:
        path.mkdir(parents=True)
    except OSError as error:
        raise UsageError(f"The folder {sanitize(str(path))} cannot be made: {error.strerror}.") from error


def _write(path: Path, text: str) -> Path:
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"{sanitize(path.name)} cannot be written: {error.strerror}.") from error
    return path
