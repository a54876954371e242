"""What a rehearsal reports while it works: frozen events, besides those of the runner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from console.migrations.rehearsal.verdict import Part, Rehearsal, Shadowed, Verdict
from console.migrations.running import events


@dataclass(frozen=True, slots=True)
class Preparing:
    """The shadow is being started, or the target's schema made in it; `what` is a sentence without its full stop."""

    what: str


@dataclass(frozen=True, slots=True)
class ShadowReady:
    """The shadow runs and holds what the target holds."""

    shadow: Shadowed


@dataclass(frozen=True, slots=True)
class PartStarted:
    """A part of a migration is tried. `number` is the migration's place, from 1, of `total`."""

    label: str
    part: Part
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class MigrationRehearsed:
    """All was tried of a migration that could be."""

    verdict: Verdict
    number: int
    total: int


@dataclass(frozen=True, slots=True)
class RehearsalFinished:
    """The shadow is about to go; `seconds` is how long all took."""

    rehearsal: Rehearsal
    seconds: float


Event: TypeAlias = Preparing | ShadowReady | PartStarted | MigrationRehearsed | RehearsalFinished | events.Event
