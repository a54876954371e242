"""One-line ways to try what is pending, and to say what came of it."""

from __future__ import annotations

from typing import Any

from console.db.session import Session
from console.migrations.ledgers.native import Native
from console.migrations.plan import Plan
from console.migrations.trial.events import Event, TrialFinished
from console.migrations.trial.result import MigrationTrial, Outcome, Trial
from console.migrations.trial.trying import try_plan
from tests.migrations.project import Project, agreed

NO_TRANSACTION = "-- dbconsole: no-transaction\n"


async def events_of(session: Session, plan: Plan, **options: Any) -> list[Event]:
    ledger, options = options.pop("ledger", Native()), {"max_lock": 60.0, **options}
    return [each async for each in try_plan(session, plan, agreed(session.target), ledger, **options)]


async def tried(project: Project, **options: Any) -> Trial:
    """Try what is pending."""
    return result(await events_of(project.session, await project.planned_up(), **options))


def result(events: list[Event]) -> Trial:
    last = events[-1]
    assert isinstance(last, TrialFinished)
    return last.trial


def outcomes(found: MigrationTrial) -> str:
    """Return the statements of a migration in a line: + tried, - not tried, x failed."""
    signs = {Outcome.TRIED: "+", Outcome.NOT_TRIED: "-", Outcome.FAILED: "x"}
    return "".join(signs[each.outcome] for each in found.statements)


def only(project: Project, up: str, **parts: str) -> None:
    """Leave one migration in the folder."""
    for path in project.path.iterdir():
        path.unlink()
    project.write("0001_one", up, **parts)
