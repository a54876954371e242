"""Which migrations are applied to a database: the folder against the ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from console.db.session import Session
from console.migrations.files.folder import Folder
from console.migrations.ledgers.ledger import Holder, Ledger, Recorded
from console.migrations.ledgers.native import Native
from console.migrations.states import Standing, State, standings
from console.text import sanitize


@dataclass(frozen=True, slots=True)
class Status:
    """The state of every migration of a folder and of the ledger, in the folder's order.

    `exists` is False when the database has no ledger yet; `holder` is whoever runs migrations right now.
    """

    ledger: str
    format: str
    dir: Path
    exists: bool
    migrations: tuple[Standing, ...]
    holder: Holder | None = None

    @property
    def up_to_date(self) -> bool:
        """Whether every migration is applied as it stands: what `--check` asks."""
        return all(standing.state is State.APPLIED for standing in self.migrations)

    @property
    def summary(self) -> str:
        """How many are in which state: `3 applied, 1 pending`."""
        counted = Counter(standing.state for standing in self.migrations)
        return ", ".join(f"{counted[state]} {_WORDS.get(state, state.value)}" for state in State if counted[state])

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of `status`, without `target` and `ok`."""
        return {
            "summary": self.summary,
            "ledger": self.ledger,
            "format": self.format,
            "dir": sanitize(str(self.dir)),
            "migrations": [standing.as_dict() for standing in self.migrations],
        }


_WORDS = {State.OUT_OF_ORDER: "out of order"}


def of(folder: Folder, recorded: Recorded, ledger: str) -> Status:
    """Return the status that follows from a folder and what is recorded."""
    holder = recorded.holder if recorded.holder and recorded.holder.alive else None
    return Status(ledger, folder.format, folder.path, recorded.exists, standings(folder, recorded), holder)


async def read(session: Session, folder: Folder, *, ledger: Ledger | None = None) -> Status:
    """Return the status of a database, and write nothing to it. Raises what reading a session raises."""
    kept = ledger or Native()
    return of(folder, await kept.read(session), kept.name)
