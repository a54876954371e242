"""`up --trial`: runs a plan on its target and rolls it back, and prints what each statement did."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any, TypeVar

import click

from console.text import duration, plural, sanitize

if TYPE_CHECKING:
    from console.cli.call.options import How
    from console.cli.terminal.lines import Sign
    from console.cli.terminal.progress import Progress
    from console.db.session import Session
    from console.migrations.ledgers.ledger import Ledger
    from console.migrations.plan import Plan
    from console.migrations.trial.effects import Effects, Locked
    from console.migrations.trial.result import MigrationTrial, Trial, Tried

Function = TypeVar("Function", bound=Callable[..., Any])

MAX_LOCK = 5.0
_NAMED = 3  # of the locks that are held already
_TIME = 8  # cells of a duration
_BELOW = 10  # blanks before what belongs to a statement


def options(function: Function) -> Function:
    """Add --trial and --max-lock."""
    trial = click.option("--trial", is_flag=True, help="Run it on the target, tell what it does there, and roll back.")
    limit = click.option(
        "--max-lock", type=float, metavar="SECONDS", help="With --trial: how long locks may be held (5)."
    )
    return trial(limit(function))


def must_fit(how: How, *, trial: bool, max_lock: float | None, **others: object) -> None:
    """Raise UsageError for what does not go together with a trial; `others` are options of a run that stays."""
    from console.errors import UsageError

    if max_lock is not None and not trial:
        raise UsageError("--max-lock says how long a trial may hold locks, and nothing is tried without --trial.")
    if trial and how.dry_run:
        raise UsageError("--dry-run runs nothing, and --trial does.", hint="Leave one of them out.")
    wrong = next((name for name, value in others.items() if value), None)
    if trial and wrong is not None:
        raise UsageError(f"--trial leaves nothing behind, and --{wrong} is for a run that stays.")
    if max_lock is not None and not 0 < max_lock < float("inf"):
        raise UsageError("--max-lock takes a number of seconds above 0.", hint="5 is what holds without it.")


async def carry_out(
    session: Session,
    wanted: Plan,
    ledger: Ledger,
    how: How,
    *,
    max_lock: float,
    progress: Progress,
    above: tuple[str, ...] = (),
) -> Trial:
    """Ask, with the lines `above` the question, try a plan, and print what comes of it.

    Raises Refused without consent, and what trying raises.
    """
    from console.cli.call.consenting import ask
    from console.migrations.trial.events import MigrationTried, StatementTried, TrialFinished
    from console.migrations.trial.trying import try_plan

    action = f"try {plural(len(wanted.steps), 'migration')} with locks for at most {max_lock:g} s, and roll back"
    said = ask(session.target, action, yes=how.yes, confirm=how.confirm, lines=above)
    async with aclosing(try_plan(session, wanted, said, ledger, max_lock=max_lock)) as events:
        async for event in events:
            match event:
                case MigrationTried():
                    progress.clear()
                    if not how.as_json:
                        show(event.migration)
                case StatementTried() | TrialFinished():
                    progress.clear()
                case _:
                    progress.take(event)
    assert isinstance(event, TrialFinished)
    return event.trial


def must_have_gone(found: Trial) -> None:
    """Raise what a trial in which not everything went comes to; its exit code is the trial's."""
    from console.errors import ConsoleError, Incomplete

    if found.error is not None:
        raise found.error
    if found.exit_code:
        kind = {Incomplete.exit_code: Incomplete}.get(found.exit_code, ConsoleError)
        raise kind(f"{found.summary[0].upper()}{found.summary[1:]}.")


def show(found: MigrationTrial) -> None:
    """Print a migration: a line for each statement, and below it what it did."""
    for line in _lines(found):
        click.echo(line)


