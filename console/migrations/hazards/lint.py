"""Lints a folder of migrations: what each may do to others, with the sizes of a target where there is one."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from console.db.session import Session
from console.migrations import plan
from console.migrations.files import own_tool
from console.migrations.files.folder import Folder
from console.migrations.hazards import looking, server, squawk
from console.migrations.hazards.looking import Looked
from console.migrations.ledgers.ledger import Recorded
from console.text import plural, sanitize


@dataclass(frozen=True, slots=True)
class Lint:
    """What was found. `linter` says whether squawk was asked; `pending` that only what is pending was looked at."""

    dir: Path
    looked: tuple[Looked, ...]
    linter: str
    pending: bool = False

    @property
    def bad(self) -> bool:
        """Whether there is a warning, something worse, or a file that cannot be looked at."""
        return any(each.problem or each.worse() for each in self.looked)

    @property
    def summary(self) -> str:
        """How many migrations were looked at, and what was found."""
        which = "pending migration" if self.pending else "migration"
        broken = sum(bool(each.problem) for each in self.looked)
        unread = f", {plural(broken, 'file')} that cannot be looked at" if broken else ""
        return f"{plural(len(self.looked), which)}: {looking.summary(self.looked)}{unread}"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of `lint`, without `ok`."""
        return {
            "summary": self.summary,
            "dir": sanitize(str(self.dir)),
            "linter": self.linter,
            "migrations": [
                {
                    "version": each.migration.version,
                    "name": each.migration.name,
                    "problem": each.problem or None,
                    "hazards": [hazard.as_dict() for hazard in each.hazards],
                }
                for each in self.looked
            ],
        }


def files(folder: Folder) -> Lint:
    """Lint all up files of a folder, each as if those before it were long in use."""
    found, linter = squawk.merged(looking.apart(folder.migrations), version=None, folder=folder.path)
    return Lint(folder.path, found, linter)


async def target(session: Session, folder: Folder, recorded: Recorded) -> Lint:
    """Lint what is pending on a target by its ledger, with the sizes of its tables. Raises ConnectionFailed."""
    own_tool.must_run_here(folder.tool, "lint")
    wanted = plan.up(folder, recorded, out_of_order=True)
    found = await server.steps(session, wanted.steps)
    version = session.server.major if session.server is not None else None
    found, linter = await asyncio.to_thread(squawk.merged, found, version=version, folder=folder.path)
    return Lint(folder.path, found, linter, pending=True)
