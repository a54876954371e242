"""Whether several targets are in step: their migrations laid side by side by version, and who is behind whom. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from console.migrations.files.folder import Key, Order
from console.migrations.states import Standing, State
from console.migrations.status import Status
from console.text import plural, sanitize

_THERE = frozenset({State.APPLIED, State.EDITED, State.MISSING, State.RENAMED})
_UNSETTLED = {State.FAILED: "stopped half-way", State.RUNNING: "is being run"}
_TOLD = 5  # of the versions in a sentence


@dataclass(frozen=True, slots=True)
class Row:
    """One version: how it stands on each target, in their order; None where neither files nor ledger know it."""

    version: str
    label: str
    standings: tuple[Standing | None, ...]

    def there(self, place: int) -> bool:
        """Tell whether a target, by its place, has it."""
        found = self.standings[place]
        return found is not None and found.state in _THERE


@dataclass(frozen=True, slots=True)
class Difference:
    """How targets differ from the one that has most, `than`: all of `targets` differ in the same way.

    `lacks` are versions that only the other has, `more` those that only these have, and `content` those that were
    applied to both, but not with the same content.
    """

    targets: tuple[str, ...]
    than: str
    lacks: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    content: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What is said of it: `prod is 2 behind dev: 0007, 0008`."""
        return "; ".join(self._parts())

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape `{targets, than, lacks, more, content}`."""
        return {
            "targets": list(self.targets),
            "than": self.than,
            "lacks": list(self.lacks),
            "more": list(self.more),
            "content": list(self.content),
        }

    def _parts(self) -> Iterator[str]:
        who, than = _listed(self.targets), sanitize(self.than)
        are, have = ("is", "has") if len(self.targets) == 1 else ("are", "have")
        if self.lacks:
            yield f"{who} {are} {len(self.lacks):,} behind {than}: {_listed(self.lacks)}"
        if self.more:
            yield f"{who} {have} {plural(len(self.more), 'migration')} that {than} has not: {_listed(self.more)}"
        if self.content:
            yield f"applied to {who} with another content than to {than}: {_listed(self.content)}"


@dataclass(frozen=True, slots=True)
class Compared:
    """Several targets side by side. `unsettled` are sentences about what is half-way, or runs right now."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    differences: tuple[Difference, ...]
    unsettled: tuple[str, ...]
    folders_differ: bool

    @property
    def in_step(self) -> bool:
        """Whether the same migrations are applied everywhere, with the same content, and none is half-way."""
        return not (self.differences or self.unsettled)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Which differ and how, or that none does."""
        if self.in_step:
            return (f"in step: {self._shared}",)
        return (*(each.sentence for each in self.differences), *self.unsettled)

    @property
    def _shared(self) -> str:
        there = sum(row.there(0) for row in self.rows)
        if there == 0:
            return "no migration is applied anywhere"
        every = "both" if len(self.names) == 2 else f"all {len(self.names)}"
        return f"{plural(there, 'migration')} applied, the same on {every}"


def compare(statuses: Sequence[tuple[str, Status]]) -> Compared:
    """Lay targets side by side, each given by its name and its status.

    Versions are the same when their folders' order says so; where the folders are of different orders, by number.
    """
    names = tuple(name for name, _ in statuses)
    found = tuple(status for _, status in statuses)
    rows = _rows(found)
    return Compared(
        names, rows, _differences(names, found, rows), _unsettled(names, rows), len({each.dir for each in found}) > 1
    )


def _rows(statuses: Sequence[Status]) -> tuple[Row, ...]:
    orders = [status.order for status in statuses]
    order = orders[0] if orders and all(each == orders[0] for each in orders) else Order.NUMBER
    sides = [{order.key(each.version): each for each in status.migrations} for status in statuses]
    known: dict[Key, Standing] = {}
    for side in sides:
        for key, standing in side.items():
            if key not in known or (known[key].migration is None and standing.migration is not None):
                known[key] = standing
    return tuple(
        Row(known[key].version, known[key].label, tuple(side.get(key) for side in sides))
        for key in sorted(known, key=lambda key: (_repeatable(known[key]), key))
    )


def _repeatable(standing: Standing) -> bool:
    return standing.migration is not None and standing.migration.repeatable


def _differences(names: Sequence[str], statuses: Sequence[Status], rows: Sequence[Row]) -> tuple[Difference, ...]:
    """Hold every target against the one that has most, the first of equals; those that differ alike are one."""
    first = max(range(len(names)), key=lambda place: (sum(row.there(place) for row in rows), -place), default=0)
    alike: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for place, name in enumerate(names):
        comparable = statuses[place].ledger == statuses[first].ledger
        how = (
            tuple(row.version for row in rows if row.there(first) and not row.there(place)),
            tuple(row.version for row in rows if row.there(place) and not row.there(first)),
            tuple(row.version for row in rows if comparable and _other_content(row, place, first)),
        )
        if any(how):
            alike.setdefault(how, []).append(name)
    return tuple(Difference(tuple(who), names[first], *how) for how, who in alike.items())


def _other_content(row: Row, one: int, other: int) -> bool:
    """Tell whether both ledgers keep a checksum, and not the same; of tools with checksums of their own nobody asks."""
    sums = {_checksum(row.standings[place]) for place in (one, other) if row.there(place)} - {None}
    return len(sums) > 1


def _checksum(standing: Standing | None) -> str | None:
    return standing.applied.checksum if standing is not None and standing.applied is not None else None


def _unsettled(names: Sequence[str], rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(
        f"{sanitize(row.label)} {_UNSETTLED[standing.state]} on {sanitize(name)}"
        for row in rows
        for name, standing in zip(names, row.standings, strict=True)
        if standing is not None and standing.state in _UNSETTLED
    )


def _listed(texts: Sequence[str]) -> str:
    """Say a list, of a long one the beginning."""
    shown = [sanitize(text) for text in texts[:_TOLD]]
    left = len(texts) - len(shown)
    if left:
        return f"{', '.join(shown)} and {plural(left, 'other')}"
    return ", ".join(shown)
