"""Plans made of bare statements, for tests of what is said before and after a run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from console.migrations.files.folder import Migration, Script
from console.migrations.ledgers.ledger import Direction
from console.migrations.plan import Step


def steps(*scripts: str, transaction: bool | None = None) -> Sequence[Step]:
    """Return a plan with a migration for each text; whether it runs in a transaction its statements decide."""
    return [
        Step(
            Migration(f"{number:04}", "step", "", Script(Path(f"{number:04}_step.up.sql"), text, transaction, "goose")),
            Direction.UP,
        )
        for number, text in enumerate(scripts, 1)
    ]
