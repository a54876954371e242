"""The five lines of health: what was measured becomes one of four states, and what could not be is skipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from console.migrations.report.facts import Health, Line
from console.migrations.states import State
from console.text import count, duration, plural

_FEW_BLOCKS = 10_000
_GOOD_HITS = 0.9
_MANY, _FULL = 0.8, 0.95
_BAD_STATES = (State.FAILED, State.MISSING)


@dataclass(frozen=True, slots=True)
class Performance:
    """One row of `queries/report/performance.sql`."""

    hits: int
    reads: int
    counted_for: float | None
    indexes: int
    unused: int


@dataclass(frozen=True, slots=True)
class Integrity:
    """One row of `queries/report/integrity.sql`."""

    indexes: int
    invalid_indexes: int
    constraints: int
    unvalidated_constraints: int
    disabled_triggers: int
    damaged_pages: int | None


@dataclass(frozen=True, slots=True)
class Availability:
    """One row of `queries/report/availability.sql`."""

    uptime: float
    connections: int
    available: int


def skipped(title: str, reason: str) -> Line:
    """Return the line for what could not be measured."""
    return Line(title, Health.SKIPPED, reason=reason)


def status(*, latency: float | None, standby: bool) -> Line:
    """Say whether the server answers, and whether it takes writes."""
    figure = f"answers in {duration(latency)}" if latency is not None else "answers"
    if standby:
        return Line("status", Health.WARN, figure, "it is a standby, which takes no migrations")
    return Line("status", Health.OK, f"{figure}, takes writes")


def performance(found: Performance) -> Line:
    """Say how much is found in the cache. Few reads since counting began say nothing.

    >>> performance(Performance(10, 5, None, 3, 3)).health.value
    'skipped'
    >>> performance(Performance(99_000, 1_000, 60.0, 4, 1)).figure
    '99.0 % of 100 k blocks were in the cache; 1 of 4 indexes was never used'
    """
    blocks = found.hits + found.reads
    unused = _unused(found)
    if blocks < _FEW_BLOCKS:
        few = f"only {count(blocks)} blocks were read since counting began"
        return Line("performance", Health.SKIPPED, unused, few)
    ratio = found.hits / blocks
    figure = f"{int(ratio * 1000) / 10:.1f} % of {count(blocks)} blocks were in the cache; {unused}"
    if ratio < _GOOD_HITS:
        return Line("performance", Health.WARN, figure, f"less than {_GOOD_HITS:.0%} come from the cache")
    return Line("performance", Health.OK, figure)


def _unused(found: Performance) -> str:
    if not found.indexes:
        return "no index but those of keys"
    verb = "was" if found.unused == 1 else "were"
    return f"{found.unused} of {plural(found.indexes, 'index', 'indexes')} {verb} never used"


def integrity(found: Integrity) -> Line:
    """Say what is not valid.

    >>> integrity(Integrity(9, 0, 5, 1, 0, 0)).reason
    '1 constraint is not validated'
    """
    figure = f"{plural(found.indexes, 'index', 'indexes')} and {plural(found.constraints, 'constraint')} looked at"
    odd = {
        "index is not valid|indexes are not valid": found.invalid_indexes,
        "constraint is not validated|constraints are not validated": found.unvalidated_constraints,
        "trigger is disabled|triggers are disabled": found.disabled_triggers,
    }
    said = [f"{number} {words.split('|')[number != 1]}" for words, number in odd.items() if number]
    if found.damaged_pages:
        damage = f"{plural(found.damaged_pages, 'damaged page')} found by checksum"
        return Line("integrity", Health.CRIT, figure, ", ".join([damage, *said]))
    return Line("integrity", Health.WARN if said else Health.OK, figure, ", ".join(said))


def availability(found: Availability) -> Line:
    """Say for how long the server is up, and whether there are connections left."""
    figure = f"up for {duration(found.uptime)}, {found.connections} of {found.available} connections taken"
    share = found.connections / max(found.available, 1)
    if share >= _MANY:
        health = Health.CRIT if share >= _FULL else Health.WARN
        return Line("availability", health, figure, f"{share:.0%} of the connections are taken")
    return Line("availability", Health.OK, figure)


def synchronisation(states: Mapping[State, int], failed_checks: int, deviations: int) -> Line:
    """Say whether everything is applied as it stands, found, and verified."""
    words = {state: f"{number} {state.value.replace('_', ' ')}" for state, number in states.items() if number}
    odd = [said for state, said in words.items() if state is not State.APPLIED]
    odd += [f"{plural(failed_checks, 'check')} failed"] if failed_checks else []
    odd += [f"{plural(deviations, 'object')} not as the migrations made them"] if deviations else []
    bad = any(states.get(state) for state in _BAD_STATES)
    health = Health.CRIT if bad else Health.WARN if odd else Health.OK
    return Line("synchronisation", health, ", ".join(words.values()) or "no migrations", ", ".join(odd))
