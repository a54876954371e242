"""In which state each migration is: the folder and the ledger laid side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from console.migrations import edited
from console.migrations.files.folder import Folder, Key, Migration, Places
from console.migrations.files.own_tool import OwnTool
from console.migrations.ledgers.ledger import Applied, Direction, Dirty, Holder, Recorded, Unfinished
from console.text import sanitize


class State(StrEnum):
    """The state of one migration, as JSON says it."""

    APPLIED = "applied"
    PENDING = "pending"
    EDITED = "edited"
    MISSING = "missing"
    OUT_OF_ORDER = "out_of_order"
    FAILED = "failed"
    RUNNING = "running"
    RENAMED = "renamed"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Standing:
    """One migration: its file, its row in the ledger, at least one of both, and what follows from them.

    `reason` is a sentence for every state that needs one, and says what to do. `dirty` is what a foreign tool has
    marked. A renamed one has a row under another version than its file's.
    """

    state: State
    migration: Migration | None
    applied: Applied | None
    unfinished: Unfinished | None = None
    reason: str = ""
    dirty: Dirty | None = None

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
    def difference(self) -> str:
        """What was changed in an edited file, as a unified difference; empty where the ledger keeps no text."""
        if self.state is not State.EDITED or self.migration is None or self.applied is None or self.applied.sql is None:
            return ""
        return edited.difference(self.applied.sql, self.migration)

    @property
    def _known(self) -> Migration | Applied | Dirty | Unfinished:
        known = self.migration or self.applied or self.dirty or self.unfinished
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
            "difference": self.difference or None,
        }


def standings(folder: Folder, recorded: Recorded) -> tuple[Standing, ...]:
    """Return every migration of the folder and of the ledger with its state, in the folder's order."""
    sides = _Sides.of(folder, recorded)
    return tuple(sides.standing(each) for each in sides.order())


@dataclass(frozen=True, slots=True)
class _Sides:
    """Folder and ledger, by what is equal for two spellings of one version; `renamed` leads from a file to its row."""

    files: Mapping[Key, Migration]
    rows: Mapping[Key, Applied]
    stopped: Mapping[Key, Unfinished]
    marked: Mapping[Key, Dirty]
    renamed: Mapping[Key, Key]
    newest: Key | None
    tool: OwnTool | None
    running: Key | None
    holder: Holder | None

    @classmethod
    def of(cls, folder: Folder, recorded: Recorded) -> _Sides:
        """Lay them side by side."""
        key = folder.order.key
        files = {key(migration.version): migration for migration in folder.migrations}
        rows = {key(applied.version): applied for applied in recorded.applied}
        listed = isinstance(folder.order, Places)  # a row without a file has no place in a list
        ordered = [each for each in rows if (not files[each].repeatable if each in files else not listed)]
        holder = recorded.holder if recorded.holder and recorded.holder.alive else None
        return cls(
            files,
            rows,
            {key(unfinished.version): unfinished for unfinished in recorded.unfinished},
            {key(dirty.version): dirty for dirty in recorded.dirty},
            _renamed(files, rows),
            max(ordered, default=None),
            folder.tool,
            key(holder.doing) if holder is not None and holder.doing is not None else None,
            holder,
        )

    def order(self) -> Iterator[Key]:
        """Return what there is, each once: the repeatable ones after all others."""
        known = (self.files.keys() | self.rows.keys() | self.marked.keys()) - set(self.renamed.values())
        return iter(sorted(known, key=lambda each: (each in self.files and self.files[each].repeatable, each)))

    def standing(self, each: Key) -> Standing:
        """Return the state of one."""
        migration, applied, unfinished = self.files.get(each), self.rows.get(each), self.stopped.get(each)
        dirty = self.marked.get(each)
        if each in self.renamed:
            applied = self.rows[self.renamed[each]]
        state, reason = self._state(each, migration, applied)
        return Standing(state, migration, applied, unfinished, reason, dirty)

    def _state(self, each: Key, migration: Migration | None, applied: Applied | None) -> tuple[State, str]:
        if each == self.running and self.holder is not None:
            return State.RUNNING, _running(self.holder)
        if each in self.stopped:
            return State.FAILED, _half_way(self.stopped[each])
        if each in self.marked:
            return State.FAILED, f"{sanitize(self.marked[each].reason)} {_CLEAR}"
        if each in self.renamed and applied is not None:
            mend = "" if self.tool else _MEND_RENAMED
            return State.RENAMED, _RENAMED.format(version=sanitize(applied.version)) + mend
        if applied is not None:
            return _of_applied(migration, applied, self.tool)
        assert migration is not None
        if migration.unsupported and self.tool is None:
            return State.UNSUPPORTED, f"{migration.unsupported} {_ADOPT}"
        late = self.newest is not None and each < self.newest and not migration.repeatable
        if late and self.tool is not None and not self.tool.late:
            return State.PENDING, ""
        return (State.OUT_OF_ORDER, _late(self.tool)) if late else (State.PENDING, "")


def _late(tool: OwnTool | None) -> str:
    return _LATE if tool is None else f"Newer migrations are applied already; {tool.late}."


_LATE = "Newer migrations are applied already; renumber it, or apply it with --out-of-order."
_CLEAR = "Look what is there, then take the mark away with dbconsole repair, or record it as applied with adopt."
_ADOPT = "Once it has been run, dbconsole adopt --to its version records it."
_RENAMED = (
    "The same content is applied as version {version}: the file was renamed, or it was applied under another name."
)
_MEND_RENAMED = " dbconsole repair records it under the file's version."


def _renamed(files: Mapping[Key, Migration], rows: Mapping[Key, Applied]) -> dict[Key, Key]:
    """Find rows without a file whose content is that of a file without a row, where only one of each comes into it."""
    wanted = _alone({each: row.checksum for each, row in rows.items() if row.checksum and each not in files})
    if not wanted:
        return {}
    found = _alone({each: file.checksum for each, file in files.items() if each not in rows and not file.repeatable})
    return {found[checksum]: wanted[checksum] for checksum in found.keys() & wanted.keys()}


def _alone(checksums: Mapping[Key, str | None]) -> dict[str, Key]:
    counted = Counter(checksums.values())
    return {checksum: each for each, checksum in checksums.items() if checksum and counted[checksum] == 1}


def _of_applied(migration: Migration | None, applied: Applied, tool: OwnTool | None) -> tuple[State, str]:
    if migration is None:
        return State.MISSING, "Applied, but its file is not in the folder; take it from the project's version control."
    if applied.checksum is None or applied.checksum == migration.checksum:
        return State.APPLIED, ""
    if migration.repeatable:
        return State.PENDING, "It has changed since it was run, so it runs again."
    return State.EDITED, (
        f"The file was edited after it was applied: {applied.checksum[:12]} was applied,"
        f" {migration.checksum[:12]} is there now{_shown(applied)}. Put the change into a new migration"
        + ("; dbconsole repair accepts the file as it is." if tool is None else f": {tool.new}")
    )


def _shown(applied: Applied) -> str:
    return " (status --diff shows the difference)" if applied.sql is not None else ""


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
