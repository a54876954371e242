"""Everything about one extension for the tabs beside the tree, read in one round trip."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from console.db.query import Query
from console.sql import queries

if TYPE_CHECKING:
    from console.db.session import Session


@dataclass(frozen=True, slots=True)
class ExtensionHead:
    """The extension itself; `available` is the version the server's files would make, None where there are none."""

    name: str
    version: str
    available: str | None
    schema: str
    owner: str
    comment: str | None
    needs: Sequence[str]
    needed_by: Sequence[str]

    @property
    def newer(self) -> str | None:
        """The version to which it can be brought, None if it is none or an older one."""
        if self.available is None or order(self.available) <= order(self.version):
            return None
        return self.available


@dataclass(frozen=True, slots=True)
class MemberDetail:
    """What belongs to the extension; `kind` and `name` as pg_identify_object says them."""

    kind: str
    oid: int
    name: str


@dataclass(frozen=True, slots=True)
class ExtensionDetail:
    """An extension with what belongs to it, by kind and name."""

    head: ExtensionHead
    members: tuple[MemberDetail, ...]

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """How many members there are of each kind."""
        return tuple(sorted(Counter(each.kind for each in self.members).items()))


async def read(session: Session, oid: int) -> ExtensionDetail | None:
    """Read one extension by its oid; None when it is gone. One round trip.

    Raises StatementFailed, ConnectionFailed.
    """
    asked = (
        Query(queries.load("detail/extension"), {"oid": oid}, row=ExtensionHead),
        Query(queries.load("detail/members"), {"oid": oid}, row=MemberDetail),
    )
    heads, members = await session.read(*asked, doing="reading an extension")
    return ExtensionDetail(heads[0], tuple(members)) if heads else None


def order(version: str) -> tuple[int, ...]:
    """Return what versions of extensions are compared by.

    >>> order("1.10") > order("1.9"), order("0.8.5") > order("0.8")
    (True, True)
    """
    return tuple(int(digits) for digits in re.findall(r"\d+", version))
