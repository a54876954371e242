"""Records migrations as applied without running them: a baseline, or the move of a project to another ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from console.db.guard import Consent
from console.db.query import Query
from console.db.session import Session
from console.db.writer import Writer
from console.errors import Refused, UsageError
from console.migrations import history
from console.migrations.files import formats, own_tool
from console.migrations.files.folder import Folder, Migration, Script
from console.migrations.history import Deed
from console.migrations.ledgers import candidates
from console.migrations.ledgers.beside import Beside
from console.migrations.ledgers.choosing import Chosen
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Ledger, Note, Recorded
from console.migrations.ledgers.native import Native
from console.migrations.running.events import Event
from console.migrations.running.leased import leased
from console.migrations.running.work import Work
from console.migrations.states import Standing, State, standings
from console.sql.queries import load
from console.text import plural, sanitize

_TO_RECORD = (State.PENDING, State.OUT_OF_ORDER, State.FAILED, State.UNSUPPORTED)


@dataclass(frozen=True, slots=True)
class Row:
    """One row to be written: the migration, its version as the ledger spells it, and a mark that is in the way."""

    migration: Migration
    version: str
    dirty: Dirty | None = None


@dataclass(frozen=True, slots=True)
class Adoption:
    """What would be recorded, and in which ledger. `leaves` is the ledger that is converted from, if it is."""

    ledger: Ledger
    folder: Folder
    rows: tuple[Row, ...] = ()
    leaves: str | None = None

    @property
    def summary(self) -> str:
        """What it comes to, in words."""
        if not self.rows and self.leaves is None:
            return "nothing to record"
        moved = f", which is used from now on in place of {self.leaves}" if self.leaves else ""
        return f"{plural(len(self.rows), 'migration')} recorded as applied in {self.ledger.table.text}{moved}"

    def as_dict(self, *, planned: bool) -> dict[str, object]:
        """Return the JSON shape of `adopt`."""
        outcome = "planned" if planned else history.ADOPTED
        return {
            "summary": self.summary,
            "ledger": self.ledger.name,
            "ledger_table": self.ledger.table.text,
            "migrations": [
                {"version": row.migration.version, "name": row.migration.name, "outcome": outcome} for row in self.rows
            ],
        }


def plan(chosen: Chosen, recorded: Recorded, *, to: str | None = None) -> Adoption:
    """Return what is to be recorded: everything that is not, up to and including version `to`.

    Raises UsageError when there is no version `to`, Refused for a folder that its own tool runs.
    """
    own_tool.must_run_here(chosen.folder.tool, "adopt")
    return Adoption(chosen.ledger, chosen.folder, tuple(_not_recorded(chosen.folder, recorded, to)))


async def converting(
    session: Session, chosen: Chosen, recorded: Recorded, word: str, *, to: str | None = None
) -> Adoption:
    """Return what is to be recorded in the ledger `word`: all that the one in use holds; with `to` also up to there.

    Raises Refused where something is half-way, UsageError for a ledger that this folder cannot have.
    """
    own_tool.must_run_here(chosen.folder.tool, "adopt")
    ledger = _ledger(chosen, word)
    half_way = [*(each.version for each in recorded.dirty), *(each.version for each in recorded.unfinished)]
    if half_way:
        raise Refused(
            f"{sanitize(half_way[0])} is half-way in the ledger in use; nothing was converted.",
            hint="Finish it first with up or down, or take the mark away with dbconsole repair.",
        )
    there = {chosen.folder.order.key(each.version) for each in (await ledger.read(session)).applied}
    folder = ledger.folder if isinstance(ledger, Beside) else chosen.folder
    if folder.format != chosen.folder.format:  # another tool's checksums are of another kind
        recorded = replace(recorded, applied=tuple(replace(each, checksum=None) for each in recorded.applied))
    rows = [_moved(folder, applied) for applied in sorted(recorded.applied, key=lambda each: each.position)]
    rows += _not_recorded(folder, recorded, to) if to is not None else ()
    missing = tuple(row for row in rows if chosen.folder.order.key(row.version) not in there)
    return Adoption(ledger, folder, missing, chosen.ledger.name)


async def carry_out(
    session: Session, adoption: Adoption, consent: Consent, tell: Callable[[Event], None] = lambda event: None
) -> None:
    """Record it, in one transaction, under the lease. Raises what a runner raises."""
    order = adoption.folder.order
    first = adoption.rows[0].migration.version if adoption.rows else ""
    async with leased(session, consent, adoption.ledger, order=order, doing=first, tell=tell) as work:
        queries = [query for row in adoption.rows for query in _queries(work, row)]
        async with work.transaction(first, doing="recording the migrations") as (writer, _):
            await writer.together(*queries)
            if adoption.leaves is not None:
                await _mark(writer, adoption.ledger)


def _not_recorded(folder: Folder, recorded: Recorded, to: str | None) -> Iterator[Row]:
    last = None
    if to is not None:
        known = folder.find(to)
        if known is None:
            raise UsageError(f"There is no migration {to} in the folder.")
        last = folder.order.key(known.version)
    for standing in standings(folder, recorded):
        if standing.migration is None or standing.state not in _TO_RECORD or _goes_down(standing):
            continue
        if last is None or folder.order.key(standing.migration.version) <= last:
            version = standing.applied.version if standing.applied else standing.migration.version
            yield Row(standing.migration, version, standing.dirty)


def _goes_down(standing: Standing) -> bool:
    return standing.unfinished is not None and standing.unfinished.direction is Direction.DOWN


def _moved(folder: Folder, applied: Applied) -> Row:
    """Return the row of one that is applied: with the checksum that it was applied with, even if its file is gone."""
    migration = folder.find(applied.version)
    if migration is None:
        migration = Migration(applied.version, applied.name, applied.checksum or "", Script(folder.path, ""))
    return Row(replace(migration, checksum=applied.checksum or migration.checksum), migration.version)


def _ledger(chosen: Chosen, word: str) -> Ledger:
    if word == chosen.ledger.name:
        raise UsageError(f"The ledger in use is that of {word} already.", hint="Leave --ledger out.")
    if word == candidates.NATIVE:
        return Native()
    if word not in candidates.TOOLS or not formats.may_be(chosen.folder.path, word):
        raise UsageError(
            f"These files cannot have the ledger of {word}: they are in the format {chosen.folder.format}.",
            hint="--ledger dbconsole takes any format.",
        )
    _must_be_chosen_then(chosen.folder.path, word)
    tool = candidates.TOOLS[word]
    folder = formats.read(chosen.folder.path, word)
    return Beside(tool.make(tool.module.DEFAULT, folder), folder)


def _must_be_chosen_then(path: Path, word: str) -> None:
    """Raise UsageError where another format fits the files better: its ledger would stay the one in use."""
    fits = formats.detect(path).format
    if word != fits and {word, fits} != {candidates.NATIVE, "golang-migrate"}:
        raise UsageError(
            f"These files look like those of {fits}, so a ledger of {word} would not be looked for.",
            hint=f'Say ledger = "{word}" in the profile, then adopt records what is applied.',
        )


def _queries(work: Work, row: Row) -> Iterator[Query]:
    if row.dirty is not None:
        yield from work.ledger.clear(row.dirty)
    yield from work.ledger.note(Note(row.version, row.migration, Direction.UP, work.batch or 1, 0, 0))
    if work.remembers:
        yield Query(load("ledger/end_unfinished"), {"version": row.migration.version})
        yield history.add(
            Deed(
                work.lease.token, work.batch, row.migration, Direction.UP, history.ADOPTED, statements=0, duration_ms=0
            )
        )


async def _mark(writer: Writer, ledger: Ledger) -> None:
    """Have our own ledger say whether it is the one in use from now on."""
    if ledger.name == candidates.NATIVE:
        await writer.execute(load("ledger/converted"))
        return
    [[(exists, _)]] = await writer.read(Query(load("ledger/native")))
    if exists:
        await writer.execute(load("ledger/not_converted"))
