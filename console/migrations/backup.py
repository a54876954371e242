"""The backup before a run: where it goes, and that it is made of the server itself."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

from console.db import dumping, pooling
from console.db.dumping import Dumped, Growing
from console.db.session import Session
from console.errors import Refused, UsageError
from console.text import sanitize

_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")
_LONGEST = 100


def file(database: str, wanted: Path | None, now: datetime) -> Path:
    """Return where a backup goes: a file that was named, a folder that is there, or else the folder we are in.

    `now` is in UTC. Raises UsageError when there is no such folder, or when the file is there already.

    >>> file("app db", Path("/tmp"), datetime(2026, 1, 2, 3, 4, 5)).name
    'app_db-20260102T030405Z.dump'
    """
    wanted = wanted or Path()
    if wanted.is_dir():
        name = f"{_NOT_IN_A_NAME.sub('_', database)[:_LONGEST] or 'database'}-{now:%Y%m%dT%H%M%SZ}"
        return next(path for path in _numbered(wanted / name) if not path.exists())
    path = wanted
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {sanitize(str(path.parent))} for the backup. Nothing has run.")
    if path.exists():
        raise UsageError(f"{sanitize(str(path))} is there already; a backup is never written over. Nothing has run.")
    return path


def _numbered(path: Path) -> Iterator[Path]:
    """Yield the names that a backup may have: two of one second are told apart by a number."""
    yield path.with_name(f"{path.name}.dump")
    yield from (path.with_name(f"{path.name}-{number}.dump") for number in count(2))


async def make(session: Session, path: Path) -> AsyncGenerator[Growing | Dumped]:
    """Back the database of a session up, by pg_dump's own connection; yield how it grows, and at last what there is.

    Raises what `must_be_possible` and `dumping.dump` raise.
    """
    await must_be_possible(session)
    assert session.server is not None
    async for event in dumping.dump(session.target, path, major=session.server.major):
        yield event


async def must_be_possible(session: Session) -> None:
    """Raise Refused where no backup can be made: no fitting pg_dump, or no way around a pooler."""
    if session.server is None:
        await session.read()
    assert session.server is not None
    dumping.program(session.server.major)
    target = session.target
    way = target.direct or target.params
    # Who greeted a session on the other way says nothing of this one.
    same_way = session.direct or target.direct is None
    if pooling.shared(way, greeted_by_another=same_way and session.greeted_by_another):
        raise Refused(
            "No backup can be made: only a transaction pooler is known as the way to the server.",
            detail="What pg_dump sets for itself would reach other clients of the pooler. Nothing has run.",
            hint="Give the profile a direct_url, the address of the server itself.",
        )
