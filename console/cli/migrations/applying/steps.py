"""The steps of a course, in order: plan, look what stands in the way, rehearse, find hazards, ask; then run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.cli.migrations.applying import around, planned, preflighting
from console.cli.migrations.applying.course import Course
from console.cli.terminal.telling import tell
from console.errors import Refused
from console.migrations.plan import Plan
from console.text import duration, plural, sanitize

if TYPE_CHECKING:
    from console.db.guard import Consent
    from console.db.session import Session


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
    from console.cli.migrations.applying.scripting import written

    assert course.chosen is not None
    assert course.recorded is not None
    course.script = await written(session, course.chosen, course.recorded, course.plan)


async def _preflight(course: Course, session: Session) -> None:
    """Look what stands in the way. Raises Refused where that stops the plan, and something is to be run."""
    from console.cli.call.consenting import asks
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
    from console.cli.migrations.rehearsing import must_be_proved

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
    from console.cli.migrations.applying import trying

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
    from console.cli.call.consenting import ask

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
    from console.migrations.running import runner
    from console.migrations.running.work import Patience

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


def _action(wanted: Plan) -> str:
    """Say what a plan does, as the end of a question."""
    from console.migrations.ledgers.ledger import Direction

    downs = sum(step.direction is Direction.DOWN for step in wanted.steps)
    ups = len(wanted.steps) - downs
    both = [f"roll back {plural(downs, 'migration')}"] if downs else []
    return " and ".join([*both, *([f"apply {plural(ups, 'migration')}"] if ups else [])])
