"""Samples are rows of chance, the same for the same seed, of every kind of relation, within a condition and a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from console.errors import BadSql, Refused, TimedOut
from console.vectors.quality import statements
from console.vectors.quality.sampling import take
from tests.vectors.quality import clusters
from tests.vectors.quality.conftest import Opener

VECTORS = clusters.made()
TABLE = clusters.table(VECTORS)
SLOW = "(SELECT sum(g) FROM generate_series(1, 100000 + id) AS g) > 0"
KINDS = f"""
    {TABLE}
    CREATE VIEW seen AS SELECT subject, v FROM things WHERE id < 100;
    CREATE MATERIALIZED VIEW kept AS SELECT id, v FROM things WHERE id < 50;
    CREATE TABLE parted (id int PRIMARY KEY, v vector(16)) PARTITION BY RANGE (id);
    CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (1000);
    CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (1000) TO (2000);
    INSERT INTO parted SELECT id, v FROM things;
    CREATE TABLE bare (v vector(16));
    INSERT INTO bare SELECT v FROM things WHERE id < 30;
    CREATE TABLE empty (id int PRIMARY KEY, v vector(16));
    ANALYZE;
"""


async def test_a_sample_is_the_same_for_the_same_seed(opened: Opener) -> None:
    session, columns = await opened(TABLE)
    one, same, other = [await take(session, columns["things.v"], most=50, seed=seed) for seed in (1, 1, 2)]
    assert one.keys == same.keys != other.keys
    assert len(set(one.keys)) == 50
    assert one.said == "50 of about 2,000 rows"
    assert not one.whole


async def test_rows_of_all_of_the_table_are_in_it(opened: Opener) -> None:
    """By chance, and not the first ones: a tenth of the rows comes from each tenth, more or less."""
    session, columns = await opened(TABLE)
    sample = await take(session, columns["things.v"], most=500)
    tenths = [0] * 10
    for (key,) in sample.keys:
        tenths[int(key) // 200] += 1
    assert min(tenths) > 25
    assert max(tenths) < 75


@pytest.mark.parametrize(
    ("name", "rows", "key"),
    [
        ("things", 2_000, True),
        ("seen", 100, False),
        ("kept", 50, True),
        ("parted", 2_000, True),
        ("bare", 30, True),
        ("empty", 0, True),
    ],
)
async def test_every_kind_of_relation(opened: Opener, name: str, rows: int, key: bool) -> None:
    session, columns = await opened(KINDS)
    sample = await take(session, columns[f"{name}.v"])
    assert (len(sample), sample.whole, sample.rows) == (rows, True, rows)
    assert all(len(each) == key for each in sample.keys)
    assert len(set(sample.places)) == (1 if name == "seen" else rows)


async def test_of_a_large_table_pages_are_chosen(opened: Opener) -> None:
    session, columns = await opened(TABLE)
    large = replace(columns["things.v"], size=1 << 30, rows=40_000)
    assert statements.partly(large, 500, "") == pytest.approx(6.25)
    assert statements.partly(large, 500, "id > 5") is None
    sample = await take(session, large, most=500)
    assert 0 < len(sample) < 500
    assert not sample.whole
    assert {int(key) for (key,) in sample.keys} <= set(range(2_000))


async def test_a_condition_chooses(opened: Opener) -> None:
    session, columns = await opened(TABLE)
    sample = await take(
        session, columns["things.v"], where="subject LIKE '%1' AND id < 100 -- those", columns=("subject", "title")
    )
    assert sample.whole
    assert {int(key) % 20 for (key,) in sample.keys} == {1, 11}
    assert set(sample.values["subject"]) == {"subject 1", "subject 11"}
    assert sample.values["title"] == tuple(f"thing {key}" for (key,) in sample.keys)


@pytest.mark.parametrize(
    ("where", "kind"),
    [("id > ", BadSql), ("true) OR (true", BadSql), ("set_config('a.b', 'c', false) IS NULL", Refused)],
)
async def test_a_condition_that_is_none(opened: Opener, where: str, kind: type[Exception]) -> None:
    session, columns = await opened(TABLE)
    with pytest.raises(kind):
        await take(session, columns["things.v"], where=where)


async def test_time_runs_out(opened: Opener) -> None:
    session, columns = await opened(TABLE)
    with pytest.raises(TimedOut):
        await take(session, columns["things.v"], where=SLOW, seconds=0.2)
    assert len(await take(session, columns["things.v"], most=5)) == 5