def _lines(found: MigrationTrial) -> Iterator[str]:
    from console.migrations.trial.result import Outcome

    yield _sign(found)(_headline(found))
    yield from _wrapped(found.reason, indent=4)
    yield from _wrapped(_held(found.held), indent=4)
    alike = [each for each in found.statements if found.reason and each.reason == found.reason]
    for tried in found.statements:
        if tried in alike:
            continue
        yield _statement(tried)
        if tried.outcome is not Outcome.FAILED:  # that is said in full at the end
            yield from _wrapped(tried.reason)
        if tried.effects is not None:
            yield from _effects(tried.effects)
    if alike:
        yield f"    {plural(len(alike), 'statement')} not tried"
    for check in found.checks:
        yield from _wrapped(f"the check {check.name} failed: {check.detail}", indent=4)


def _held(locks: Sequence[Locked]) -> str:
    if not locks:
        return ""
    named = ", ".join(f"{each.lock.word} on {each.name}" for each in locks[:_NAMED])
    more = f" and {len(locks) - _NAMED} more" if len(locks) > _NAMED else ""
    return f"Held already, so not seen if taken again: {named}{more}."


def _sign(found: MigrationTrial) -> Sign:
    from console.cli.terminal import lines
    from console.migrations.trial.result import Outcome

    if found.outcome is Outcome.FAILED or found.verify is False:
        return lines.BAD
    return lines.GOOD if found.outcome is Outcome.TRIED else lines.ODD


def _headline(found: MigrationTrial) -> str:
    from console.migrations.trial.result import Outcome

    words = {Outcome.PARTLY: "tried in part", Outcome.NOT_TRIED: "not tried"}
    parts = [found.label, words.get(found.outcome, found.outcome.value)]
    if found.verify is not None:
        parts.append(f"verify {'✓' if found.verify else '✗'}")
    if found.seconds is not None and found.outcome is not Outcome.NOT_TRIED:
        parts.append(duration(found.seconds))
        parts.append(f"locks up to {found.strongest.word}" if found.strongest else "")
    return "  ".join(part for part in parts if part)


def _statement(tried: Tried) -> str:
    from rich.cells import cell_len, set_cell_size

    from console.cli.terminal import lines, streams
    from console.migrations.trial.result import Outcome

    sign = {Outcome.TRIED: " ", Outcome.FAILED: "✗"}.get(tried.outcome, "–")
    room = lines.width() - _BELOW - 2 - _TIME
    title = sanitize(tried.title)
    if streams.on_terminal(sys.stdout) and cell_len(title) > room:
        title = f"{set_cell_size(title, room - 1).rstrip()}…"
    time = f"{duration(tried.seconds):>{_TIME}}" if tried.seconds is not None else ""
    blanks = " " * (room - cell_len(title))
    return f"  {sign} {tried.line:>4}  {title}{blanks}  {time}".rstrip()


def _effects(effects: Effects) -> Iterator[str]:
    from console.migrations.hazards.hazard import Lock

    for lock in effects.locks:
        if lock.lock > Lock.ACCESS_SHARE:
            yield from _wrapped(_lock(lock))
    for written in effects.files:
        yield from _wrapped(written.sentence)
    for rows in effects.rows:
        if rows.sentence:
            yield from _wrapped(rows.sentence)
    for note in effects.notes:
        yield from _wrapped(f"! {note}")


def _lock(found: Locked) -> str:
    kind = "" if found.kind == "table" else f"{found.kind} "
    return f"{found.lock.word} on {kind}{found.name}{_meaning(found)}"


def _meaning(found: Locked) -> str:
    if found.kind not in ("table", "partitioned table", "materialized view", "index"):
        return ""
    if found.lock.blocks_reads:
        return ": nobody reads or writes it"
    return ": nobody writes it" if found.lock.blocks_writes else ""


def _wrapped(text: str, *, indent: int = _BELOW) -> Iterator[str]:
    from console.cli.terminal import lines

    for line in lines.wrapped(sanitize(text), indent=indent):
        yield " " * indent + line
