"""Makes the files of the next migration, in the format of the folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from console.errors import UsageError
from console.migrations.files import formats, own_tool, reading
from console.migrations.files.folder import Order
from console.migrations.filled import Content, filled
from console.text import sanitize

_LONGEST = 80
_WIDTH = 4
_SECONDS = 14  # digits of a version that is a moment, as in 20240131120000
_MILLISECONDS = 13  # digits of a version that counts them since 1970
_PRECISE = "%Y%m%d%H%M%S%f"
_LEADING = re.compile(r"[VU]?(?P<version>[0-9]+(?:[._][0-9]+)*?)_.*", re.DOTALL)

Drafts = Iterator[tuple[str, str]]


def create(path: Path, name: str, *, now: datetime | None = None, content: Content | None = None) -> tuple[Path, ...]:
    """Write the files of a migration that comes after all others; return their paths.

    They are to be filled in, or are filled with `content`; a format without a way back has none then, either. The
    folder is made if it is missing; no file is ever overwritten. Raises UsageError for a name that has no letter or
    digit and for a format whose own tool has to do it, Refused for one that is only read here, BadMigrations for a
    folder that cannot be read or written.
    """
    safe = slug(name)
    if not path.exists():
        _make(path)
    format = _format(path)
    own_tool.must_run_here(formats.OWN_TOOLS.get(format), "new")
    if format not in _DRAFTS:
        raise UsageError(
            f"This folder has Drizzle's journal, which its own tool has to write. Nothing was made in {format}.",
            hint=f"drizzle-kit generate --custom --name={safe} makes an empty migration; fill it in as you like.",
        )
    drafts = list(_DRAFTS[format](path, safe, now or datetime.now(UTC)))
    if content is not None:
        drafts = list(filled(format, drafts, content))
    return tuple(_write(path / file, text) for file, text in drafts)


def slug(name: str) -> str:
    """Return a name that is safe in a file's name.

    >>> slug("Add  orders/2024 & more")
    'add_orders_2024_more'
    """
    safe = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")[:_LONGEST].rstrip("_")
    if not safe:
        raise UsageError(f"“{sanitize(name)}” gives no file name.", hint="Use letters and digits, such as add_orders.")
    return safe


def _format(path: Path) -> str:
    """Return the folder's format; an empty one has that of the tool whose folder it lies in, else ours."""
    if any(not entry.name.startswith(".") for entry in reading.listing(path)):
        return formats.detect(path).format
    return path.resolve().parent.name if path.resolve().parent.name in ("supabase", "prisma") else formats.NATIVE


def _native(path: Path, name: str, now: datetime) -> Drafts:
    label = f"{_number(path, _WIDTH)}_{name}"
    yield f"{label}.up.sql", f"-- {label}: what changes. It runs in one transaction, together with the record of it.\n"
    yield f"{label}.down.sql", f"-- {label}: the way back, in reverse order.\n"
    yield (
        f"{label}.verify.sql",
        f"-- {label}: one row is one check, for instance:\n"
        "-- SELECT 'table people exists' AS check_name, to_regclass('public.people') IS NOT NULL AS ok,"
        " '' AS detail;\n",
    )


def _golang_migrate(path: Path, name: str, now: datetime) -> Drafts:
    label = f"{_next(path, 6, now)}_{name}"
    yield f"{label}.up.sql", f"-- {label}: what changes.\n"
    yield f"{label}.down.sql", f"-- {label}: the way back, in reverse order.\n"


def _sqlx(path: Path, name: str, now: datetime) -> Drafts:
    label = f"{_next(path, 4, now) if _versions(path) else _moment(path, now)}_{name}"
    if any(entry.name.endswith(".up.sql") for entry in reading.listing(path)):
        yield f"{label}.up.sql", f"-- {name}: what changes.\n"
        yield f"{label}.down.sql", f"-- {name}: the way back, in reverse order.\n"
    else:
        yield f"{label}.sql", f"-- {name}: what changes.\n"


