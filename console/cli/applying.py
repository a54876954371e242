"""Takes a target through up, down or redo: plan, warn, rehearse, look for hazards, ask, run, tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from console.cli import around, planned, preflighting, scripting
from console.cli.around import Around
from console.cli.options import How
from console.cli.progress import Progress
from console.cli.telling import answer, tell, tell_error
from console.errors import ConsoleError, Refused
from console.migrations.plan import Plan
from console.text import duration, plural, sanitize

if TYPE_CHECKING:
    from console.cli.project import Project
    from console.cli.rehearsing import First
    from console.db.guard import Consent
    from console.db.session import Session
    from console.migrations.files.folder import Folder
    from console.migrations.hazards.looking import Looked
    from console.migrations.ledgers.choosing import Chosen
    from console.migrations.ledgers.ledger import Recorded
    from console.migrations.preflight.finding import Preflight
    from console.migrations.trial.result import Trial

    Planning = Callable[[Folder, Recorded], Plan]


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked of up, down or redo: what to plan, how to go about it, and what to do before and after.

    `first` rehearses before anything runs; `max_lock` is in seconds. `offers` says that what may be done after the run
    is mentioned. Whoever holds a lock for longer than `cancel_blockers` seconds while the run waits for it is ended.
    """

    planning: Planning
    how: How
    first: First | None = None
    as_sql: bool = False
    trial: bool = False
    max_lock: float = 5.0
    around: Around = field(default_factory=Around)
    offers: bool = False
    cancel_blockers: float | None = None


@dataclass(slots=True)
class Course:
    """How far one target has come; filled step by step, so that an error leaves what was found before it.

    `lines` stand above the question. `more` is what the document has besides the outcomes: each step that has a result
    puts it there under its name. Without `consent` nothing is carried out. One that is `named` is one of several.
    `script` is the plan as SQL, `trial` what became of trying it, where that was asked for.
    """

    project: Project
    wishes: Wishes
    progress: Progress
    chosen: Chosen | None = None
    plan: Plan = field(default_factory=Plan)
    looked: list[Looked] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    more: dict[str, object] = field(default_factory=dict)
    consent: Consent | None = None
    named: bool = False
    recorded: Recorded | None = None
    script: str = ""
    trial: Trial | None = None
    preflight: Preflight | None = None

    @property
    def summary(self) -> str:
        """What is said of it in one line."""
        if self.trial is not None:
            return self.trial.summary
        return self.plan.summary if self._only_planned else self.progress.outcomes.summary

    @property
    def _only_planned(self) -> bool:
        return self.wishes.how.dry_run or self.wishes.as_sql or not self.plan.steps

    def as_dict(self) -> dict[str, object]:
        """Return the JSON shape of what became of it. Raises BadSql, Refused for a plan with an unreadable script."""
        if self.wishes.as_sql:
            return {**self.plan.as_dict(), "sql": self.script}
        if self.wishes.trial:
            return self.so_far()
        dry = self.wishes.how.dry_run
        found = planned.as_dict(self.plan, self.looked) if dry else self.progress.outcomes.as_dict()
        return {**found, **self.more}

    def so_far(self) -> dict[str, object]:
        """Return the same where an error ended it."""
        from console.migrations.trial.result import Trial

        nothing = Trial((), self.wishes.max_lock, 0.0) if self.wishes.trial else None
        found = self.trial or nothing or self.progress.outcomes
        return {**found.as_dict(), **self.more}


def of(project: Project, wishes: Wishes, *, named: bool = False) -> Course:
    """Return the beginning of a target's course."""
    return Course(project, wishes, Progress(quiet=wishes.how.as_json), named=named)


def apply(project: Project, wishes: Wishes) -> int:
    """Take one target through its course, tell what came of it, and return the exit code."""
    from console.cli.running import run

    course = of(project, wishes)
    try:
        run(lambda: _through(course))
    except ConsoleError as error:
        if not (wishes.how.as_json and (course.progress.outcomes.found or course.more or course.trial)):
            raise
        tell_error(error)
        found = course.so_far()
        if not (course.progress.outcomes.found or course.trial):
            found["summary"] = error.title
        answer(found, target=project.target.name, ok=False, error=error.as_dict())
        return error.exit_code
    if wishes.how.as_json:
        answer(course.as_dict(), target=project.target.name, ok=True)
    else:
        tell_result(course)
    return 0


async def _through(course: Course) -> None:
    async with course.project.session("migrations", direct=True) as session:
        await prepare(course, session)
        await carry_out(course, session)


async def prepare(course: Course, session: Session) -> None:
    """Do all that comes before the first change, and ask: nothing is written to the target.

    Raises what planning, rehearsing and reading raise, Refused without consent.
    """
    await _plan(course, session)
    if course.wishes.as_sql:
        await _write(course, session)
        return
    if not course.plan.steps:
        return
    await _preflight(course, session)
    await _rehearse(course, session)
    await _look(course, session)
    if course.wishes.trial:
        await _try(course, session)
    elif not course.wishes.how.dry_run:
        _ask(course, session)


async def look_again(course: Course, session: Session) -> None:
    """See whether what was agreed to in another session still holds; what others have done by now is left out later.

    Raises Refused when there is more to do by now, and what planning raises.
    """
    assert course.chosen is not None
    now = course.wishes.planning(course.chosen.folder, await course.chosen.ledger.read(session))
    agreed = {(step.migration.version, step.direction) for step in course.plan.steps}
    if any((step.migration.version, step.direction) not in agreed for step in now.steps):
        raise Refused(
            f"{course.project.target.name} has changed since its plan was agreed to, and more would run now."
            " Nothing was done.",
            hint="Run the command again.",
        )


