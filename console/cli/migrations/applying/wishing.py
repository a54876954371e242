"""What is asked of up, down and redo; the many options of `up`, gathered as one value."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from console.cli.call import options, shadowing
from console.cli.call.options import How
from console.cli.migrations.applying import around as around_it
from console.cli.migrations.applying import scripting, trying
from console.cli.migrations.applying.around import Around

if TYPE_CHECKING:
    from console.cli.migrations.rehearsing import First
    from console.migrations.files.folder import Folder
    from console.migrations.ledgers.ledger import Recorded
    from console.migrations.plan import Plan

    Planning = Callable[[Folder, Recorded], Plan]

_BLOCKERS = "Cancel whoever holds a lock it has waited for so long; who is idle in a transaction is disconnected."
_OPTIONS = (
    click.option("--rehearse", is_flag=True, help="Prove it in a shadow first, and apply only what was proved."),
    shadowing.option,
    trying.options,
    scripting.option,
    around_it.options,
    click.option("--cancel-blockers", type=float, metavar="SECONDS", help=_BLOCKERS),
    options.how,
)


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
    max_lock: float = trying.MAX_LOCK
    around: Around = field(default_factory=Around)
    offers: bool = False
    cancel_blockers: float | None = None


@dataclass(frozen=True, slots=True)
class Manner:
    """How `up` goes about it: proved first, tried, or written down; what comes around it; who in its way is ended."""

    how: How
    around: Around
    rehearse: bool
    shadow: str | None
    trial: bool
    max_lock: float | None
    as_sql: bool
    cancel_blockers: float | None

    def must_fit(self) -> None:
        """Raise UsageError for options that do not go together."""
        stays = {"backup": self.around.backup, "analyze": self.around.analyze}
        _must_rehearse(self.how, rehearse=self.rehearse, shadow=self.shadow)
        _must_wait(self.cancel_blockers, runs=not (self.trial or self.how.dry_run))
        trying.must_fit(self.how, trial=self.trial, max_lock=self.max_lock, **stays)
        if self.as_sql:
            ends = self.cancel_blockers is not None
            scripting.must_fit(self.how, rehearse=self.rehearse, trial=self.trial, **stays, cancel_blockers=ends)

    def must_fit_to(self, targets: int) -> None:
        """Raise UsageError for what cannot be done to so many targets."""
        around_it.must_fit(self.around, trial=self.trial, targets=targets)

    def wishes(self, planning: Planning) -> Wishes:
        """Return what is asked, of a plan that `planning` makes."""
        from console.cli.migrations.rehearsing import First

        how = self.how
        return Wishes(
            planning,
            how,
            First(self.shadow, how.yes, how.confirm, quiet=how.as_json) if self.rehearse else None,
            as_sql=self.as_sql,
            trial=self.trial,
            max_lock=trying.MAX_LOCK if self.max_lock is None else self.max_lock,
            around=self.around,
            offers=True,
            cancel_blockers=self.cancel_blockers,
        )


def wished(function: Callable[..., int]) -> Callable[..., int]:
    """Add the options of `up`, and hand them over as one `manner`. Raises UsageError for what makes no sense."""

    @functools.wraps(function)
    def gathered(
        *,
        rehearse: bool,
        shadow: str | None,
        trial: bool,
        max_lock: float | None,
        as_sql: bool,
        around: Around,
        cancel_blockers: float | None,
        how: How,
        **rest: Any,
    ) -> int:
        manner = Manner(how, around, rehearse, shadow, trial, max_lock, as_sql, cancel_blockers)
        manner.must_fit()
        return function(manner=manner, **rest)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


def _must_rehearse(how: How, *, rehearse: bool, shadow: str | None) -> None:
    from console.errors import UsageError

    if rehearse and how.dry_run:
        raise UsageError("--dry-run runs nothing, and --rehearse does.", hint="dbconsole rehearse applies nothing.")
    if shadow is not None and not rehearse:
        raise UsageError("--shadow says where to rehearse, and nothing is rehearsed without --rehearse.")


def _must_wait(seconds: float | None, *, runs: bool) -> None:
    from console.errors import UsageError

    if seconds is not None and not 0 <= seconds < float("inf"):
        raise UsageError("--cancel-blockers takes a number of seconds.", hint="5 waits that long before it cancels.")
    if seconds is not None and not runs:
        raise UsageError("--cancel-blockers is for a run, and this one leaves the target as it is.")