def _node_pg_migrate(path: Path, name: str, now: datetime) -> Drafts:
    newest = max(_versions(path), key=int, default="")
    if not newest or len(newest) == _MILLISECONDS:
        number = str(max(int(now.timestamp() * 1000), int(newest or 0) + 1))
    else:
        number = _number(path, _WIDTH) if len(newest) < _MILLISECONDS else now.astimezone(UTC).strftime(_PRECISE)[:17]
    yield f"{number}_{name}.sql", "-- Up Migration\n\n-- Down Migration\n"


def _goose(path: Path, name: str, now: datetime) -> Drafts:
    yield f"{_next(path, 5, now)}_{name}.sql", "-- +goose Up\n\n-- +goose Down\n"


def _dbmate(path: Path, name: str, now: datetime) -> Drafts:
    yield f"{_moment(path, now)}_{name}.sql", "-- migrate:up\n\n\n-- migrate:down\n\n"


def _supabase(path: Path, name: str, now: datetime) -> Drafts:
    yield f"{_moment(path, now)}_{name}.sql", f"-- {name}: what changes.\n"


def _prisma(path: Path, name: str, now: datetime) -> Drafts:
    yield f"{_moment(path, now)}_{name}/migration.sql", f"-- {name}: what changes.\n"


def _diesel(path: Path, name: str, now: datetime) -> Drafts:
    moment = _moment(path, now)
    label = f"{moment[:4]}-{moment[4:6]}-{moment[6:8]}-{moment[8:]}_{name}"
    yield f"{label}/up.sql", "-- What changes.\n"
    yield f"{label}/down.sql", "-- The way back, in reverse order.\n"


def _flyway(path: Path, name: str, now: datetime) -> Drafts:
    versions = [folder.version for folder in formats.scan(path).migrations if not folder.repeatable]
    newest = max(versions, key=Order.DOTTED.key, default="0")
    first = re.split("[._]", newest)[0]
    version = now.strftime("%Y%m%d%H%M%S") if len(first) == _SECONDS else str(int(first) + 1)
    yield f"V{version}__{name}.sql", f"-- {name}: what changes.\n"


_DRAFTS: Mapping[str, Callable[[Path, str, datetime], Drafts]] = MappingProxyType(
    {
        formats.NATIVE: _native,
        "golang-migrate": _golang_migrate,
        "goose": _goose,
        "dbmate": _dbmate,
        "supabase": _supabase,
        "prisma": _prisma,
        "diesel": _diesel,
        "flyway": _flyway,
        "sqlx": _sqlx,
        "node-pg-migrate": _node_pg_migrate,
    }
)


def _versions(path: Path) -> list[str]:
    """Return the digits that the names in a folder begin with, as they are spelt."""
    found = (_LEADING.fullmatch(entry.name.replace("-", "", 3)) for entry in reading.listing(path))
    return [match["version"] for match in found if match and match["version"].isdigit()]


def _number(path: Path, width: int) -> str:
    """Return the number after the newest one, as wide as that."""
    newest = max(_versions(path), key=int, default="0")
    return str(int(newest) + 1).zfill(max(width, len(newest)))


def _next(path: Path, width: int, now: datetime) -> str:
    """Return the next number, or a moment where the newest one is a moment, too."""
    newest = max(_versions(path), key=int, default="")
    if len(newest) >= _SECONDS:
        return _moment(path, now)
    return str(int(newest or 0) + 1).zfill(len(newest) or width)


def _moment(path: Path, now: datetime) -> str:
    """Return the moment as a version, one after the newest if that lies ahead of the clock."""
    newest = max((each for each in _versions(path) if len(each) == _SECONDS), default="0")
    return max(now.astimezone(UTC).strftime("%Y%m%d%H%M%S"), str(int(newest) + 1), key=int)


def _make(path: Path) -> None:
    try:
        path.mkdir(parents=True)
    except OSError as error:
        raise UsageError(f"The folder {sanitize(str(path))} cannot be made: {error.strerror}.") from error


def _write(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(exist_ok=True)
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise UsageError(f"{sanitize(path.name)} cannot be written: {error.strerror}.") from error
    return path
