"""Mends what the ledger says: accepts edited and renamed files, takes failed marks away. No migration is run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.migrations import history, unfinished
from console.migrations.events import Event
from console.migrations.files.folder import Folder, Migration, Script
from console.migrations.history import Deed
from console.migrations.leased import leased
from console.migrations.ledgers.choosing import Chosen
from console.migrations.ledgers.ledger import Direction, Ledger, Recorded
from console.migrations.states import Standing, State, standings
from console.migrations.work import Work
from console.text import plural, sanitize


class Kind(StrEnum):
    """What is mended, as JSON says it."""

    ACCEPT = "accept"
    RENAME = "rename"
    CLEAR = "clear"
    START_OVER = "start_over"


@dataclass(frozen=True, slots=True)
class Mending:
    """One thing to mend; `sentence` says what will be done, and what follows from it."""

    kind: Kind
    standing: Standing
    sentence: str

    def as_dict(self) -> dict[str, object]:
        """Return its JSON shape."""
        return {
            "version": self.standing.version,
            "name": self.standing.name,
            "action": self.kind.value,
            "detail": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Repair:
    """What would be mended, and what is left to others, in sentences."""

    ledger: Ledger
    folder: Folder
    mendings: tuple[Mending, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What it comes to, in words."""
        return f"{plural(len(self.mendings), 'thing')} mended" if self.mendings else "nothing to repair"

    def as_dict(self, *, planned: bool) -> dict[str, object]:
        """Return the JSON shape of `repair`."""
        outcome = "planned" if planned else "done"
        return {
            "summary": self.summary,
            "ledger": self.ledger.name,
            "ledger_table": self.ledger.table.text,
            "left": list(self.left),
            "repairs": [{**mending.as_dict(), "outcome": outcome} for mending in self.mendings],
        }


def plan(chosen: Chosen, recorded: Recorded, *, start_over: bool = False) -> Repair:
    """Return what can be mended; `start_over` also forgets how far a script outside a transaction has come."""
    found = standings(chosen.folder, recorded)
    mendings = [each for each in (_mending(standing, start_over) for standing in found) if each is not None]
    return Repair(chosen.ledger, chosen.folder, tuple(mendings), tuple(_left(found, mendings)))


async def carry_out(
    session: Session, repair: Repair, consent: Consent, tell: Callable[[Event], None] = lambda event: None
) -> None:
    """Mend it all in one transaction, under the lease. Raises what a runner raises."""
    order, doing = repair.folder.order, repair.mendings[0].standing.version
    async with leased(session, consent, repair.ledger, order=order, doing=doing, tell=tell) as work:
        queries = [query for mending in repair.mendings for query in _queries(work, mending)]
        async with work.transaction(doing, doing="mending the ledger") as (writer, _):
            await writer.together(*queries)


def _mending(standing: Standing, start_over: bool) -> Mending | None:
    label = sanitize(standing.label)
    if standing.state is State.EDITED:
        sentence = f"{label}: its file is taken for what was applied. What was changed in it is not run."
        return Mending(Kind.ACCEPT, standing, sentence)
    if standing.state is State.RENAMED and standing.applied is not None:
        sentence = f"{label}: the row of version {sanitize(standing.applied.version)} gets this version."
        return Mending(Kind.RENAME, standing, sentence)
    if standing.unfinished is not None:
        stopped = standing.unfinished
        done = f"{stopped.done} of {stopped.total} statements are done and stay"
        sentence = f"{label}: {done}; that is forgotten, and the next {stopped.direction} begins with the first."
        return Mending(Kind.START_OVER, standing, sentence) if start_over else None
    if standing.dirty is not None:
        sentence = f"{label}: the mark is taken away, and it counts as not applied: {sanitize(standing.dirty.reason)}"
        return Mending(Kind.CLEAR, standing, sentence)
    return None


def _left(found: tuple[Standing, ...], mendings: list[Mending]) -> Iterator[str]:
    mended = [mending.standing for mending in mendings]
    for standing in found:
        if standing.unfinished is not None and standing not in mended:
            yield f"{sanitize(standing.label)}: {standing.reason} --start-over forgets how far it has come."
        elif standing.state is State.MISSING:
            yield f"{sanitize(standing.label)}: {standing.reason}"


def _queries(work: Work, mending: Mending) -> Iterator[Query]:
    standing = mending.standing
    if standing.migration is not None and standing.applied is not None and mending.kind in (Kind.ACCEPT, Kind.RENAME):
        yield from work.ledger.accept(standing.applied, standing.migration)
    if standing.dirty is not None:
        yield from work.ledger.clear(standing.dirty)
    if not work.remembers:
        return
    if mending.kind is Kind.START_OVER:
        yield unfinished.ended(standing.version)
    outcome = history.ACCEPTED if mending.kind in (Kind.ACCEPT, Kind.RENAME) else history.CLEARED
    deed = Deed(work.lease.token, work.batch, _file(standing), Direction.UP, outcome, statements=0, duration_ms=0)
    yield history.add(deed)


def _file(standing: Standing) -> Migration:
    """Return the migration, or what stands for one whose file is gone."""
    if standing.migration is not None:
        return standing.migration
    return Migration(standing.version, standing.name, "", Script(Path(), ""))
