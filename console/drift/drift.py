"""What turned out to differ between two sources, the statements that mend it, and whether they are proved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from console.catalog.compare import Action, Change
from console.catalog.ddl.unhandled import Unhandled, unhandled
from console.catalog.model import Key, Kind, Object
from console.drift.authorship.attribution import Attribution
from console.drift.coverage import Coverage
from console.drift.ground import Side
from console.drift.ordering.writing import Statement
from console.drift.planning import renames
from console.drift.planning.planning import Plan
from console.drift.proving.proof import OFF, Proof, State
from console.drift.scope import Pair
from console.drift.sources.kinds import Read
from console.migrations.hazards.hazard import Hazard
from console.migrations.rehearsal.verdict import LeftOut
from console.text import plural, sanitize

_FINE, _FINDINGS, _INCOMPLETE = 0, 1, 6
_MADE = (Action.CREATE, Action.DROP, Action.ALTER, Action.RENAME)


@dataclass(frozen=True, slots=True)
class Drift:
    """The changes that turn `a` into `b`. `pair` is what was compared of them, `plan` what mends it.

    `hazards` are those of each statement, in their order. `files` are those in which it was saved as a migration.
    `coverage` is what of pg_catalog was counted, and what of that was not compared. `attributions`
    say whose the changes are, by their identities, where a database is compared with its own migrations.
    """

    a: Read
    b: Read
    pair: Pair
    plan: Plan
    proof: Proof = OFF
    hazards: tuple[tuple[Hazard, ...], ...] = ()
    files: tuple[Path, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    attributions: Mapping[Key, Attribution] = field(default_factory=dict)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs, but for the order of columns and for what could not be read."""
        return tuple(each for each in self.plan.changes if each.action in _MADE)

    @property
    def reordered(self) -> tuple[Key, ...]:
        """The tables whose columns stand in another order and that do not differ by it."""
        return tuple(each.key for each in self.plan.changes if each.action is Action.REORDER)

    @property
    def unhandled(self) -> tuple[Unhandled, ...]:
        """What was seen and could not be compared, or is not made by the statements, by name."""
        return tuple(dict.fromkeys(self._unhandled()))

    @property
    def kept(self) -> tuple[Change, ...]:
        """What is not done for the sake of the data, and so stays different."""
        return self.plan.left_out

    @property
    def candidates(self) -> tuple[renames.Candidate, ...]:
        """What may have been renamed, and is dropped and made as long as nobody confirms that."""
        return renames.candidates(self.changes)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What of a side could not be made where both were compared."""
        return (*self.a.left_out, *self.b.left_out)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about how the sides were made, and what takes no part."""
        return tuple(dict.fromkeys((*self.a.notes, *self.b.notes, *self.pair.notes, *self.coverage.notes)))

    @property
    def complete(self) -> bool:
        """Whether all that there is could be compared, and can be made."""
        return not (self.unhandled or self.left_out or self.coverage.refused)

    @property
    def exit_code(self) -> int:
        """0 no drift, 1 drift (also what is left for the sake of the data), 6 not all could be compared or proved."""
        if not self.complete or (self.changes and self.proof.state in (State.REST, State.SKIPPED)):
            return _INCOMPLETE
        return _FINDINGS if self.changes or self.kept else _FINE

    @property
    def summary(self) -> str:
        """Say what came of it: `33 changes, proved in PostgreSQL 18.4 (embedded)`."""
        return "; ".join(self._said())

    def statements_of(self) -> Mapping[Key, tuple[Statement, ...]]:
        """Return the statements by what they are for: the change itself, or the one for whose sake they are."""
        found: defaultdict[Key, list[Statement]] = defaultdict(list)
        for key, number in self._sorted():
            found[key].append(self.plan.statements[number])
        return {key: tuple(some) for key, some in found.items()}

    def hazards_of(self) -> Mapping[Key, tuple[Hazard, ...]]:
        """Return the hazards by what the statements are for."""
        found: defaultdict[Key, list[Hazard]] = defaultdict(list)
        for key, number in self._sorted() if self.hazards else ():
            found[key] += self.hazards[number]
        return {key: tuple(dict.fromkeys(some)) for key, some in found.items()}

    def _sorted(self) -> Iterator[tuple[Key, int]]:
        changed = {each.key for each in self.changes}
        for number, each in enumerate(self.plan.statements):
            yield each.key if each.key in changed or each.because is None else each.because, number

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of `drift`, without `target` and `ok`."""
        statements, hazards = self.statements_of(), self.hazards_of()
        return {
            "summary": self.summary,
            "from": sanitize(self.a.label),
            "to": sanitize(self.b.label),
            "changes": [
                self._changed(each, statements.get(each.key, ()), hazards.get(each.key, ())) for each in self.changes
            ],
            "statements": [_statement(each) for each in self.plan.statements],
            "kept": [_named(each) for each in self.kept],
            "renames": [{"old": each.a, "new": each.b, "reason": each.reason} for each in self.candidates],
            "reordered": [sanitize(str(key)) for key in self.reordered],
            "proof": self.proof.as_dict(),
            "unhandled": [
                {"kind": each.key.kind.value, "schema": each.key.schema, "name": _name(each.key), "reason": each.reason}
                for each in self.unhandled
            ],
            "left_out": [each.as_dict() for each in self.left_out],
            "coverage": self.coverage.as_dict(),
            "notes": list(self.notes),
            "files": [sanitize(str(each)) for each in self.files],
        }

    def _changed(
        self, change: Change, statements: tuple[Statement, ...], hazards: tuple[Hazard, ...]
    ) -> dict[str, object]:
        whose = self.attributions.get(change.key)
        return {
            **_named(change),
            "hazards": [each.as_dict() for each in hazards],
            "sql": [each.text for each in statements],
            **({"attribution": whose.as_dict()} if whose is not None else {}),
        }

    def _said(self) -> Iterator[str]:
        if self.changes:
            proved = f", {self.proof.sentence}" if self.proof.state is not State.OFF else ""
            yield f"{plural(len(self.changes), 'change')}{proved}"
        elif self.complete and not self.kept:
            yield "no drift"
        else:
            yield "no drift in what could be compared"
        if self.kept:
            yield f"{plural(len(self.kept), 'change')} left out for the sake of the data"
        if self.reordered:
            yield f"columns in another order in {plural(len(self.reordered), 'table')}"
        if self.unhandled:
            yield f"{len(self.unhandled):,} seen, not handled"
        if self.left_out:
            yield f"{len(self.left_out):,} left out where both were compared"
        if self.coverage.refused:
            yield "what there is was not counted"

    def _unhandled(self) -> Iterator[Unhandled]:
        """What a lock hid on either side; and what comes or changes, as far as no statement can say all of it."""
        hidden = {each.key for each in self.plan.changes if each.action is Action.UNREAD}
        changed = {each.key for each in self.changes if each.action is not Action.DROP}
        changed |= {each.key for each in self.plan.statements if each.action is Action.CREATE}
        for side, keys in ((self.pair.a, hidden), (self.pair.b, hidden | changed)):
            yield from (each for each in unhandled(side) if each.key in keys)
        yield from self.coverage.hidden(self.pair.a, self.pair.b, (self.a.provider, self.b.provider))
        if self.proof.state is not State.EQUAL:
            yield from (Unhandled(key, "no statement is known that would change it") for key in self._unsaid())

    def _unsaid(self) -> Iterator[Key]:
        """Yield what differs without a statement of its own, nor one about the relation it is a part of."""
        done = {each.because for each in self.plan.statements} | {each.key for each in self.plan.statements}
        a, b = Side(self.pair.a), Side(self.pair.b)
        for change in self.changes:
            side = a if change.action is Action.DROP else b
            made = change.before if change.action is Action.DROP else change.after
            whole = side.whole_of(made) if isinstance(made, Object) else side.relation(change.key)
            if change.key not in done and whole not in done:
                yield change.key


def _named(change: Change) -> dict[str, object]:
    return {
        "action": change.action.value,
        "kind": change.key.kind.value,
        "schema": sanitize(change.key.schema),
        "name": _name(change.key),
    }


def _name(key: Key) -> str:
    """Return a name as it is within its schema: a column or a policy with its table."""
    if key.kind is Kind.DATABASE:
        return "this database"
    return sanitize(str(key._replace(schema="")))


def _statement(statement: Statement) -> dict[str, object]:
    return {
        "sql": statement.text,
        "action": statement.action.value,
        "kind": statement.key.kind.value,
        "schema": sanitize(statement.key.schema),
        "name": _name(statement.key),
        "because": sanitize(str(statement.because)) if statement.because is not None else None,
        "loses": statement.loses or None,
        "alone": statement.alone,
    }
