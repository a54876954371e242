"""For every pair of schemas that can be drawn: what is wished besides holds, and the SQL still runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from console.catalog import compare
from console.catalog.compare import Action, Change
from console.catalog.model import Catalog, Key, Kind, Sequence, Table
from console.config.profile import Target
from console.drift.planning.planning import plan
from console.drift.wishes import Rename, Wishes
from tests.databases import Databases
from tests.drift import judging
from tests.drift.inventing import loading
from tests.drift.inventing.pairs import Pair, pairs, script

_OPTIONS = {"deadline": None, "suppress_health_check": list(HealthCheck)}
_KEPT = {Kind.TABLE, Kind.COLUMN, Kind.SEQUENCE}


def left(now: Catalog, goal: Catalog) -> list[Change]:
    """Return what differs still."""
    return [each for each in compare.compare(now, goal) if each.action is not Action.REORDER]


async def careful(databases: Databases, one: Target, a: Catalog, b: Catalog) -> str:
    """The careful form arrives where the other does."""
    said = judging.run(databases, one, plan(a, b, wishes=Wishes(online=True)))
    return said or _told(left(await judging.read(one), b))


async def keeping(databases: Databases, one: Target, a: Catalog, b: Catalog) -> str:
    """Nothing is lost, and what is left over is what was said to be left out."""
    found = plan(a, b, wishes=Wishes(keep_data=True))
    losing = [each.text for each in found.statements if each.loses and each.key.kind in _KEPT]
    if losing:
        return f"This loses something: {losing}"
    said = judging.run(databases, one, found)
    if said:
        return said
    now = await judging.read(one)
    missing = _data(a) - _data(now)
    if missing:
        return f"These are not there any more: {sorted(map(str, missing))}\n{judging.script(found)}"
    unsaid = {each.key for each in left(now, b)} ^ {each.key for each in found.left_out}
    return f"Left over and left out are not the same: {sorted(map(str, unsaid))}" if unsaid else ""


async def unnamed(databases: Databases, one: Target, a: Catalog, b: Catalog) -> str:
    """Nothing is left but names that the server has chosen."""
    wishes = Wishes(ignore_generated_names=True)
    found = plan(a, b, wishes=wishes)
    said = judging.run(databases, one, found)
    rest = plan(await judging.read(one), b, wishes=wishes).changes
    return said or _told([each for each in rest if each.action is not Action.REORDER])


def _told(changes: list[Change]) -> str:
    return "".join(f"{each.action} {each.key.kind} {each.key} {each.differences}\n" for each in changes)


def _data(catalog: Catalog) -> set[Key]:
    """Return the tables, columns and sequences in which something may stand; partitioned tables have no rows."""
    tables = {made.key: made for made in catalog.of(Table) if made.partition_key is None}
    columns = {
        Key(Kind.COLUMN, key.schema, column.name, key.name)
        for key, made in tables.items()
        for column in made.columns
        if not column.generated
    }
    free = [made for made in catalog.of(Sequence) if not made.identity]
    return {*tables, *columns, *(made.key for made in free if made.owned_by is None or made.owned_by in columns)}


Wished = Callable[[Databases, Target, Catalog, Catalog], Awaitable[str]]


async def judged(databases: Databases, pair: Pair, wished: Wished) -> str:
    """Return what is wrong with a pair, from the first side to the second."""
    (one, a), (two, b) = loading.load(databases, pair.a), loading.load(databases, pair.b)
    try:
        said = await wished(databases, one, await judging.read(one), await judging.read(two))
    finally:
        databases.drop(one)
        databases.drop(two)
    return f"{said}\n{Pair(a, b).sql}" if said else ""


_WISHED: tuple[Wished, ...] = (careful, keeping, unnamed)


@pytest.mark.parametrize("wished", _WISHED, ids=lambda each: each.__name__)
@given(pair=pairs())
@settings(max_examples=4, derandomize=True, database=None, phases=[Phase.generate], **_OPTIONS)
def test_a_few_pairs(databases: Databases, wished: Wished, pair: Pair) -> None:
    said = asyncio.run(judged(databases, pair, wished))
    assert not said, said


@pytest.mark.slow
@pytest.mark.parametrize("wished", _WISHED, ids=lambda each: each.__name__)
@given(pair=pairs())
@settings(max_examples=200, print_blob=True, **_OPTIONS)
def test_many_pairs(databases: Databases, wished: Wished, pair: Pair) -> None:
    said = asyncio.run(judged(databases, pair, wished))
    assert not said, said


_RENAMES = (
    ("ALTER TABLE r1 RENAME TO r9", "public.r1=r9"),
    ("ALTER TABLE r2 RENAME TO \"New\"\"\"", 'public.r2=New"'),
    ("ALTER TABLE r1 RENAME COLUMN a TO aa", "public.r1.a=aa"),
    ("ALTER TABLE r1 RENAME COLUMN b TO \"B b\"", "public.r1.b=B b"),
    ("ALTER TYPE k1 RENAME VALUE 'red' TO 'scarlet'", "public.k1.red=scarlet"),
    ("ALTER INDEX i1 RENAME TO i9", "public.i1=i9"),
)  # fmt: skip


async def renamed(databases: Databases, texts: tuple[str, ...], statement: str, rename: str) -> str:
    """Rename something of a schema by hand; return what our SQL does not do of that, and what it does besides."""
    (one, taken), (two, done) = loading.load(databases, texts), loading.load(databases, (*texts, statement))
    try:
        if len(done) == len(taken):
            return ""  # it is not there
        a, b = await judging.read(one), await judging.read(two)
        found = plan(a, b, wishes=Wishes(renames=(Rename.of(rename),)))
        said = judging.run(databases, one, found)
        lost = [each.text for each in found.statements if each.loses]
        rest = plan(await judging.read(one), b)  # views and bodies that say the name are guessed, and looked at again
        said = said or judging.run(databases, one, rest) or _told(left(await judging.read(one), b))
        if lost or any(each.loses for each in rest.statements):
            said += f"This loses something: {lost}\n{judging.script(found)}\n{judging.script(rest)}"
    finally:
        databases.drop(one)
        databases.drop(two)
    return f"{said}\n{rename}\n{script(done)}" if said else ""


_SCHEMA = pairs().map(lambda pair: pair.a)


@given(texts=_SCHEMA, rename=st.sampled_from(_RENAMES))
@settings(max_examples=6, derandomize=True, database=None, phases=[Phase.generate], **_OPTIONS)
def test_a_few_renames(databases: Databases, texts: tuple[str, ...], rename: tuple[str, str]) -> None:
    said = asyncio.run(renamed(databases, texts, *rename))
    assert not said, said


@pytest.mark.slow
@given(texts=_SCHEMA, rename=st.sampled_from(_RENAMES))
@settings(max_examples=200, print_blob=True, **_OPTIONS)
def test_many_renames(databases: Databases, texts: tuple[str, ...], rename: tuple[str, str]) -> None:
    said = asyncio.run(renamed(databases, texts, *rename))
    assert not said, said
