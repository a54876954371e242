"""Lays what is known beside the changes between a database and its migrations, and says whose each is. Pure.

The database's snapshots say between which runs an object came to be what it is now. If a run's own migrations have
touched it then, or nothing has since there are snapshots, the files are looked at: which of them was edited, which was
never run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from console.catalog.compare import Change
from console.catalog.model import Catalog, Key, Object
from console.drift.authorship.attribution import Attribution, State
from console.drift.authorship.chronicle import Chronicle, wholes
from console.drift.authorship.faults import Files
from console.migrations.files.folder import Ordering
from console.migrations.snapshots.memory import Memory
from console.migrations.states import Standing


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known: the `live` catalog as it was read, the migrations as they stand, what the database remembers.

    `makers` are, by object, the versions of the files that touch it when they are run now. `silent` is why nothing is
    remembered.
    """

    live: Catalog
    standings: tuple[Standing, ...]
    order: Ordering
    memory: Memory = field(default_factory=Memory)
    makers: Mapping[Key, Collection[str]] = field(default_factory=dict)
    silent: str = ""


def attribute(changes: Iterable[Change], evidence: Evidence) -> Mapping[Key, Attribution]:
    """Return for each change, by its identity, whose it is."""
    half_way = (each.unfinished for each in evidence.standings if each.unfinished is not None)
    chronicle = Chronicle(evidence.memory, evidence.live, half_way)
    files = Files(evidence.standings, evidence.order, evidence.memory.deeds, evidence.makers)
    found: dict[Key, Attribution] = {}
    for change in changes:
        known = found.get(change.key)
        if known is None or known.state is State.UNKNOWN:  # what becomes something else is dropped and made
            found[change.key] = _of(_keys(change), evidence, chronicle, files)
    return found


def _keys(change: Change) -> tuple[Key, ...]:
    """Return what it is called: on both sides, where it is renamed."""
    sides = (each.key for each in (change.before, change.after) if isinstance(each, Object))
    return tuple(dict.fromkeys((change.key, *sides)))


def _of(keys: Collection[Key], evidence: Evidence, chronicle: Chronicle, files: Files) -> Attribution:
    if evidence.silent:
        return files.unrun(keys) or _unknown(evidence.silent)
    told = chronicle.of(keys)
    if told.by_hand:
        return Attribution(State.BY_HAND, told.after, told.sentence)
    return (
        files.of(keys, chronicle.touched(keys))
        or files.of(_wider(keys), chronicle.touched(_wider(keys)))
        or _unknown(told.sentence)
    )


def _wider(keys: Collection[Key]) -> tuple[Key, ...]:
    """Return what columns and other parts are parts of."""
    return tuple(dict.fromkeys(whole for key in keys for whole in wholes(key)))


def _unknown(why: str) -> Attribution:
    return Attribution(State.UNKNOWN, "", f"unknown, because {why}")
