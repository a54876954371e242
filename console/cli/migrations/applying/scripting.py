"""`up --sql` and `down --sql`: the plan as one script on standard output, for psql or a provider's SQL editor."""

from __future__ import annotations

import sys
import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from console.cli.terminal.streams import on_terminal
from console.text import sanitize

if TYPE_CHECKING:
    from console.cli.call.options import How
    from console.db.session import Session
    from console.migrations.ledgers.choosing import Chosen
    from console.migrations.ledgers.ledger import Recorded
    from console.migrations.plan import Plan

option = click.option(
    "--sql", "as_sql", is_flag=True, help="Print the plan as one script for psql, ledger rows included; run nothing."
)


def must_fit(how: How, **others: object) -> None:
    """Raise UsageError where --sql stands beside an option that has to do with running."""
    from console.errors import UsageError

    given = {"dry-run": how.dry_run, "yes": how.yes, "confirm": how.confirm, **others}
    wrong = next((name for name, value in given.items() if value), None)
    if wrong is not None:
        raise UsageError(
            f"--sql prints a script and runs nothing; --{wrong.replace('_', '-')} does not go with it.",
            hint="Whoever runs the script decides; what needs a run of ours is another command.",
        )


async def written(session: Session, chosen: Chosen, recorded: Recorded, wanted: Plan) -> str:
    """Return the script of a plan. Raises BadSql and Refused for what cannot be run."""
    from console.migrations.running.lease import operator
    from console.migrations.scripting import scripting, situation

    found = await situation.read(session, chosen, recorded)
    now, run = datetime.now(UTC), str(uuid.uuid4())
    return scripting.write(wanted, chosen.folder, chosen.ledger, found, now=now, run=run, by=operator())


def show(script: str) -> None:
    """Print a script: as it is into a file, harmless on a terminal."""
    sys.stdout.write(sanitize(script, lines=True) if on_terminal(sys.stdout) else script)
