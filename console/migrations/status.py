"""Which migrations are applied to a database: the folder against the ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from console.db.session import Session
from console.migrations.files.folder import Folder, Order, Ordering
from console.migrations.ledgers.choosing import Chosen, choose
from console.migrations.ledgers.ledger import Holder, Ledger, Recorded
from console.migrations.ledgers.reading import recorded
from console.migrations.leftovers import leftover
from console.migrations.leftovers.leftover import Leftover
from console.migrations.states import Standing, State, standings
from console.text import sanitize


@dataclass(frozen=True, slots=True)
class Status:
    """The state of every migration of a folder and of the ledger, in the folder's order.

    `exists` is False when the database has no ledger yet; `holder` is whoever runs migrations right now. `table` is
    where the ledger is, or would be; `why` says why it is this one, `format_why` the same of the format, and `notes`
    what is not kept beside it. `made_by` says what makes a ledger that is not there. `order` is how the folder compares
    versions. `leftovers` is what interrupted statements have left behind, whoever ran them.
    """

    ledger: str
    format: str
    dir: Path
    exists: bool
    migrations: tuple[Standing, ...]
    holder: Holder | None = None
    table: str = ""
    why: str = ""
    format_why: str = ""
    notes: tuple[str, ...] = ()
    made_by: str = "the first up"
    order: Ordering = Order.NUMBER
    leftovers: tuple[Leftover, ...] = ()

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
            "ledger_table": sanitize(self.table),
            "ledger_reason": self.why,
            "format": self.format,
            "format_reason": self.format_why,
            "notes": list(self.notes),
            "dir": sanitize(str(self.dir)),
            "leftovers": [each.as_dict() for each in self.leftovers],
            "migrations": [standing.as_dict() for standing in self.migrations],
        }


_WORDS = {State.OUT_OF_ORDER: "out of order"}


def of(chosen: Chosen, recorded: Recorded, leftovers: tuple[Leftover, ...] = ()) -> Status:
    """Return the status that follows from a folder with its ledger, what is recorded, and what was left behind."""
    folder, ledger = chosen.folder, chosen.ledger
    return Status(
        ledger=ledger.name,
        format=folder.format,
        dir=folder.path,
        exists=recorded.exists,
        migrations=standings(folder, recorded),
        holder=recorded.holder if recorded.holder and recorded.holder.alive else None,
        table=ledger.table.text,
        why=chosen.reason,
        format_why=folder.why,
        notes=(*((folder.tool.sentence,) if folder.tool is not None else ()), *recorded.notes),
        made_by="the first up" if folder.tool is None else f"the first {folder.tool.up}",
        order=folder.order,
        leftovers=leftovers,
    )


async def read(session: Session, folder: Folder, *, ledger: Ledger | None = None) -> Status:
    """Return the status of a database, and write nothing to it; without `ledger` it is looked for.

    Raises what reading a session raises, UsageError when several ledgers could be meant, Refused.
    """
    if ledger is not None:
        chosen = Chosen(ledger, folder, "it was asked for")
    else:
        chosen = await choose(session, folder, session.target.profile)
    return of(chosen, await recorded(chosen.ledger, session), await leftover.read(session))
