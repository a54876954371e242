"""What a trial came to: each statement with what it did, each migration, and whether all of the plan went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from console.errors import ConsoleError
from console.migrations.hazards.hazard import Lock
from console.migrations.trial.effects import Effects, Locked
from console.migrations.verify import Check
from console.text import duration, plural

_FINE, _FINDINGS, _FAILED, _INCOMPLETE = 0, 1, 4, 6


class Outcome(StrEnum):
    """What became of a statement or a migration; only a migration is partly tried, or skipped."""

    TRIED = "tried"
    PARTLY = "partly"
    NOT_TRIED = "not_tried"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Tried:
    """One statement. `reason` says why it was not tried; `effects` are None where nobody could look."""

    number: int
    line: int
    title: str
    outcome: Outcome
    seconds: float | None = None
    effects: Effects | None = None
    reason: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of one statement of `up --trial`."""
        return {
            "number": self.number,
            "line": self.line,
            "statement": self.title,
            "outcome": self.outcome.value,
            "reason": self.reason or None,
            "duration_ms": None if self.seconds is None else round(self.seconds * 1000, 1),
            **(self.effects or Effects()).as_dict(),
        }


@dataclass(frozen=True, slots=True)
class MigrationTrial:
    """One migration. `verify` is None when its checks were not run, or there are none; `checks` are the failed ones.

    `reason` says why it was undone or skipped on the way; `error` is what failed. `held` are strong locks of migrations
    before it: had it taken them itself, nobody would see. `seconds` is how long it took, our looking included.
    """

    version: str
    name: str
    label: str
    statements: tuple[Tried, ...] = ()
    verify: bool | None = None
    checks: tuple[Check, ...] = ()
    error: ConsoleError | None = None
    reason: str = ""
    skipped: bool = False
    held: tuple[Locked, ...] = ()
    seconds: float | None = None

    @property
    def outcome(self) -> Outcome:
        """What became of it as a whole."""
        if self.error is not None:
            return Outcome.FAILED
        if self.skipped:
            return Outcome.SKIPPED
        tried = sum(each.outcome is Outcome.TRIED for each in self.statements)
        if tried == len(self.statements) and not self.reason:
            return Outcome.TRIED
        return Outcome.PARTLY if tried else Outcome.NOT_TRIED

    @property
    def exit_code(self) -> int:
        """0 tried, 1 a failed check, 4 it failed, 6 something was not tried."""
        if self.error is not None:
            return _FAILED
        if self.verify is False:
            return _FINDINGS
        return _FINE if self.outcome in (Outcome.TRIED, Outcome.SKIPPED) else _INCOMPLETE

    @property
    def strongest(self) -> Lock:
        """The strongest lock that it takes on what was there before."""
        effects = (each.effects for each in self.statements if each.effects)
        return max((lock.lock for each in effects for lock in each.locks), default=Lock.NONE)

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of one migration of `up --trial`."""
        return {
            "version": self.version,
            "name": self.name,
            "outcome": self.outcome.value,
            "reason": self.reason or None,
            "duration_ms": None if self.seconds is None else round(self.seconds * 1000),
            "verify": self.verify,
            "checks": [check.as_dict() for check in self.checks],
            "held": [each.as_dict() for each in self.held],
            "statements": [each.as_dict() for each in self.statements],
            "error": self.error.as_dict() if self.error else None,
        }


@dataclass(frozen=True, slots=True)
class Trial:
    """The whole: `seconds` is how long locks were held, from the first statement to the end of the rollback."""

    migrations: tuple[MigrationTrial, ...]
    max_lock: float
    seconds: float

    @property
    def exit_code(self) -> int:
        """The gravest of the migrations': 4 before 1 before 6 before 0."""
        codes = {each.exit_code for each in self.migrations}
        return next((code for code in (_FAILED, _FINDINGS, _INCOMPLETE) if code in codes), _FINE)

    @property
    def error(self) -> ConsoleError | None:
        """What failed, if anything did: the first failure ends a trial."""
        return next((each.error for each in self.migrations if each.error is not None), None)

    @property
    def summary(self) -> str:
        """Say what came of it: `2 of 3 migrations tried, in 214 ms, and rolled back: nothing of them remains`."""
        if not self.migrations:
            return "nothing to try"
        return f"{', '.join(self._counted())}; rolled back after {duration(self.seconds)}, nothing remains"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of `up --trial`, without `target` and `ok`."""
        return {
            "summary": self.summary,
            "max_lock": self.max_lock,
            "held_ms": round(self.seconds * 1000),
            "migrations": [each.as_dict() for each in self.migrations],
        }

    def _counted(self) -> Iterator[str]:
        outcomes = [each.outcome for each in self.migrations]
        tried, total = outcomes.count(Outcome.TRIED), len(outcomes)
        share = "" if tried == total else f"{tried} of " if tried else "none of "
        yield f"{share}{plural(total, 'migration')} tried"
        for outcome, words in _WORDS.items():
            if 0 < outcomes.count(outcome) < total:
                yield f"{outcomes.count(outcome)} {words}"
        checks = sum(each.verify is False for each in self.migrations)
        if checks:
            yield f"{checks} with a failed check"


_WORDS = {
    Outcome.PARTLY: "in part",
    Outcome.NOT_TRIED: "not tried",
    Outcome.FAILED: "failed",
    Outcome.SKIPPED: "applied meanwhile",
}
