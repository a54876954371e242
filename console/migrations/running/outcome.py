"""What a run came to, gathered from its events: the JSON of `up`, `down`, `redo` and `seed`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from console.errors import ConsoleError
from console.migrations.running.events import (
    Event,
    Failed,
    MigrationApplied,
    MigrationRolledBack,
    MigrationSkipped,
    StatementFinished,
)
from console.text import plural

APPLIED, ROLLED_BACK, SKIPPED, FAILED = "applied", "rolled_back", "skipped", "failed"
_WORDS = {APPLIED: "applied", ROLLED_BACK: "rolled back", SKIPPED: "skipped", FAILED: "failed"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one migration. `statements` is how many of its statements ran, `seconds` how long they took."""

    version: str
    name: str
    outcome: str
    seconds: float | None = None
    statements: int = 0
    error: ConsoleError | None = None

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of one migration in `up` and `down`."""
        return {
            "version": self.version,
            "name": self.name,
            "outcome": self.outcome,
            "duration_ms": None if self.seconds is None else round(self.seconds * 1000),
            "statements": self.statements,
            "error": self.error.as_dict() if self.error else None,
        }


@dataclass(slots=True)
class Outcomes:
    """Gathers outcomes while events come in, one after the other."""

    found: list[Outcome] = field(default_factory=list)
    _finished: Counter[str] = field(default_factory=Counter)

    def add(self, event: Event) -> None:
        """Take one event of a run."""
        match event:
            case StatementFinished():
                self._finished[event.label] += 1
            case MigrationApplied():
                self.found.append(Outcome(event.version, event.name, APPLIED, event.seconds, event.statements))
            case MigrationRolledBack():
                self.found.append(Outcome(event.version, event.name, ROLLED_BACK, event.seconds, event.statements))
            case MigrationSkipped():
                self.found.append(Outcome(event.version, event.name, SKIPPED))
            case Failed(version=str() as version):
                done = self._finished[event.label]
                self.found.append(Outcome(version, event.name, FAILED, event.seconds, done, event.error))

    @property
    def summary(self) -> str:
        """What was done: `2 migrations applied, 1 migration failed`."""
        counted = Counter(outcome.outcome for outcome in self.found)
        parts = [f"{plural(counted[each], 'migration')} {word}" for each, word in _WORDS.items() if counted[each]]
        return ", ".join(parts) or "nothing to do"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of `up` and `down`, without `target` and `ok`."""
        return {"summary": self.summary, "migrations": [outcome.as_dict() for outcome in self.found]}
