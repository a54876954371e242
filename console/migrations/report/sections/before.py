"""The state before: what no migration of the report made, and what was missing until they did."""

from __future__ import annotations

from collections.abc import Iterator

from console.catalog.compare import Action
from console.catalog.marks import bullets
from console.catalog.model import Constraint, Key, Kind, Sequence
from console.migrations.report.facts import Holding, Origin, Report, own_indexes
from console.migrations.report.sections.saying import COUNTED, grouped, listed, skipped
from console.text import plural

_HIDDEN = frozenset({Kind.DATABASE, Kind.COLUMN, Kind.CONSTRAINT, Kind.DEFAULT_PRIVILEGES})
_PUBLIC = Key(Kind.SCHEMA, "", "public")


def before(report: Report) -> Iterator[str]:
    """Return the two lists."""
    yield "## State before, and what was missing"
    if not report.shadow.complete:
        yield skipped(report.shadow.reason or "the steps were not tried in a shadow")
    else:
        yield "### Existing objects"
        yield from _existing(report)
    yield "### Missing components"
    yield from _missing(report)


def _existing(report: Report) -> Iterator[str]:
    existing = [each for each in report.holdings if each.origin is Origin.EXISTING]
    found = [each for each in existing if _counts(each)]
    kinds = grouped([each.key for each in found])
    made_by = "no migration makes these" if report.batch is None else "earlier batches made these, or no migration did"
    if not kinds:
        yield "None: everything in the database was made by these migrations."
        return
    constraints = sum(isinstance(each.made, Constraint) for each in existing)
    rest = f" {plural(constraints, 'constraint')} belong to them." if constraints else ""
    yield f"By kind; {made_by}.{rest}"
    yield bullets(listed(kinds))


def _counts(holding: Holding) -> bool:
    if holding.key.kind in _HIDDEN or holding.key == _PUBLIC:
        return False
    if isinstance(holding.made, Sequence) and holding.made.owned_by is not None:
        return False
    return holding.key.kind is not Kind.INDEX or bool(own_indexes([holding]))


def _missing(report: Report) -> Iterator[str]:
    keys = [
        deed.key
        for phase in report.phases
        for deed in phase.deeds
        if deed.action is Action.CREATE and deed.key.kind in COUNTED
    ]
    if not any(phase.deeds or not phase.skipped for phase in report.phases):
        yield skipped(next((phase.skipped for phase in report.phases if phase.skipped), "nothing was tried"))
    elif keys:
        yield "What the migrations make, and what was therefore not there before them:"
        yield bullets(listed(grouped(keys)))
    else:
        yield "None: these migrations create no objects."
