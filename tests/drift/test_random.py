"""For every pair of schemas that can be drawn: the SQL runs, both ways, and nothing is left.

Loads what the server takes of a random schema and of a changed one; the smallest pair that fails is printed as the two
files of a case, ready to be put under `cases/`.
"""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.databases import Databases
from tests.drift import judging
from tests.drift.inventing import loading
from tests.drift.inventing.pairs import Pair, pairs, strangers

_OPTIONS = {"deadline": None, "suppress_health_check": list(HealthCheck)}


async def judged(databases: Databases, pair: Pair, *, dumped: bool) -> str:
    """Turn each side into the other; return what is wrong with it and the pair, an empty text when nothing is."""
    (one, a), (two, b) = loading.load(databases, pair.a), loading.load(databases, pair.b)
    try:
        before, after = [await judging.look(databases, target, dumped=dumped) for target in (one, two)]
        said = await judging.judge(databases, before, after)
        back = "" if said else await judging.judge(databases, after, before)
    finally:
        databases.drop(one)
        databases.drop(two)
    return f"{'from a to b' if said else 'from b to a'}\n{said or back}\n{Pair(a, b).sql}" if said or back else ""


# Always the same few: a change that breaks one of them is to blame itself.
@given(pair=pairs())
@settings(max_examples=12, derandomize=True, database=None, phases=[Phase.generate], **_OPTIONS)
def test_a_few_pairs(databases: Databases, pair: Pair) -> None:
    said = asyncio.run(judged(databases, pair, dumped=False))
    assert not said, said


@pytest.mark.slow
@given(pair=st.one_of(pairs(), pairs(), strangers()))
@settings(max_examples=1000, print_blob=True, **_OPTIONS)
def test_many_pairs_and_pg_dump_agrees(databases: Databases, pair: Pair) -> None:
    said = asyncio.run(judged(databases, pair, dumped=True))
    assert not said, said
