"""What the snapshots of a database tell of an object: when it became what it is, and by whom. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from console.catalog.compare import Action, compare
from console.catalog.model import Catalog, Key, Kind
from console.migrations import history
from console.migrations.ledgers.ledger import Unfinished
from console.migrations.snapshots import touching
from console.migrations.snapshots.memory import Memory, Snapshot, Touch
from console.text import sanitize

_SAYS_OTHERWISE = "{label} has made it what it is here, and its file makes something else of it now"
_CHANGING = frozenset({history.APPLIED, history.ROLLED_BACK, history.FAILED, history.INTERRUPTED})


@dataclass(frozen=True, slots=True)
class Told:
    """What the snapshots tell of an object: by hand, after which migration; else a sentence what is known."""

    sentence: str
    by_hand: bool = False
    after: str = ""


class Chronicle:
    """What the snapshots tell, newest first; two of them are compared when somebody asks.

    `half_way` are the scripts outside a transaction that have stopped, whose run may have had no end.
    """

    def __init__(self, memory: Memory, live: Catalog, half_way: Iterable[Unfinished] = ()) -> None:
        self._memory, self._live, self._half_way = memory, live, tuple(half_way)
        self._kept = [each for each in self._memory.snapshots if each.content is not None]
        self._moved: dict[int, Mapping[Key, Action]] = {}

    def of(self, keys: Collection[Key]) -> Told:
        """Tell how an object came to be what it is in the database."""
        if not self._kept:
            return Told("no snapshot of the schema was kept when its migrations were run")
        for place in reversed(range(len(self._kept))):
            if _touches(self._between(place), keys):
                return self._told(place, keys)
            if self._upgraded(place):
                return Told(self._said_of_upgrade(place))
        return self._from_the_beginning(keys)

    def touched(self, keys: Collection[Key]) -> tuple[Touch, ...]:
        """Return which migrations have touched one of these objects, as far as it is recorded, oldest first."""
        touches = self._memory.touches
        return tuple(each for each in touches if each.version and any(key in each.objects for key in keys))

    def _between(self, place: int) -> Mapping[Key, Action]:
        """Return what differs between a snapshot and the next one, after the last the database itself."""
        if place not in self._moved:
            after = self._after(place)
            here = self._kept[place].catalog
            found = _moved(here, touching.without_own(after) if after is self._live else after)
            # What two versions of PostgreSQL say of one object may differ without a meaning.
            self._moved[place] = _came_or_went(found) if self._upgraded(place) else found
        return self._moved[place]

    def _after(self, place: int) -> Catalog:
        return self._kept[place + 1].catalog if place + 1 < len(self._kept) else self._live

    def _upgraded(self, place: int) -> bool:
        return self._kept[place].major != self._after(place).version // 10000

    def _said_of_upgrade(self, place: int) -> str:
        was, now = self._kept[place].major, self._after(place).version // 10000
        return f"PostgreSQL was {was} at the last run and is {now} now, and says the same in other words"

    def _told(self, place: int, keys: Collection[Key]) -> Told:
        """Tell what happened to an object between a snapshot and the next."""
        here = self._kept[place]
        following = self._kept[place + 1] if place + 1 < len(self._kept) else None
        if following is None or following.by_others:
            gap = self._unrecorded(here, following)
            if gap:
                return Told(f"{gap} ran after {when(here.seen_at)} UTC, and no snapshot was kept of that run")
            if following is None:
                return _by_hand(here, f"since {when(here.seen_at)} UTC")
            return _by_hand(here, _span(here.seen_at, following.taken_at))
        return self._in_a_run(here, following, keys)

    def _in_a_run(self, here: Snapshot, following: Snapshot, keys: Collection[Key]) -> Told:
        touches = [each for each in self._memory.touches if each.run == following.run]
        mine = [each for each in touches if _known(each.objects, keys)]
        last = next((each for each in reversed(mine) if each.version), None)
        if last is not None:
            return Told(_SAYS_OTHERWISE.format(label=_label(last)))
        span = _span(here.seen_at, following.taken_at)
        if mine:
            return _by_hand(here, f"while {_labels(touches) or 'a run'} was at work, {span}")
        ran = _named(each.version for each in self._memory.deeds if each.run == following.run) or "repair"
        return Told(f"it changed {span}, when {ran} ran, and who of them did it is not recorded")

    def _unrecorded(self, here: Snapshot, following: Snapshot | None) -> str:
        """Name what ran between two snapshots that are thought to have no run between them; empty without any."""
        end = following.taken_at if following is not None else None
        own = following.run if following is not None else ""
        ran = [
            each.version
            for each in self._memory.deeds
            if here.seen_at < each.at and (end is None or each.at < end)
            if each.run not in (here.run, own) and each.outcome in _CHANGING
        ]
        begun = [each.version for each in self._half_way if end is None and each.started_at > here.seen_at]
        return _named((*ran, *begun))

    def _from_the_beginning(self, keys: Collection[Key]) -> Told:
        """Tell of what has not changed since the oldest snapshot that is kept."""
        oldest = self._kept[0]
        mine = self.touched(keys)
        last = mine[-1] if mine else None
        if last is not None and last.at < oldest.taken_at and not _still(last, keys, oldest):
            return Told(_sentence(last.label, _span(last.at, oldest.taken_at)), True, last.label)
        first = [each for each in self._memory.touches if each.run == oldest.run]
        if last is None and any(_known(each.objects, keys) for each in first if not each.version):
            return Told(
                _sentence("", f"while {_labels(first) or 'a run'} was at work, until {when(oldest.taken_at)} UTC"), True
            )
        if last is not None:
            return Told(_SAYS_OTHERWISE.format(label=_label(last)))
        return Told(f"it has been what it is since the first snapshot that is kept, of {when(oldest.taken_at)} UTC")


def _moved(here: Catalog, there: Catalog) -> Mapping[Key, Action]:
    found: dict[Key, Action] = {}
    for each in compare(here, there):
        if each.action not in (Action.REORDER, Action.UNREAD):
            found.setdefault(each.key, each.action)
    return found


def _came_or_went(moved: Mapping[Key, Action]) -> Mapping[Key, Action]:
    return {key: action for key, action in moved.items() if action in (Action.CREATE, Action.DROP)}


def _touches(moved: Mapping[Key, Action], keys: Collection[Key]) -> bool:
    """Tell whether an object is among what has moved: it itself, or what it is a part of came or went."""
    if any(key in moved for key in keys):
        return True
    return any(moved.get(whole) in (Action.CREATE, Action.DROP) for key in keys for whole in wholes(key))


def _known(objects: Mapping[Key, object], keys: Collection[Key]) -> bool:
    return any(key in objects for key in keys) or any(
        whole in objects for key in keys if key.kind is Kind.COLUMN for whole in wholes(key)
    )


def _still(last: Touch, keys: Collection[Key], oldest: Snapshot) -> bool:
    """Tell whether all is in a snapshot as a migration has left it, as far as one can tell, of what it has touched."""
    if last.server_version // 10000 != oldest.major:
        return True
    return all(touching.digest_of(oldest.packed, key) == last.objects[key] for key in keys if key in last.objects)


def wholes(key: Key) -> Iterator[Key]:
    """Yield what a part may be a part of: the relation that its identity names."""
    if key.parent and key.schema:
        for kind in (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE, Kind.DOMAIN):
            yield Key(kind, key.schema, key.parent)


def _by_hand(here: Snapshot, span: str) -> Told:
    return Told(_sentence(here.after, span), True, here.after)


def _sentence(label: str, span: str) -> str:
    after = f"after migration {sanitize(label)}" if label else "before any migration"
    return f"changed by hand {after}, {span}"


def _label(touch: Touch) -> str:
    return sanitize(touch.label)


def _labels(touches: Iterable[Touch]) -> str:
    return ", ".join(dict.fromkeys(_label(each) for each in touches if each.version))


def _named(versions: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(map(sanitize, versions)))


def when(moment: datetime) -> str:
    """Say a moment, in UTC, to the minute."""
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M}"


def _span(start: datetime, end: datetime) -> str:
    return f"between {when(start)} and {when(end)} UTC"
