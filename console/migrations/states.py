"""In which state each migration is: the folder and the ledger laid side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.migrations.files.folder import Folder, Migration
from console.migrations.ledgers.ledger import Applied, Direction, Holder, Recorded, Unfinished


class State(StrEnum):
    """The state of one migration, as JSON says it."""

    APPLIED = "applied"
    PENDING = "pending"
    EDITED = "edited"
    MISSING = "missing"
    OUT_OF_ORDER = "out_of_order"
    FAILED = "failed"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Standing:
    """One migration: its file, its row in the ledger, at least one of both, and what follows from them.

    `reason` is a sentence for every state that needs one, and says what to do.
    """

    state: State
    migration: Migration | None
    applied: Applied | None
    unfinished: Unfinished | None = None
    reason: str = ""

    @property
    def version(self) -> str:
        """The version, as the file spells it if there is one."""
        return self._known.version

    @property
    def name(self) -> str:
        """The migration's name."""
        return self._known.name

    @property
    def label(self) -> str:
        """The version and the name: `0002_add_orders`."""
        return f"{self.version}_{self.name}" if self.name else self.version

    @property
    def _known(self) -> Migration | Applied:
        known = self.migration or self.applied
        if known is None:
            raise ValueError("a standing has a file or a row")
        return known

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of one migration in `status`."""
        applied, migration = self.applied, self.migration
        return {
            "version": self.version,
            "name": self.name,
            "state": self.state.value,
            "reason": self.reason or None,
            "applied_at": _iso(applied.applied_at) if applied else None,
            "checksum": migration.checksum if migration else applied.checksum if applied else None,
            "has_down": migration is not None and migration.down is not None,
            "has_verify": migration is not None and migration.verify is not None,
            "batch": applied.batch if applied else None,
            "duration_ms": applied.duration_ms if applied else None,
        }


def standings(folder: Folder, recorded: Recorded) -> tuple[Standing, ...]:
    """Return every migration of the folder and of the ledger with its state, in the folder's order."""
    key = folder.order.key
    files = {key(migration.version): migration for migration in folder.migrations}
    rows = {key(applied.version): applied for applied in recorded.applied}
    stopped = {key(unfinished.version): unfinished for unfinished in recorded.unfinished}
    newest = max(rows, default=None)
    doing = recorded.holder.doing if recorded.holder and recorded.holder.alive else None
    running = None if doing is None else key(doing)
    found = []
    for each in sorted(files.keys() | rows.keys()):
        migration, applied, unfinished = files.get(each), rows.get(each), stopped.get(each)
        if each == running and recorded.holder is not None:
            state, reason = State.RUNNING, _running(recorded.holder)
        elif unfinished is not None:
            state, reason = State.FAILED, _half_way(unfinished)
        elif applied is None:
            late = newest is not None and each < newest
            state, reason = (State.OUT_OF_ORDER, _LATE) if late else (State.PENDING, "")
        else:
            state, reason = _of_applied(migration, applied)
        found.append(Standing(state, migration, applied, unfinished, reason))
    return tuple(found)


_LATE = "Newer migrations are applied already; renumber it, or apply it with --out-of-order."


def _of_applied(migration: Migration | None, applied: Applied) -> tuple[State, str]:
    if migration is None:
        return State.MISSING, "Applied, but its file is not in the folder; take it from the project's version control."
    if applied.checksum is not None and applied.checksum != migration.checksum:
        return State.EDITED, (
            f"The file was edited after it was applied: {applied.checksum[:12]} was applied,"
            f" {migration.checksum[:12]} is there now. Put the change into a new migration."
        )
    return State.APPLIED, ""


def _half_way(unfinished: Unfinished) -> str:
    verb = "apply" if unfinished.direction is Direction.UP else "roll back"
    place = f"{unfinished.done} of {unfinished.total} statements are done"
    if unfinished.doubtful:
        place += f"; statement {unfinished.done + 1} was started, and how it ended is not known"
    said = f" The server said: {unfinished.error}" if unfinished.error else ""
    return f"Stopped half-way while going to {verb} it: {place}.{said} dbconsole {unfinished.direction} goes on there."


def _running(holder: Holder) -> str:
    return f"Held by {holder.holder} since {holder.since:%Y-%m-%d %H:%M:%S %Z}."


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