async def carry_out(course: Course, session: Session) -> None:
    """Do what was consented to; without consent there is nothing to do. Raises what the runner raises."""
    if course.consent is not None:
        await _back_up(course, session)
        await _run(course, session, course.consent)
        await _analyze(course, session, course.consent)


async def _plan(course: Course, session: Session) -> None:
    course.chosen = await course.project.chosen(session)
    course.recorded = recorded = await course.chosen.ledger.read(session)
    course.plan = course.wishes.planning(course.chosen.folder, recorded)
    if course.named and not course.wishes.how.as_json:
        tell(f"{sanitize(course.project.target.name)}: {course.plan.summary}")
    planned.warn(course.plan, recorded.notes)


async def _write(course: Course, session: Session) -> None:
    """Write the plan as a script. Raises BadSql and Refused for what cannot be run."""
    from console.cli.scripting import written

    assert course.chosen is not None
    assert course.recorded is not None
    course.script = await written(session, course.chosen, course.recorded, course.plan)


async def _preflight(course: Course, session: Session) -> None:
    """Look what stands in the way. Raises Refused where that stops the plan, and something is to be run."""
    from console.cli.consenting import asks
    from console.migrations.preflight import looking

    wishes, how = course.wishes, course.wishes.how
    await around.check(wishes.around, session)
    found = await looking.look(session, course.plan.steps, backup=wishes.around.backup is not None)
    course.preflight, course.more["preflight"] = found, found.as_dict()
    if how.dry_run or wishes.trial:
        course.lines.extend(preflighting.said(found))
        return
    found.refuse()
    if asks(session.target, yes=how.yes, confirm=how.confirm):
        course.lines.extend(preflighting.said(found))
    elif not how.as_json:
        preflighting.warn(found)


async def _rehearse(course: Course, session: Session) -> None:
    """Prove the plan in a shadow, where that was asked for. Raises MigrationFailed or Incomplete when it is not."""
    from console.cli.rehearsing import must_be_proved

    if course.wishes.first is None or course.chosen is None:
        return
    found = await course.wishes.first.prove(session, course.chosen.folder, course.plan)
    course.more["rehearsal"] = found.as_dict()
    must_be_proved(found)


async def _look(course: Course, session: Session) -> None:
    """Find the hazards, unless nobody would see them: who said yes beforehand is shown no plan."""
    from console.migrations.hazards import server

    how = course.wishes.how
    if how.dry_run or not (how.yes or how.confirm):
        course.looked.extend(await server.steps(session, course.plan.steps))
    course.lines.extend(planned.steps(course.plan, course.looked))


async def _try(course: Course, session: Session) -> None:
    """Run the plan and roll it back. Raises what the trial came to, unless everything went."""
    from console.cli import trying

    assert course.chosen is not None
    wishes = course.wishes
    course.trial = await trying.carry_out(
        session,
        course.plan,
        course.chosen.ledger,
        wishes.how,
        max_lock=wishes.max_lock,
        progress=course.progress,
        above=tuple(course.lines),
    )
    trying.must_have_gone(course.trial)


def _ask(course: Course, session: Session) -> None:
    from console.cli.consenting import ask

    how, after = course.wishes.how, course.wishes.cancel_blockers
    if after is not None:
        course.lines.append(
            f"whoever holds a lock it waits for longer than {duration(after)} is cancelled or disconnected"
        )
    course.consent = ask(session.target, _action(course.plan), yes=how.yes, confirm=how.confirm, lines=course.lines)


async def _back_up(course: Course, session: Session) -> None:
    """Make a backup, where that was asked for. Raises what keeps it from being made."""
    made = await around.back_up(course.wishes.around, session, course.progress)
    if made is not None:
        course.more["backup"] = made


async def _run(course: Course, session: Session, consent: Consent) -> None:
    from console.migrations import runner
    from console.migrations.work import Patience

    assert course.chosen is not None
    patience = Patience(end_blockers_after=course.wishes.cancel_blockers)
    if patience.end_blockers_after is not None:
        course.more["ended"] = course.progress.ended
    async for event in runner.run(session, course.plan, consent, ledger=course.chosen.ledger, patience=patience):
        course.progress.take(event)


async def _analyze(course: Course, session: Session, consent: Consent) -> None:
    """Gather new statistics after a run that went up, or say how."""
    if course.wishes.offers:
        done = await around.analyze(course.wishes.around, session, consent, course.plan, course.progress)
        course.more["analyze"] = done


def tell_result(course: Course) -> None:
    """Say what came of a course that went through: what would run, or what was done."""
    if course.wishes.as_sql:
        scripting.show(course.script)
    elif course.wishes.how.dry_run:
        if course.preflight is not None:
            preflighting.show(course.preflight)
        planned.print_statements(course.plan, course.looked)
    tell(course.summary)


def _action(wanted: Plan) -> str:
    """Say what a plan does, as the end of a question."""
    from console.migrations.ledgers.ledger import Direction

    downs = sum(step.direction is Direction.DOWN for step in wanted.steps)
    ups = len(wanted.steps) - downs
    both = [f"roll back {plural(downs, 'migration')}"] if downs else []
    return " and ".join([*both, *([f"apply {plural(ups, 'migration')}"] if ups else [])])
