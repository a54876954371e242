"""Proves a plan: the first side is built in the shadow, the statements run there, and what comes of it is compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from console.catalog.compare import Action, Change
from console.catalog.model import Key, Kind, Object
from console.drift.ground import Side
from console.drift.ordering.writing import Statement
from console.drift.planning.planning import Plan, plan
from console.drift.portion import both
from console.drift.proving.shadow import Shadow
from console.drift.proving.trial import Trial, run
from console.drift.segments import Segment, segments
from console.drift.sources.kinds import Read
from console.drift.wishes import Wishes
from console.errors import ConnectionLost, ConsoleError, Interrupted, StatementFailed
from console.migrations.rehearsal import laying
from console.migrations.rehearsal.difference import Difference, told
from console.migrations.rehearsal.stage import Stage, spoken_of
from console.sql import statements
from console.sql.title import title
from console.text import plural, sanitize

LARGE = 2000  # objects, from which on only what the statements touch is made in the shadow
_ROUNDS = 3
_RELATIONS = frozenset({Kind.TABLE, Kind.FOREIGN_TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW})
_NAMED = 3
_NO_EXTENSION = frozenset({"0A000", "58P01", "22023"})


class State(StrEnum):
    """How a proof has ended."""

    EQUAL = "equal"
    REST = "rest"
    SKIPPED = "skipped"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether the statements arrive at the second side.

    `rest` is what is left different, `reason` a sentence: why it was skipped, which statement failed, what a proof that
    holds was not about. `where` is the server. `rounds` is how many times was planned until nothing was left.
    """

    state: State
    reason: str = ""
    rest: tuple[Difference, ...] = ()
    where: str = ""
    rounds: int = 1
    seconds: float = 0.0

    @property
    def sentence(self) -> str:
        """Say it: `proved in PostgreSQL 18.4 (embedded)`."""
        match self.state:
            case State.EQUAL:
                head = f"proved in {self.where}"
            case State.REST:
                left = f": {plural(len(self.rest), 'difference')} left" if self.rest else ""
                head = f"not proved in {self.where}{left}"
            case State.SKIPPED:
                head = "not proved"
            case State.OFF:
                return "not to be proved"
        again = f", planned {self.rounds} times" if self.rounds > 1 else ""
        return f"{head}{again}{'; ' if self.reason else ''}{self.reason}"

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape `{state, reason, rest}`."""
        return {
            "state": self.state.value,
            "reason": self.reason or None,
            "rest": [each.as_dict() for each in self.rest],
            "shadow": self.where or None,
            "rounds": self.rounds,
            "duration_ms": round(self.seconds * 1000),
        }


OFF = Proof(State.OFF)


@dataclass(frozen=True, slots=True)
class Proved:
    """A proof, and the plan that it is of: with what had to be planned after a first round."""

    proof: Proof
    plan: Plan


async def prove(
    shadow: Shadow, a: Read, b: Read, found: Plan, wishes: Wishes, tell: Callable[[int, int], None] = lambda *_: None
) -> Proved:
    """Prove a plan between two sources that were read; what stands in the way is said in the proof.

    `tell` hears how many of the statements have run. Raises ConnectionLost, Interrupted.
    """
    began = time.perf_counter()
    try:
        proof, found = await _proved(shadow, a, b, found, wishes, tell)
    except (ConnectionLost, Interrupted):
        raise
    except (ConsoleError, OSError) as error:
        said = error.title if isinstance(error, ConsoleError) else f"the shadow did not start: {error.strerror}"
        proof = Proof(State.SKIPPED, sanitize(said))
    return Proved(replace(proof, where=shadow.sentence, seconds=time.perf_counter() - began), found)


async def _proved(
    shadow: Shadow, a: Read, b: Read, found: Plan, wishes: Wishes, tell: Callable[[int, int], None]
) -> tuple[Proof, Plan]:
    """Prove with that part of a large database that the statements touch; with all of it where that does not do."""
    if a.whole is not None or max(len(each.catalog.objects) for each in (a, b)) > LARGE:
        keys = {each.key for each in found.changes} | {each.key for each in found.statements}
        keys |= {each.before.key for each in found.changes if isinstance(each.before, Object)}  # before it was renamed
        left, right = both(Side(a.catalog), Side(b.catalog), keys)
        some = _Proving(Trial(shadow, replace(a, catalog=left), replace(b, catalog=right)), found, wishes, tell)
        proof = await some.run()
        if proof.state is State.EQUAL:
            return proof, some.plan
    a, b = [await each.whole() if each.whole is not None else each for each in (a, b)]
    work = _Proving(Trial(shadow, a, b), found, wishes, tell)
    return await work.run(), work.plan


@dataclass(slots=True)
class _Proving:
    trial: Trial
    plan: Plan
    wishes: Wishes
    tell: Callable[[int, int], None]

    async def run(self) -> Proof:
        await self.trial.prepare()
        async with self.trial.shadow.database() as stage:
            left_out = await self.trial.lay(stage)
            touched = self._touched()
            if touched:
                why = "; ".join(f"{each.what}: {each.reason}" for each in left_out[:_NAMED])
                reason = f"the shadow cannot hold {_listed(touched)} as it is{f' ({why})' if why else ''}"
                return Proof(State.SKIPPED, reason)
            return await self._rounds(stage)

    def _touched(self) -> list[Key]:
        """Return what the statements are about, or are about a part of, and the shadow cannot hold."""
        away = self.trial.away
        relations = {(key.schema, key.name): key for key in away if key.kind in _RELATIONS}
        keys = {each.key for each in self.plan.statements}
        keys |= {relations[own] for key in keys if (own := key.owner_relation) in relations}
        return sorted(keys & away)

    async def _rounds(self, stage: Stage) -> Proof:
        todo: Sequence[Statement] = self.plan.statements
        away = self.trial.away
        note = f"apart from {_listed(sorted(away))}, which the shadow cannot hold as it is" if away else ""
        for number in range(1, _ROUNDS + 1):
            failed = await self._run(stage, todo)
            if failed is not None:
                return replace(failed, rounds=number)
            seen = await self.trial.seen(stage)
            rest = _without(await self.trial.rest(seen), self.plan.left_out)
            if not rest:
                return Proof(State.EQUAL, note, rounds=number)
            todo = plan(seen.a, seen.b, seen.scope, self.wishes).statements
            if number == _ROUNDS or not todo:
                break
            self.plan = replace(self.plan, statements=(*self.plan.statements, *todo))
        return Proof(State.REST, note, told(_backwards(rest)), rounds=number)

    async def _run(self, stage: Stage, todo: Sequence[Statement]) -> Proof | None:
        """Run statements as the script does; return the proof that has failed, None when all went through."""
        done = 0
        for segment in segments(todo):
            failed = await self._run_segment(stage, segment, done, len(todo))
            if failed is not None:
                return failed
            done += len(segment.statements)
        return None

    async def _run_segment(self, stage: Stage, segment: Segment, done: int, total: int) -> Proof | None:
        way = stage.session.writing if segment.together else stage.session.alone
        current: Statement | None = None
        try:
            async with way(stage.consent, doing="proving the statements") as writer:
                await run(writer, self.plan.preamble)
                for number, current in enumerate(segment.statements, done + 1):
                    self.tell(number, total)
                    await writer.execute(current.text, doing=f"running {_titled(current)}")
        except StatementFailed as error:
            return await _failed(stage, error, current)
        return None


async def _failed(stage: Stage, error: StatementFailed, current: Statement | None) -> Proof:
    lacked = spoken_of([current.text]) - await laying.offers(stage.session) if current is not None else set()
    if error.sqlstate in _NO_EXTENSION and lacked:
        return Proof(State.SKIPPED, f"the shadow does not have {', '.join(map(sanitize, sorted(lacked)))}")
    return Proof(State.REST, sanitize(error.title))


def _titled(statement: Statement) -> str:
    return title(statements.one(statement.text))


def _listed(keys: Sequence[Key]) -> str:
    named = ", ".join(f"{key.kind} {sanitize(str(key))}" for key in keys[:_NAMED])
    return named if len(keys) <= _NAMED else f"{named} and {plural(len(keys) - _NAMED, 'other')}"


def _without(rest: Collection[Change], kept: Collection[Change]) -> list[Change]:
    """Return what is left without what was meant to stay."""
    meant = {(each.action, each.key): {one.attribute for one in each.differences} for each in kept}
    return [
        each
        for each in rest
        if (each.action, each.key) not in meant
        or {one.attribute for one in each.differences} - meant[each.action, each.key]
    ]


_OPPOSITE = {Action.CREATE: Action.DROP, Action.DROP: Action.CREATE}


def _backwards(changes: Collection[Change]) -> list[Change]:
    """Return what is to be done as what is wrong: from what should be to what is."""
    return [
        replace(
            each,
            action=_OPPOSITE.get(each.action, each.action),
            before=each.after,
            after=each.before,
            differences=tuple(one._replace(before=one.after, after=one.before) for one in each.differences),
        )
        for each in changes
    ]
