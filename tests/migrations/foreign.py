"""Small projects of other tools: the same three steps, each in the form that its tool wants; and ways to run them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.config.profile import Profile
from console.db.session import Session
from console.migrations import plan
from console.migrations.files import formats
from console.migrations.ledgers.choosing import Chosen, choose
from console.migrations.ledgers.ledger import Recorded
from console.migrations.plan import Plan
from console.migrations.running import runner
from console.migrations.running.events import Event
from console.migrations.states import standings
from tests.migrations.project import QUICK, agreed, value

STEPS = (
    ("people", "CREATE TABLE public.people (id int PRIMARY KEY);", "DROP TABLE public.people;"),
    ("ada", "INSERT INTO public.people VALUES (1);", "DELETE FROM public.people;"),
    ("age", "ALTER TABLE public.people ADD age int;", "ALTER TABLE public.people DROP age;"),
)


@dataclass(frozen=True)
class Foreign:
    """One tool: how its folder is written, which versions that has, and whether it knows a way back."""

    format: str
    table: str
    versions: tuple[str, str, str]
    make: Callable[[Path, tuple[str, ...]], None]
    downs: bool = True


def _dbmate(path: Path, versions: tuple[str, ...]) -> None:
    for version, (name, up, down) in zip(versions, STEPS, strict=True):
        (path / f"{version}_{name}.sql").write_text(f"-- migrate:up\n{up}\n\n-- migrate:down\n{down}\n")


def _goose(path: Path, versions: tuple[str, ...]) -> None:
    for version, (name, up, down) in zip(versions, STEPS, strict=True):
        (path / f"{int(version):05}_{name}.sql").write_text(f"-- +goose Up\n{up}\n-- +goose Down\n{down}\n")


def _golang(path: Path, versions: tuple[str, ...]) -> None:
    for version, (name, up, down) in zip(versions, STEPS, strict=True):
        (path / f"{int(version):06}_{name}.up.sql").write_text(up)
        (path / f"{int(version):06}_{name}.down.sql").write_text(down)


def _flyway(path: Path, versions: tuple[str, ...]) -> None:
    for version, (name, up, down) in zip(versions, STEPS, strict=True):
        (path / f"V{version}__{name}.sql").write_text(up)
        (path / f"U{version}__{name}.sql").write_text(down)


def _diesel(path: Path, versions: tuple[str, ...]) -> None:
    for version, (name, up, down) in zip(versions, STEPS, strict=True):
        folder = path / f"{version}_{name}"
        folder.mkdir()
        (folder / "up.sql").write_text(up)
        (folder / "down.sql").write_text(down)


def _sqlx(path: Path, versions: tuple[str, ...]) -> None:
    for version, (name, up, down) in zip(versions, STEPS, strict=True):
        (path / f"{version}_{name}.up.sql").write_text(f"-- Add up migration script here\n{up}")
        (path / f"{version}_{name}.down.sql").write_text(down)


def _node_pg_migrate(path: Path, versions: tuple[str, ...]) -> None:
    for version, (_, up, down) in zip(versions, STEPS, strict=True):
        (path / f"{version}.sql").write_text(f"-- Up Migration\n{up}\n\n-- Down Migration\n{down}\n")


def _supabase(path: Path, versions: tuple[str, ...]) -> None:
    for version, (name, up, _) in zip(versions, STEPS, strict=True):
        (path / f"{version}_{name}.sql").write_text(up)


def _prisma(path: Path, versions: tuple[str, ...]) -> None:
    for version, (_, up, _) in zip(versions, STEPS, strict=True):
        (path / version).mkdir()
        (path / version / "migration.sql").write_text(up)


def _drizzle(path: Path, versions: tuple[str, ...]) -> None:
    (path / "meta").mkdir()
    entries = []
    for number, (version, (name, up, _)) in enumerate(zip(versions, STEPS, strict=True)):
        tag = f"{version}_{name}"
        (path / f"{tag}.sql").write_text(f"{up}--> statement-breakpoint\nSELECT 1")
        entries.append({"idx": number, "version": "7", "when": 1700000000000 + number, "tag": tag, "breakpoints": True})
    journal = {"version": "7", "dialect": "postgresql", "entries": entries}
    (path / "meta" / "_journal.json").write_text(json.dumps(journal))


_TIMES = ("20240101000001", "20240101000002", "20240101000003")

TOOLS: Mapping[str, Foreign] = {
    each.format: each
    for each in (
        Foreign("dbmate", "public.schema_migrations", _TIMES, _dbmate),
        Foreign("goose", "public.goose_db_version", ("1", "2", "3"), _goose),
        Foreign("golang-migrate", "public.schema_migrations", ("1", "2", "10"), _golang),
        Foreign("flyway", "public.flyway_schema_history", ("1", "1.2", "1.10"), _flyway),
        Foreign("diesel", "public.__diesel_schema_migrations", _TIMES, _diesel),
        Foreign("sqlx", "public._sqlx_migrations", _TIMES, _sqlx),
        Foreign(
            "node-pg-migrate",
            "public.pgmigrations",
            ("1700000000001_people", "1700000000002_ada", "1700000000003_age"),
            _node_pg_migrate,
        ),
        Foreign("supabase", "supabase_migrations.schema_migrations", _TIMES, _supabase, downs=False),
        Foreign(
            "prisma",
            "public._prisma_migrations",
            ("20240101000001_people", "20240101000002_ada", "20240101000003_age"),
            _prisma,
            downs=False,
        ),
        Foreign("drizzle", "drizzle.__drizzle_migrations", ("0000", "0001", "0002"), _drizzle, downs=False),
    )
}


def make(path: Path, tool: str) -> Foreign:
    """Write the three steps as a tool wants them."""
    found = TOOLS[tool]
    path.mkdir(parents=True, exist_ok=True)
    found.make(path, found.versions)
    return found


@dataclass(frozen=True)
class Site:
    """Any folder, a session, and the ledger that the two of them have; read anew each time."""

    path: Path
    session: Session
    profile: Profile | None = None

    def lay(self, files: Mapping[str, str]) -> None:
        """Write files."""
        for name, text in files.items():
            (self.path / name).parent.mkdir(parents=True, exist_ok=True)
            (self.path / name).write_text(text)

    async def chosen(self) -> Chosen:
        """Look which ledger it is."""
        return await choose(self.session, formats.of_profile(self.path, self.profile), self.profile)

    async def recorded(self) -> Recorded:
        """Read the ledger."""
        return await (await self.chosen()).ledger.read(self.session)

    async def states(self) -> dict[str, str]:
        """Return version → state."""
        chosen = await self.chosen()
        found = standings(chosen.folder, await chosen.ledger.read(self.session))
        return {each.version: each.state.value for each in found}

    async def planned(self, **options: Any) -> Plan:
        """Plan what up would do."""
        chosen = await self.chosen()
        return plan.up(chosen.folder, await chosen.ledger.read(self.session), **options)

    async def planned_down(self, **options: Any) -> Plan:
        """Plan what down would do."""
        chosen = await self.chosen()
        return plan.down(chosen.folder, await chosen.ledger.read(self.session), **options)

    async def up(self, **options: Any) -> list[Event]:
        """Apply what is pending."""
        return await self.run(await self.planned(**options))

    async def down(self, **options: Any) -> list[Event]:
        """Roll back."""
        return await self.run(await self.planned_down(**options))

    async def run(
        self, planned: Plan, *, lease: float = 30.0, hear: Callable[[Event], None] = lambda _: None
    ) -> list[Event]:
        """Run a plan, under a lease of so many seconds; `hear` is told of each event as it happens."""
        ledger, said = (await self.chosen()).ledger, agreed(self.session.target)
        events = []
        async for event in runner.run(self.session, planned, said, ledger=ledger, patience=QUICK, lease_seconds=lease):
            hear(event)
            events.append(event)
        return events

    async def value(self, sql: Any) -> Any:
        """Return the first value of the first row of a query."""
        return await value(self.session, sql)
