"""What one statement did: the difference between the look before it and the look after it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from console.migrations.hazards.hazard import Lock
from console.migrations.trial.seen import Look, Relation, There, mode
from console.text import plural, sanitize, size

_TABLES = frozenset("rpmf")
_FILES = frozenset("rmi")
_COUNTED = ("scans", "read", "fetched", "inserted", "updated", "deleted")


@dataclass(frozen=True, slots=True)
class Locked:
    """A lock that a statement took on what was there before the trial, in the strongest mode that is new."""

    name: str
    kind: str
    lock: Lock

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of a lock."""
        return {"object": self.name, "kind": self.kind, "lock": self.lock.word}


@dataclass(frozen=True, slots=True)
class Written:
    """A relation that got another file, or an index that was built on a table that was there before.

    `bytes` is its size afterwards, None where it was not asked for; `empty` says that there is no row in it.
    """

    oid: int
    name: str
    kind: str
    built: bool
    bytes: int | None = None
    empty: bool = False

    @property
    def sentence(self) -> str:
        """Say it: `rewritten: table public.orders, 1.20 MB`, or `emptied: table public.orders`."""
        verb = "built" if self.built else "emptied" if self.empty else "rewritten"
        measured = f", {size(self.bytes)}" if self.bytes and not self.empty else ""
        return f"{verb}: {self.kind} {self.name}{measured}"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of a rewritten relation."""
        return {"object": self.name, "kind": self.kind, "built": self.built, "bytes": self.bytes}


@dataclass(frozen=True, slots=True)
class Rows:
    """What a statement did with the rows of a table: read from end to end, fetched by an index, changed.

    `at_least` says that helpers of the server may have read more: only our own process counts for us.
    """

    name: str
    scans: int
    read: int
    fetched: int
    inserted: int
    updated: int
    deleted: int
    at_least: bool = False

    @property
    def sentence(self) -> str:
        """Say it: `public.orders: 500 rows scanned, 2 updated`; nothing where it only looked at an empty table."""
        least = "at least " if self.at_least else ""
        said = [f"{least}{plural(self.read, 'row')} scanned"] if self.read else []
        said += [f"{number:,} {word}" for word, number in self._others() if number]
        return f"{self.name}: {', '.join(said)}" if said else ""

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of the rows of a table."""
        return {"object": self.name} | {what: getattr(self, what) for what in _COUNTED}

    def _others(self) -> tuple[tuple[str, int], ...]:
        return (
            ("fetched by an index", self.fetched),
            ("inserted", self.inserted),
            ("updated", self.updated),
            ("deleted", self.deleted),
        )


@dataclass(frozen=True, slots=True)
class Effects:
    """All that one statement did. `advanced` are sequences, whose numbers a rollback does not bring back."""

    locks: tuple[Locked, ...] = ()
    files: tuple[Written, ...] = ()
    rows: tuple[Rows, ...] = ()
    advanced: tuple[str, ...] = ()

    def measured(self, sizes: Mapping[int, tuple[int, bool]]) -> Effects:
        """Return the same with the size of what was written, and whether it is empty, by oid."""
        known = ((each, *sizes.get(each.oid, (None, False))) for each in self.files)
        return replace(self, files=tuple(replace(each, bytes=taken, empty=empty) for each, taken, empty in known))

    @property
    def notes(self) -> tuple[str, ...]:
        """What a rollback does not undo, as sentences."""
        return tuple(f"The sequence {name} has moved on; a rollback does not move it back." for name in self.advanced)

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of the effects, which are a part of a statement."""
        return {
            "locks": [each.as_dict() for each in self.locks],
            "rewritten": [each.as_dict() for each in self.files],
            "rows": [each.as_dict() for each in self.rows],
            "notes": list(self.notes),
        }


def difference(there: There, before: Look, after: Look) -> Effects:
    """Return what happened between two looks. Of locks only those count that are on what was `there`."""
    new = {oid: each.locks - _held(before, oid) for oid, each in after.relations.items()}
    files = tuple(_written(there, before, after))
    return Effects(
        locks=(*_locked(there, new, after), *_objects(there, before, after)),
        files=files,
        rows=tuple(_rows(there, before, after, frozenset(after.relations[each.oid].of_table for each in files))),
        advanced=tuple(
            there.relations[oid].label
            for oid, locks in new.items()
            if oid in there.relations and there.relations[oid].kind == "S" and Lock.ROW_EXCLUSIVE in locks
        ),
    )


def held(there: There, look: Look) -> tuple[Locked, ...]:
    """Return the locks that are held already and keep others from something: taken again, they are not seen as new."""
    return tuple(each for each in difference(there, Look(), look).locks if each.lock > Lock.ROW_EXCLUSIVE)


def _held(look: Look, oid: int) -> frozenset[Lock]:
    found = look.relations.get(oid)
    return found.locks if found else frozenset()


def _locked(there: There, new: Mapping[int, frozenset[Lock]], after: Look) -> Iterator[Locked]:
    """Yield the new locks, strongest first; one on an index is nothing new where its table is held as strongly."""
    found = []
    for oid, locks in new.items():
        relation = there.relations.get(oid)
        if relation is None or not locks or relation.kind == "S":
            continue
        strongest = max(locks)
        if relation.of_table is None or strongest > max(_held(after, relation.of_table), default=Lock.NONE):
            found.append(Locked(relation.label, relation.kind_word, strongest))
    yield from sorted(found, key=lambda each: (-each.lock, each.name))


def _objects(there: There, before: Look, after: Look) -> Iterator[Locked]:
    for found in sorted(after.objects - before.objects, key=lambda each: (each.kind, each.identity)):
        if (found.class_, found.oid) in there.objects:
            yield Locked(sanitize(found.identity), sanitize(found.kind), mode(found.mode))


def _written(there: There, before: Look, after: Look) -> Iterator[Written]:
    for oid, now in sorted(after.relations.items(), key=lambda each: (each[1].kind != "r", each[1].name or "")):
        if now.kind not in _FILES or not now.file:
            continue
        earlier = before.relations.get(oid) or there.relations.get(oid)
        if oid in there.relations and earlier is not None and earlier.file != now.file:
            yield Written(oid, now.label, now.kind_word, built=False)
        elif earlier is None and now.of_table in there.relations:
            yield Written(oid, now.label, now.kind_word, built=True)


def _rows(there: There, before: Look, after: Look, built: frozenset[int | None]) -> Iterator[Rows]:
    """Yield what was done with rows; what a TRUNCATE forgets does not count backwards.

    `built` are the tables of indexes that were built: other processes may have read for them.
    """
    by_index = Counter[int | None]()  # an index counts for itself what it fetches from its table
    for now in after.relations.values():
        if now.of_table is not None:
            by_index[now.of_table] += _done(there, before, now)["fetched"]
    for oid, now in sorted(after.relations.items(), key=lambda each: each[1].name or ""):
        named = now if now.name else there.relations.get(oid)
        if named is None or named.kind not in _TABLES or not named.name:
            continue
        done = _done(there, before, now)
        done["fetched"] += by_index[oid]
        if any(done[name] for name in _COUNTED[1:]) or (done["scans"] and oid in there.relations):
            yield Rows(named.label, **done, at_least=oid in built)


def _done(there: There, before: Look, now: Relation) -> dict[str, int]:
    earlier = before.relations.get(now.oid) or there.relations.get(now.oid)
    return {name: max(getattr(now, name) - (getattr(earlier, name) if earlier else 0), 0) for name in _COUNTED}
