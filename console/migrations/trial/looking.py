"""Looks at what our own transaction holds and has done, a round trip a look."""

from __future__ import annotations

from dataclasses import dataclass, field

from console.db.query import Query
from console.db.settings import bounded
from console.db.writer import Writer
from console.errors import TimedOut
from console.migrations.trial.effects import Effects, difference
from console.migrations.trial.limit import Limit
from console.migrations.trial.seen import Look, ObjectLock, Relation, There
from console.sql.queries import load


def _object(**row: object) -> ObjectLock:
    return ObjectLock(class_=row.pop("class"), **row)  # type: ignore[arg-type]


_THERE = (Query(load("trial/relations"), row=Relation), Query(load("trial/objects_there")))
_LOOK = (Query(load("trial/held"), row=Relation), Query(load("trial/objects"), row=_object))


@dataclass(slots=True)
class Looking:
    """What is known of the database from before the first statement, and from the newest look."""

    writer: Writer
    limit: Limit
    there: There = field(default_factory=There)
    last: Look = field(default_factory=Look)

    async def begin(self) -> None:
        """Read what is there before the first statement. Raises StatementFailed and its kin."""
        relations, objects = await self.writer.read(*_THERE)
        self.there = There({each.oid: each for each in relations}, frozenset(objects))
        await self.again()

    async def again(self) -> None:
        """Look anew where something was undone, with its locks and the bounds of the next statement."""
        # The bounds of the next statement go with the look: a round trip less, and it follows at once.
        _, held, objects, _ = await self.writer.read(
            bounded(self.limit.for_looking()), *_LOOK, bounded(self.limit.bounds())
        )
        self.last = Look.of(held, objects)

    async def after(self) -> Effects | None:
        """Return what the statement since the last look did; None when there was no time left to look."""
        before = self.last
        try:
            await self.again()
            found = difference(self.there, before, self.last)
            return await self._measured(found) if found.files else found
        except TimedOut:
            return None

    async def _measured(self, found: Effects) -> Effects:
        oids = [each.oid for each in found.files]
        [sizes] = await self.writer.read(Query(load("trial/sizes"), {"oids": oids}))
        return found.measured({oid: (taken, empty) for oid, taken, empty in sizes})
