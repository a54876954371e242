"""A part of a drift: what is taken comes with what it needs, is planned, runs, and leads exactly to what was meant."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from console.catalog.compare import Scope
from console.catalog.model import Catalog, Enum, Key, Kind
from console.config.profile import Target
from console.drift import planning
from console.drift.bonds import Bonds, Mark, mark
from console.drift.drift import Drift
from console.drift.ground import Side
from console.drift.part import part
from console.drift.scope import Pair
from console.drift.sources.kinds import Read
from console.drift.wishes import Wishes
from tests.databases import Databases
from tests.drift import cases, judging
from tests.drift.cases import Case

_SAMPLE = (
    "column_not_null_and_keys_18",
    "composite_attribute_gone_with_view_and_index",
    "function_moves_schema",
    "grants_and_new_owners",
    "partition_bounds",
    "rule_of_insert_returning_on_view_anew",
    "unique_index_to_constraint",
)
_EACH = 10  # of all cases, in the slow test
_MOOD = Key(Kind.TYPE, "public", "mood")
_NOWHERE = Target("nowhere", {})
_CASES = [case for case in cases.every() if "icu" not in case.needs]


def drift_of(a: judging.Side, b: judging.Side, wishes: Wishes | None = None) -> Drift:
    """Return the drift between two databases, without a shadow."""
    plan = planning.plan(a.catalog, b.catalog, Scope(), wishes)
    return Drift(Read("a", a.catalog), Read("b", b.catalog), Pair(a.catalog, b.catalog, Scope()), plan)


def bonds_of(found: Drift) -> Bonds:
    return Bonds(Side(found.pair.a), Side(found.pair.b), found.changes)


def half(found: Drift, name: str) -> frozenset[Mark]:
    """Return about half of the changes, the same each time, with what they need."""
    chosen = random.Random(name)
    some = [mark(each) for each in found.changes if chosen.random() < 0.5]
    return bonds_of(found).with_needs(some)


async def _judged(databases: Databases, case: Case) -> str:
    """Return what is wrong with a half of a case, an empty text when nothing is."""
    wrong = ""
    for one, other in ((case.a, case.b), (case.b, case.a)):
        targets = databases.loaded(one), databases.loaded(other)
        try:
            a, b = [await judging.look(databases, target, dumped=False) for target in targets]
            found = drift_of(a, b)
            some = part(found, half(found, case.name), Wishes())
            wrong += await judging.judge(databases, a, replace(b, catalog=some.pair.b, target=a.target))
        finally:
            for target in targets:
                judging.drop(databases, target)
    return wrong


@pytest.mark.parametrize("name", _SAMPLE)
async def test_half_of_it_leads_to_what_was_meant(databases: Databases, name: str) -> None:
    case = next(each for each in _CASES if each.name == name)
    assert not await _judged(databases, case)


@pytest.mark.slow
async def test_half_of_most_leads_to_what_was_meant(databases: Databases) -> None:
    """Of schemas at random half a drift may be none that any schema has: the proof says so then."""
    some = _CASES[::_EACH]
    wrong = [case.name for case in some if await _judged(databases, case)]
    assert len(wrong) <= len(some) / 6, wrong


def test_all_of_it_is_the_drift_itself() -> None:
    a, b = (Catalog(180000, {_MOOD: Enum(key=_MOOD, owner="o", labels=labels)}) for labels in (("a",), ("a", "b")))
    found = drift_of(judging.Side(_NOWHERE, a, []), judging.Side(_NOWHERE, b, []))
    assert part(found, frozenset(map(mark, found.changes)), Wishes()) is found
    assert part(found, frozenset(), Wishes()).changes == ()
