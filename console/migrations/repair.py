"""Mends what the ledger says, and what interrupted statements have left. No migration is run.

Edited and renamed files are accepted, failed marks taken away, invalid indexes dropped that a migration builds again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.migrations import history
from console.migrations.files import own_tool
from console.migrations.files.folder import Folder, Migration, Script
from console.migrations.history import Deed
from console.migrations.ledgers.choosing import Chosen
from console.migrations.ledgers.ledger import Direction, Ledger, Recorded
from console.migrations.leftovers import cures, mending
from console.migrations.leftovers.cures import Cure
from console.migrations.leftovers.leftover import Leftover
from console.migrations.running import unfinished
from console.migrations.running.events import Event
from console.migrations.running.leased import leased
from console.migrations.running.watch import Watch
from console.migrations.running.work import Work
from console.migrations.states import Standing, State, standings
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
            "difference": self.standing.difference or None,
        }


@dataclass(frozen=True, slots=True)
class Repair:
    """What would be mended, and what is left to others, in sentences; `cures` are about what statements have left."""

    ledger: Ledger
    folder: Folder
    mendings: tuple[Mending, ...] = ()
    left: tuple[str, ...] = ()
    cures: tuple[Cure, ...] = ()

    @property
    def summary(self) -> str:
        """What it comes to, in words."""
        return f"{plural(self._count, 'thing')} mended" if self.wanted else "nothing to repair"

    @property
    def wanted(self) -> bool:
        """Whether there is anything to do here."""
        return self._count > 0

    @property
    def action(self) -> str:
        """What is asked for, as the end of a question."""
        where = " in the ledger" if self.mendings and not self._cured else ""
        return f"mend {plural(self._count, 'thing')}{where}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is left to others, and what will be done: harmless for a terminal."""
        proposed = (cure.sentence for cure in self.cures if not cure.done_here)
        mended = (each.sentence for each in self.mendings)
        return (*self.left, *proposed, *mended, *(cure.sentence for cure in self._cured))

    @property
    def _cured(self) -> tuple[Cure, ...]:
        return tuple(cure for cure in self.cures if cure.done_here)

    @property
    def _count(self) -> int:
        return len(self.mendings) + len(self._cured)

    def as_dict(self, *, planned: bool) -> dict[str, object]:
        """Return the JSON shape of `repair`."""
        outcome = "planned" if planned else "done"
        return {
            "summary": self.summary,
            "ledger": self.ledger.name,
            "ledger_table": self.ledger.table.text,
            "left": list(self.left),
            "repairs": [{**each.as_dict(), "outcome": outcome} for each in self.mendings],
            "leftovers": [cure.as_dict(planned=planned) for cure in self.cures],
        }


def plan(
    chosen: Chosen,
    recorded: Recorded,
    leftovers: Sequence[Leftover] = (),
    *,
    start_over: bool = False,
    reindex: bool = False,
    validate: bool = False,
) -> Repair:
    """Return what can be mended; `start_over` also forgets how far a script outside a transaction has come.

    `reindex` also builds invalid indexes anew that no open migration makes, `validate` proves constraints.

    Raises Refused for a folder that its own tool runs.
    """
    own_tool.must_run_here(chosen.folder.tool, "repair")
    found = standings(chosen.folder, recorded)
    mendings = [each for each in (_mending(standing, start_over) for standing in found) if each is not None]
    cured = cures.plan(leftovers, found, reindex=reindex, validate=validate)
    return Repair(chosen.ledger, chosen.folder, tuple(mendings), tuple(_left(found, mendings)), cured)


async def carry_out(
    session: Session, repair: Repair, consent: Consent, tell: Callable[[Event], None] = lambda event: None
) -> None:
    """Mend it all under the lease: what was left behind one by one, then the ledger in one transaction.

    Raises what a runner raises.
    """
    order, doing = repair.folder.order, _first(repair)
    async with (
        Watch(session, consent) as watch,
        leased(session, consent, repair.ledger, order=order, doing=doing, tell=tell, watch=watch) as work,
    ):
        await mending.carry_out(work, [cure for cure in repair.cures if cure.done_here])
        queries = [query for each in repair.mendings for query in _queries(work, each)]
        if queries:
            async with work.transaction(doing, doing="mending the ledger") as (writer, _):
                await writer.together(*queries)


def _first(repair: Repair) -> str:
    """Return the version that others are told is worked on."""
    standings = (*(each.standing for each in repair.mendings), *(cure.standing for cure in repair.cures))
    return next((standing.version for standing in standings if standing is not None), "")


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
    mended = [each.standing for each in mendings]
    for standing in found:
        if standing.unfinished is not None and standing not in mended:
            yield f"{sanitize(standing.label)}: {standing.reason} --start-over forgets how far it has come."
        elif standing.state is State.MISSING:
            yield f"{sanitize(standing.label)}: {standing.reason}"


def _queries(work: Work, wanted: Mending) -> Iterator[Query]:
    standing = wanted.standing
    if standing.migration is not None and standing.applied is not None and wanted.kind in (Kind.ACCEPT, Kind.RENAME):
        yield from work.ledger.accept(standing.applied, standing.migration)
    if standing.dirty is not None:
        yield from work.ledger.clear(standing.dirty)
    if not work.remembers:
        return
    if wanted.kind is Kind.START_OVER:
        yield unfinished.ended(standing.version)
    outcome = history.ACCEPTED if wanted.kind in (Kind.ACCEPT, Kind.RENAME) else history.CLEARED
    deed = Deed(work.lease.token, work.batch, _file(standing), Direction.UP, outcome, statements=0, duration_ms=0)
    yield history.add(deed)


def _file(standing: Standing) -> Migration:
    """Return the migration, or what stands for one whose file is gone."""
    if standing.migration is not None:
        return standing.migration
    return Migration(standing.version, standing.name, "", Script(Path(), ""))
