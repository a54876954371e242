"""Gathers a report: reads the target, runs the steps in the shadow beside it, and looks at the neighbours."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from console.catalog import reader
from console.catalog.model import Catalog, Extension
from console.config.profile import Target
from console.db import facts as facts_of
from console.db.facts import Facts
from console.db.session import Session
from console.migrations import history, status
from console.migrations.files import own_tool
from console.migrations.files.folder import Folder
from console.migrations.history import Entry
from console.migrations.rehearsal import stage
from console.migrations.rehearsal.shadows import Where
from console.migrations.report import advice, configuration, deeds, health, holdings, measuring, rollback, steps
from console.migrations.report.facts import Line, Report, Shadow
from console.migrations.report.measuring import Measures
from console.migrations.report.neighbours import Other, look
from console.migrations.report.rehearsing import Rehearsed, rehearse
from console.migrations.report.steps import Scope
from console.migrations.status import Status
from console.migrations.verify import Verification, verify

_ANYWHERE = Where()
_REMEMBERED = 100_000  # entries of the history


async def gather(
    session: Session,
    folder: Folder,
    *,
    batch: int | None = None,
    others: Sequence[Other] = (),
    where: Where = _ANYWHERE,
    now: datetime | None = None,
) -> Report:
    """Return the report on a target, to which nothing is written.

    `batch` narrows it to the migrations of one run, `where` is the shadow that is wished. Raises UsageError for a batch
    that is not there, Refused for a folder that its own tool runs, ConnectionFailed and its kin, StatementFailed where
    the ledger or the catalog may not be read; all else that cannot be had is said in its place.
    """
    own_tool.must_run_here(folder.tool, "report on: “status” tells their state")
    found = await status.read(session, folder)
    scope = steps.scope(folder, found, batch)
    catalog = await reader.read(session)
    identity = await stage.identity(session) if isinstance(where.wish, Target) else ""
    async with _beside(_rehearsed(folder, scope, catalog, where, identity), look(others, folder)) as (
        rehearsal,
        around,
    ):
        read = _Read(
            session=session,
            folder=folder,
            scope=scope,
            status=found,
            catalog=catalog,
            facts=await facts_of.read(session),
            entries=(await history.read(session, limit=_REMEMBERED)).entries,
            checks=await verify(session, folder),
            rehearsed=await rehearsal,
        )
        report = replace(await read.report(now or datetime.now(UTC)), neighbours=await around)
        return replace(report, next_steps=tuple(advice.steps(report)))


@contextlib.asynccontextmanager
async def _beside(*works: Awaitable[Any]) -> AsyncIterator[tuple[asyncio.Future[Any], ...]]:
    """Do some things beside the block; what is not done at its end is stopped."""
    tasks = tuple(asyncio.ensure_future(work) for work in works)
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _rehearsed(folder: Folder, scope: Scope, catalog: Catalog, where: Where, identity: str) -> Rehearsed:
    extensions = [each.key.name for each in catalog.of(Extension)]
    applied, pending = steps.with_file(scope.applied), steps.with_file(scope.pending)
    return await rehearse(
        folder,
        applied,
        pending,
        major=catalog.version // 10000,
        extensions=extensions,
        roles=catalog.roles,
        where=where,
        identity=identity,
    )


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read, and how the report follows from it."""

    session: Session
    folder: Folder
    scope: Scope
    status: Status
    catalog: Catalog
    facts: Facts
    entries: tuple[Entry, ...]
    checks: Verification
    rehearsed: Rehearsed

    async def report(self, now: datetime) -> Report:
        """Measure the target, and lay all side by side."""
        order = [each.version for each in self.scope.applied]
        made = None
        if self.rehearsed.steps:
            made = deeds.made(self.rehearsed, order, self.catalog, self._provider)
        phases = steps.phases(self.scope, self.rehearsed, made, self.entries)
        measures = await measuring.measure(self.session, rollback.columns(phases))
        whole = made if made is not None and made.applied is not None else None
        target = self.session.target
        report = Report(
            target=target.name,
            word=target.name if target.profile is not None or target.demo is not None else "TARGET",
            folder=self.folder.path,
            made_at=now,
            batch=self.scope.batch,
            configuration=configuration.lines(self.facts, self.status, self.catalog),
            ledger=self.status.exists,
            states=steps.counted(self.status),
            waiting=frozenset(each.label for each in self.scope.pending),
            phases=phases,
            holdings=holdings.holdings(self.catalog, whole, self.scope, measures, self._provider),
            verification=self.checks,
            verify_files={each.label: each.verify.path for each in self.folder.migrations if each.verify is not None},
            attempts=steps.attempts(self.scope, self.entries),
            rollback=rollback.plan(self.scope, phases, measures),
            health=(),
            shadow=self._shadow(),
            locked=tuple(key for key in self.catalog.locked if deeds.ours(key, self._provider)),
            unmeasured=tuple(measures.missing),
        )
        return replace(report, health=self._health(report, measures))

    @property
    def _provider(self) -> str:
        return self.facts.server.provider

    def _shadow(self) -> Shadow:
        found = self.rehearsed
        comparable = found.major == self.facts.server.major
        return Shadow(found.version, comparable, found.applied is not None, found.reason)

    def _health(self, report: Report, measures: Measures) -> tuple[Line, ...]:
        return (
            health.status(latency=self.facts.latency, standby=self.facts.server.standby),
            *measures.health,
            health.synchronisation(report.states, report.verification.failed, len(report.deviations)),
        )
