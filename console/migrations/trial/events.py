"""What a trial reports while it works: frozen events, besides those of the runner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from console.migrations.running import events
from console.migrations.trial.result import MigrationTrial, Trial, Tried


@dataclass(frozen=True, slots=True)
class StatementTried:
    """A statement of `total` was tried, has failed, or is not tried, with the reason."""

    label: str
    tried: Tried
    total: int


@dataclass(frozen=True, slots=True)
class MigrationTried:
    """All was tried of a migration that could be. `number` is its place in the plan, from 1, of `total`."""

    migration: MigrationTrial
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class TrialFinished:
    """Everything is rolled back."""

    trial: Trial


Event: TypeAlias = StatementTried | MigrationTried | TrialFinished | events.Event
