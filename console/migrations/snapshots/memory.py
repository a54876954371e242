"""What a database remembers of its schema: the snapshots, what migrations have touched, and what was done when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from console.catalog import packed
from console.catalog.model import Catalog, Key, Kind
from console.catalog.packed import Packed
from console.db.query import Query
from console.db.session import Session
from console.errors import StatementFailed
from console.migrations.snapshots.keeping import BEFORE
from console.sql.queries import load

_NO_TABLE = "42P01"


@dataclass(frozen=True)
class Snapshot:
    """What the schema was from `taken_at` until `seen_at` at least, `after` the migration of that label.

    `moment` is before or after the `run` that took it: what had changed before was changed by others. `content` is
    None of a schema too large to be kept.
    """

    run: str
    moment: str
    after: str
    taken_at: datetime
    seen_at: datetime
    server_version: int
    content: bytes | None

    @property
    def by_others(self) -> bool:
        """Whether what differs from the snapshot before was changed outside of any run."""
        return self.moment == BEFORE

    @property
    def major(self) -> int:
        """The server's major version."""
        return self.server_version // 10000

    @cached_property
    def packed(self) -> Packed:
        """The catalog again, for digests of what is in it."""
        return Packed(self.catalog)

    @cached_property
    def catalog(self) -> Catalog:
        """What it holds. Raises UsageError where that cannot be read."""
        assert self.content is not None
        return packed.unpack(self.content)


@dataclass(frozen=True, slots=True)
class Touch:
    """What a migration has touched in one run, with digests; without a version, what others have meanwhile."""

    run: str
    version: str
    label: str
    direction: str
    at: datetime
    server_version: int
    objects: Mapping[Key, str | None]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done about a migration, as the history has it."""

    run: str
    version: str
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Memory:
    """All of it: `snapshots` and `touches` oldest first, as the deeds."""

    snapshots: tuple[Snapshot, ...] = ()
    touches: tuple[Touch, ...] = ()
    deeds: tuple[Deed, ...] = ()


async def read(session: Session) -> Memory:
    """Return what is remembered; nothing where an older console has run the migrations.

    Raises StatementFailed where the role may not read it, and what reading raises.
    """
    deeds = Query(load("snapshots/deeds"), row=Deed)
    try:
        snapshots, touches, done = await session.read(
            Query(load("snapshots/list"), row=Snapshot), Query(load("snapshots/touched"), row=_touch), deeds, large=True
        )
    except StatementFailed as error:
        if error.sqlstate != _NO_TABLE:
            raise
        return Memory()
    return Memory(tuple(snapshots), tuple(touches), tuple(done))


def _touch(*, objects: Sequence[Sequence[str]], **row: object) -> Touch:
    found = {Key(Kind(kind), *rest[:-1]): rest[-1] for kind, *rest in objects}
    return Touch(objects=found, **row)  # type: ignore[arg-type]
