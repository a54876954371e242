"""A small project for tests: a folder of migrations, and one-line ways to run them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.config.profile import Target
from console.db.guard import Consent, consent
from console.db.query import Query
from console.db.session import Session
from console.migrations import plan, status
from console.migrations.files import native
from console.migrations.files.folder import Folder
from console.migrations.ledgers.native import Native
from console.migrations.plan import Plan
from console.migrations.running import runner
from console.migrations.running.events import Event
from console.migrations.running.work import Patience
from console.migrations.status import Status

QUICK = Patience(lock_timeout=30.0, pauses=(0.05,))


@dataclass(frozen=True)
class Project:
    """A folder of migrations and the session that runs them."""

    path: Path
    session: Session

    @property
    def folder(self) -> Folder:
        return native.read(self.path)

    @property
    def consent(self) -> Consent:
        return agreed(self.session.target)

    def write(self, name: str, up: str, down: str | None = None, verify: str | None = None) -> None:
        """Write a migration; its down drops the table of its own name unless told."""
        write(self.path, name, up, down, verify)

    async def status(self) -> Status:
        return await status.read(self.session, self.folder)

    async def states(self) -> dict[str, str]:
        return {standing.version: standing.state.value for standing in (await self.status()).migrations}

    async def planned_up(self, **options: Any) -> Plan:
        return plan.up(self.folder, await Native().read(self.session), **options)

    async def planned_down(self, **options: Any) -> Plan:
        return plan.down(self.folder, await Native().read(self.session), **options)

    async def up(self, **options: Any) -> list[Event]:
        return await self.run(await self.planned_up(**options))

    async def down(self, **options: Any) -> list[Event]:
        return await self.run(await self.planned_down(**options))

    async def redo(self) -> list[Event]:
        return await self.run(plan.redo(self.folder, await Native().read(self.session)))

    async def run(self, planned: Plan, *, hear: Callable[[Event], None] = lambda _: None) -> list[Event]:
        """Run a plan; `hear` is told of each event as it happens."""
        events = []
        async for event in runner.run(self.session, planned, self.consent, patience=QUICK):
            hear(event)
            events.append(event)
        return events

    async def value(self, sql: Any) -> Any:
        """Return the first value of the first row of a query."""
        return await value(self.session, sql)


def write(path: Path, name: str, up: str, down: str | None = None, verify: str | None = None) -> None:
    (path / f"{name}.up.sql").write_text(up)
    for part, text in (("down", down), ("verify", verify)):
        if text is not None:
            (path / f"{name}.{part}.sql").write_text(text)


def tables(path: Path, count: int) -> None:
    """Write `count` migrations, each of which makes the table t1, t2, …"""
    for number in range(1, count + 1):
        write(path, f"{number:04}_t{number}", f"CREATE TABLE t{number} (id int);", f"DROP TABLE t{number};")


def agreed(target: Target) -> Consent:
    return consent(target, action="test", yes=True)


async def value(session: Session, sql: Any) -> Any:
    [rows] = await session.read(Query(sql))
    return rows[0][0]


def of_kind(events: Sequence[Event], kind: type[Any]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]
