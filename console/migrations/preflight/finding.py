"""What a preflight has found: frozen values that commands, documents and the screen show alike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from console.errors import Refused
from console.text import plural


class Status(StrEnum):
    """How something stands. What could not be looked at is skipped, never fine."""

    OK = "ok"
    WARN = "warn"
    STOP = "stop"
    SKIPPED = "skipped"

    @property
    def glyph(self) -> str:
        """The sign that says the same."""
        return {"ok": "✓", "warn": "!", "stop": "✗", "skipped": "–"}[self.value]


class Subject(StrEnum):
    """What a finding is about."""

    SERVER = "server"
    POOLER = "pooler"
    EXTENSIONS = "extensions"
    PRIVILEGES = "privileges"
    SESSIONS = "sessions"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `sentence` and `advice`, what to do, are ready for a terminal."""

    subject: Subject
    status: Status
    sentence: str
    advice: str = ""

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of a finding."""
        return {
            "subject": self.subject.value,
            "status": self.status.value,
            "detail": self.sentence,
            "advice": self.advice,
        }


@dataclass(frozen=True, slots=True)
class Preflight:
    """Everything that was found before a plan."""

    findings: tuple[Finding, ...] = ()

    @property
    def stops(self) -> tuple[Finding, ...]:
        """What would certainly make the plan fail, or must not be."""
        return self._of(Status.STOP)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What may stand in its way."""
        return self._of(Status.WARN)

    @property
    def fine(self) -> str:
        """What is as it should be, in one line; empty when nothing is known to be."""
        return " ".join(finding.sentence for finding in self._of(Status.OK))

    @property
    def noteworthy(self) -> tuple[Finding, ...]:
        """All that is not simply fine: the stops, then the warnings, then what could not be looked at."""
        return self.stops + self.warnings + self._of(Status.SKIPPED)

    @property
    def lines(self) -> tuple[str, ...]:
        """The list as lines without a colour: a sign and a sentence, and below it what to do."""
        return tuple(self._lines())

    def as_dict(self) -> list[dict[str, object]]:
        """Return the JSON shape: the list `preflight`."""
        return [finding.as_dict() for finding in self.findings]

    def refuse(self) -> None:
        """Raise Refused where something stops the plan; nothing has run yet."""
        stops = self.stops
        if not stops:
            return
        if len(stops) == 1:
            raise Refused(stops[0].sentence, detail="Nothing has run.", hint=stops[0].advice)
        said = [f"✗ {each.sentence}{' ' + each.advice if each.advice else ''}" for each in stops]
        raise Refused(
            f"{plural(len(stops), 'thing')} would stop this plan. Nothing has run.",
            detail="\n".join(said),
            hint="Mend them first; --dry-run shows this list with the plan.",
        )

    def _of(self, status: Status) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.status is status)

    def _lines(self) -> Iterator[str]:
        for finding in self.noteworthy:
            yield f"{finding.status.glyph} {finding.sentence}"
            if finding.advice:
                yield f"  → {finding.advice}"
        if self.fine:
            yield f"{Status.OK.glyph} {self.fine}"
