"""Reads two databases of one version together: their digests first, then of both what differs and what that touches."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from console.catalog import compare, reader
from console.catalog.digests.side import Side
from console.catalog.digests.units import differing
from console.catalog.key import Key
from console.catalog.model import Catalog
from console.db.session import Session

T = TypeVar("T")

_DOING = "comparing the digests of two databases"


async def read(a: Session, b: Session, always: Callable[[Key], bool]) -> tuple[Catalog, Catalog] | None:
    """Return of both sides the same part: what is no relation's, and the relations that differ or stand around these.

    What is left out is equal on both sides, and of no concern for what turns the one into the other. `always` says
    which relations are read although they are equal. None where that would say too little: the servers are of
    different versions, or another session has locked a relation. Three round trips a side, in one snapshot each, both
    at the same time; one where nothing differs. Raises StatementFailed and its kin, ConnectionFailed.
    """
    versions = [session.server.version_num for session in (a, b) if session.server is not None]
    if a is b or len(versions) < 2 or versions[0] // 10000 != versions[1] // 10000:
        return None
    first, second = (each.looking(lock_timeout=reader.LOCK_TIMEOUT, doing=_DOING) for each in (a, b))
    async with first as one, second as two:
        left, right = Side(one, versions[0]), Side(two, versions[1])
        await _both(left.look(), right.look())
        if left.is_locked or right.is_locked:
            return None
        found = await _concerned(left, right, always)
        if found:
            await _both(left.fill(found), right.fill(found))
    return left.catalog, right.catalog


async def _concerned(left: Side, right: Side, always: Callable[[Key], bool]) -> set[Key]:
    """Return the relations to be read, by the dependencies of both sides."""
    sides = (left, right)
    found = differing(left.units, right.units) | left.needed | right.needed
    found |= {key for key in left.units.keys() | right.units.keys() if always(key)}
    others = {each.key for each in compare.compare(left.catalog, right.catalog)}
    while found or others:
        reached = await _both(left.around(found, others), right.around(found, others))
        more = found.union(*reached)
        if all(more & side.units.keys() <= there | found for side, there in zip(sides, reached, strict=True)):
            return more
        found = more
    return found


async def _both(one: Coroutine[Any, Any, T], two: Coroutine[Any, Any, T]) -> tuple[T, T]:
    """Do both at the same time, and both to the end: a connection is not left in the middle of a statement."""
    done: list[T | BaseException] = [*await asyncio.gather(one, two, return_exceptions=True)]
    for each in done:
        if isinstance(each, BaseException):
            raise each
    return done[0], done[1]  # type: ignore[return-value]
