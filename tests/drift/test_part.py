"""A part of a drift: what is taken comes with what it needs, is planned, runs, and leads exactly to what was meant."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

import pytest

from console.catalog.compare import Action, Scope
from console.catalog.model import Catalog, Enum, Key, Kind
from console.config.profile import Target
from console.drift.drift import Drift
from console.drift.ground import Side
from console.drift.part.bonds import Bonds, Mark, mark
from console.drift.part.part import part
from console.drift.planning import planning
from console.drift.scope import Pair
from console.drift.sources.kinds import Read
from console.drift.wishes import Wishes
from tests.databases import Databases
from tests.drift import cases, judging
from tests.drift.cases import Case

_SAMPLED = 40
_DIFFERENT = 13  # changes between the two shops
_MOOD = Key(Kind.TYPE, "public", "mood")
_NOWHERE = Target("nowhere", {})
_CASES = [case for case in cases.every() if "icu" not in case.needs]

_SHOP = """
CREATE TABLE public.people (id integer PRIMARY KEY, name text);
CREATE TABLE public.orders (id integer PRIMARY KEY, person integer REFERENCES public.people);
CREATE VIEW public.names AS SELECT name FROM public.people;
CREATE FUNCTION public.total(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TABLE public.days (at integer, note text) PARTITION BY RANGE (at);
CREATE TABLE public.days_1 PARTITION OF public.days FOR VALUES FROM (0) TO (9);
"""
_OTHER_SHOP = """
CREATE TYPE public.mood AS ENUM ('good', 'bad');
CREATE TABLE public.people (id bigint PRIMARY KEY, name text NOT NULL, mood public.mood, age integer);
CREATE INDEX people_age ON public.people (age);
CREATE TABLE public.orders (id integer PRIMARY KEY, person bigint REFERENCES public.people);
COMMENT ON TABLE public.orders IS 'what people buy';
CREATE VIEW public.names AS SELECT name, age FROM public.people;
CREATE FUNCTION public.total(integer) RETURNS bigint LANGUAGE sql AS 'SELECT 1';
CREATE TABLE public.days (at integer, note text, more text) PARTITION BY RANGE (at);
CREATE TABLE public.days_1 PARTITION OF public.days FOR VALUES FROM (0) TO (9);
COMMENT ON COLUMN public.days_1.note IS 'of the first';
"""


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


async def judged(databases: Databases, case: Case) -> str:
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


@pytest.mark.parametrize("case", _CASES[::_SAMPLED], ids=lambda case: case.name)
async def test_half_of_it_leads_to_what_was_meant(databases: Databases, case: Case) -> None:
    assert not await judged(databases, case)


@pytest.mark.slow
@pytest.mark.parametrize("case", _CASES, ids=lambda case: case.name)
async def test_half_of_each_leads_to_what_was_meant(databases: Databases, case: Case) -> None:
    """Of every pair of schemas, in both directions."""
    assert not await judged(databases, case)


def test_all_of_it_is_the_drift_itself() -> None:
    a, b = (Catalog(180000, {_MOOD: Enum(key=_MOOD, owner="o", labels=labels)}) for labels in (("a",), ("a", "b")))
    found = drift_of(judging.Side(_NOWHERE, a, []), judging.Side(_NOWHERE, b, []))
    assert part(found, frozenset(map(mark, found.changes)), Wishes()) is found
    assert part(found, frozenset(), Wishes()).changes == ()


@pytest.fixture(scope="module")
def shops(databases: Databases) -> Drift:
    """Return the drift between two shops."""
    looks = (judging.look(databases, databases.make(text), dumped=False) for text in (_SHOP, _OTHER_SHOP))
    return drift_of(*(asyncio.run(each) for each in looks))


@pytest.mark.parametrize("number", range(_DIFFERENT))
def test_what_is_planned_is_what_is_taken(shops: Drift, number: int) -> None:
    """Each change with what it needs: no other is made, and no statement speaks of what none of them touches."""
    taken = bonds_of(shops).with_needs([mark(shops.changes[number])])
    some = part(shops, taken, Wishes())
    assert {mark(each) for each in some.changes} == taken
    touched = {each.key.parent or each.key.name for each in some.changes}
    assert {each.key.parent or each.key.name for each in some.plan.statements} <= touched | {
        "people",
        "orders",
        "names",
    }


def test_what_is_left_stays(shops: Drift) -> None:
    """What nothing of the part speaks of is in its schema as it was."""
    [function] = [mark(each) for each in shops.changes if each.key.name == "total"]
    some = part(shops, bonds_of(shops).with_needs([function]), Wishes())
    before, after = shops.pair.a.objects, some.pair.b.objects
    assert {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)} == {function[1]}


@pytest.mark.parametrize(
    ("taken", "others"),
    [
        ((Action.CREATE, "mood", ""), []),
        ((Action.CREATE, "age", "people"), []),
        ((Action.CREATE, "mood", "people"), ["mood"]),
        ((Action.CREATE, "people_age", ""), ["people.age"]),
        ((Action.ALTER, "id", "people"), ["orders.person"]),
        ((Action.ALTER, "orders", ""), []),
        ((Action.ALTER, "name", "people"), []),
        ((Action.ALTER, "names", ""), ["people.age"]),
        ((Action.ALTER, "total", ""), []),
        ((Action.CREATE, "more", "days"), ["days_1.more"]),
        ((Action.ALTER, "note", "days_1"), []),
    ],
    ids=str,
)
def test_no_more_comes_than_has_to(shops: Drift, taken: tuple[Action, str, str], others: list[str]) -> None:
    [one] = [mark(each) for each in shops.changes if (each.action, each.key.name, each.key.parent) == taken]
    came = {f"{key.parent}.{key.name}".lstrip(".") for _, key in bonds_of(shops).with_needs([one]) - {one}}
    assert came == set(others)
