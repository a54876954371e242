"""What a rehearsal came to: a verdict for each migration, and whether all was proved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from console.db.server import Server
from console.errors import ConsoleError
from console.migrations.rehearsal.difference import Difference
from console.migrations.verify import Check
from console.text import plural, sanitize

_FEW = 3  # stand-ins of which each is worth its own words
_FINE, _FINDINGS, _FAILED, _INCOMPLETE = 0, 1, 4, 6


class Part(StrEnum):
    """What is tried of a migration, in this order."""

    UP = "up"
    VERIFY = "verify"
    DOWN = "down"
    EQUAL = "equal"
    AGAIN = "again"


_SAID = {Part.AGAIN: "up again"}
_MARKS = {True: "✓", False: "✗", None: "–"}


@dataclass(frozen=True, slots=True)
class StandIn:
    """An extension that the shadow does not have, and how many functions stood in for it."""

    extension: str
    functions: int

    @property
    def sentence(self) -> str:
        """Say it: `pgcrypto stood in for by 36 functions`."""
        return f"{self.extension} stood in for by {plural(self.functions, 'function')}"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape."""
        return {"extension": self.extension, "functions": self.functions}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that could not be made in the shadow, and why; both harmless for a terminal."""

    what: str
    reason: str

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape."""
        return {"what": self.what, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one migration. A part is None when it was not tried, or when there is nothing to try.

    `checks` are the failed ones; `reason` says why something was not tried, `error` what failed.
    """

    version: str
    name: str
    label: str
    up: bool | None = None
    verify: bool | None = None
    down: bool | None = None
    equal: bool | None = None
    again: bool | None = None
    difference: tuple[Difference, ...] = ()
    checks: tuple[Check, ...] = ()
    error: ConsoleError | None = None
    reason: str = ""
    seconds: float = 0.0

    @property
    def parts(self) -> tuple[tuple[Part, bool | None], ...]:
        """Each part with its outcome; that up runs again is only said when it does not."""
        tried = ((part, getattr(self, part.value)) for part in Part)
        return tuple((part, ok) for part, ok in tried if part is not Part.AGAIN or ok is False)

    @property
    def exit_code(self) -> int:
        """0 proved, 1 a difference or a failed check, 4 it failed, 6 it could not be tried."""
        if self.error is not None:
            return _FAILED
        if self.up is None:
            return _INCOMPLETE
        return _FINDINGS if self.equal is False or self.verify is False else _FINE

    @property
    def marks(self) -> str:
        """Say how the parts went: `up ✓  verify ✓  down ✓  equal ✓`."""
        return "  ".join(f"{_SAID.get(part, part)} {_MARKS[ok]}" for part, ok in self.parts)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say what is wrong with it, or why it was not tried: a sentence each, ready for a terminal."""
        error = self.error
        checks = (f"the check {check.name} failed: {check.detail}" for check in self.checks)
        failed = f"{error.title}{_place(error)}" if error is not None else ""
        found = (*checks, *(each.sentence for each in self.difference), failed, self.reason)
        return tuple(sanitize(each) for each in found if each)

    @property
    def excerpt(self) -> tuple[str, ...]:
        """The lines that show where it failed, and say what there is now, ready for a terminal."""
        return tuple(sanitize(self.error.detail, lines=True).splitlines()) if self.error is not None else ()

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of one migration of `rehearse`."""
        return {
            "version": self.version,
            "name": self.name,
            "up": self.up,
            "verify": self.verify,
            "down": self.down,
            "equal": self.equal,
            "again": self.again,
            "difference": [each.as_dict() for each in self.difference],
            "checks": [each.as_dict() for each in self.checks],
            "error": self.error.as_dict() if self.error else None,
            "reason": self.reason or None,
            "duration_ms": round(self.seconds * 1000),
        }


@dataclass(frozen=True, slots=True)
class Shadowed:
    """Where it was rehearsed. `source` is local, embedded, url or same-server.

    `objects` is how many of the target's objects were made there; None when it began with an empty database. `added`
    are sentences about what was put there besides.
    """

    version: str
    major: int
    source: str
    target: Server | None = None
    objects: int | None = None
    left_out: tuple[LeftOut, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Say where, and what the difference to the target is: `in PostgreSQL 18.4 (embedded)`."""
        said = f"in PostgreSQL {self.version} ({self.source})"
        if self.target is not None and self.target.major != self.major:
            said += f"; the target runs {self.target.version}"
        return said

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape."""
        return {
            "version": self.version,
            "source": self.source,
            "target_version": self.target.version if self.target else None,
            "objects": self.objects,
            "left_out": [each.as_dict() for each in self.left_out],
            "added": list(self.added),
        }


_NO_SHADOW: Mapping[str, object] = {
    "version": None,
    "source": None,
    "target_version": None,
    "objects": None,
    "left_out": [],
    "added": [],
}


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """The whole: where, what stood in, and a verdict for each migration in order."""

    shadow: Shadowed | None
    standins: tuple[StandIn, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def exit_code(self) -> int:
        """The gravest of the verdicts': 4 before 1 before 6 before 0."""
        codes = {each.exit_code for each in self.verdicts}
        return next((code for code in (_FAILED, _FINDINGS, _INCOMPLETE) if code in codes), _FINE)

    @property
    def proved(self) -> bool:
        """Whether every migration was proved, as far as it has files to prove."""
        return self.exit_code == _FINE

    @property
    def summary(self) -> str:
        """Say what came of it: `2 of 3 migrations proved in PostgreSQL 18.4 (embedded)`."""
        if not self.verdicts:
            return "nothing to rehearse"
        good = sum(each.exit_code == _FINE for each in self.verdicts)
        total = len(self.verdicts)
        head = (
            plural(total, "migration") + " proved"
            if good == total
            else f"{good} of {plural(total, 'migration')} proved"
        )
        where = f" {self.shadow.sentence}" if self.shadow is not None else ""
        return "; ".join((f"{head}{where}", *self._remarks()))

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of `rehearse`, without `target` and `ok`."""
        return {
            "summary": self.summary,
            "shadow": self.shadow.as_dict() if self.shadow else dict(_NO_SHADOW),
            "standins": [each.as_dict() for each in self.standins],
            "migrations": [each.as_dict() for each in self.verdicts],
        }

    def _remarks(self) -> Iterable[str]:
        without = sum(each.up is True and each.down is None and each.error is None for each in self.verdicts)
        if without:
            yield f"{without} without a down file"
        if len(self.standins) <= _FEW:
            yield from (each.sentence for each in self.standins)
        else:
            names = ", ".join(each.extension for each in self.standins)
            yield f"{len(self.standins)} extensions stood in for by functions of the same names: {names}"


def _place(error: ConsoleError) -> str:
    """Say the place in the SQL, where the sentences do not say it already."""
    if not error.line or f"line {error.line}" in f"{error.title}\n{error.detail}".casefold():
        return ""
    return f" (line {error.line}, column {error.column})"
