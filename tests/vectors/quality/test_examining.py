"""What was planted is found: equal rows, near ones, a lonely one; in a whole table, and in a sample of a large one."""

from __future__ import annotations

import numpy as np
import pytest

from console.errors import UsageError
from console.vectors.metric import Metric
from console.vectors.quality.duplicates import Group, equal
from console.vectors.quality.examining import examine
from console.vectors.quality.histogram import BINS
from tests.vectors.quality import clusters
from tests.vectors.quality.conftest import Opener

VECTORS = clusters.made()
VECTORS[100] = VECTORS[1100] = VECTORS[1500] = VECTORS[7]  # the same
VECTORS[200] = VECTORS[8]
VECTORS[300] = VECTORS[9] * 1.001 + 0.001  # nearly
VECTORS[400] = -VECTORS[:20].mean(0) * 9  # alone
VECTORS = VECTORS.astype(np.float32).astype(float)
TABLE = clusters.table(VECTORS)
INDEX = "CREATE INDEX things_hnsw ON things USING hnsw (v vector_l2_ops);"
SAME = (Group(4, (("100",), ("1100",), ("1500",), ("7",))), Group(2, (("200",), ("8",))))


@pytest.mark.parametrize("metric", [Metric.COSINE, Metric.L2, Metric.L1])
async def test_a_whole_table(opened: Opener, metric: Metric) -> None:
    session, columns = await opened(TABLE)
    found = await examine(session, columns["things.v"], metric=metric)
    assert found.duplicates.groups == SAME
    assert (found.duplicates.rows, found.duplicates.doubled, found.duplicates.whole) == (2_000, 6, True)
    assert [(pair.one, pair.other) for pair in found.duplicates.near] == [(("300",), ("9",))]
    assert found.duplicates.said.startswith("6 of 2,000 rows share their vector with another; 2 of 2,000 rows have")
    if metric is not Metric.COSINE:  # which does not know how long a vector is
        assert [(each.key, each.far) for each in found.outliers[:1]] == [(("400",), True)]
    assert sum(each.far for each in found.outliers) <= 3
    assert [each.distance for each in found.outliers] == sorted((e.distance for e in found.outliers), reverse=True)


async def test_a_sample_of_a_large_one(opened: Opener) -> None:
    """Equal rows are those of the whole table, neighbours are asked of the server."""
    session, columns = await opened(TABLE + INDEX)
    found = await examine(session, columns["things.v"], most=400, label="title")
    assert len(found.sample) == 400
    assert sorted((group.count, sorted(group.keys)) for group in found.duplicates.groups) == [
        (2, [("200",), ("8",)]),
        (4, [("100",), ("1100",), ("1500",), ("7",)]),
    ]
    assert (found.duplicates.rows, found.duplicates.asked) == (2_000, 300)
    assert "Looked at 400 of about 2,000 rows." in found.remarks
    assert found.labels[("1100",)] == "thing 1100"
    assert {key: f"thing {key[0]}" for key in found.keys} == found.labels
    assert "The server found them by its index, which may miss some." in found.remarks


async def test_what_the_server_finds_is_what_arithmetic_finds(opened: Opener) -> None:
    """Without an index both are exact."""
    session, columns = await opened(TABLE)
    asked = await examine(session, columns["things.v"], most=300, metric=Metric.COSINE)
    far = clusters.cosines(VECTORS)
    np.fill_diagonal(far, np.inf)
    rows = [int(key) for (key,) in asked.sample.keys]
    expected = np.sort(far[rows].min(1))
    assert asked.distances.nearest.count == 300
    assert asked.distances.nearest.median == pytest.approx(expected[149], abs=1e-6)


async def test_distances_are_counted_on_round_edges(opened: Opener) -> None:
    session, columns = await opened(TABLE)
    found = (await examine(session, columns["things.v"], metric=Metric.COSINE)).distances
    assert found.pairs.edges == found.nearest.edges
    assert found.pairs.edges[0] == 0.0
    assert len(found.pairs.counts) <= BINS
    assert sum(found.pairs.counts) == found.pairs.count == 20_000
    assert sum(found.nearest.counts) == found.nearest.count == 2_000
    far = clusters.cosines(VECTORS)[np.triu_indices(len(VECTORS), 1)]
    assert found.pairs.median == pytest.approx(np.median(far), abs=0.02)
    assert found.said.startswith("Half of all pairs are at most ")


async def test_an_inner_product_is_no_distance(opened: Opener) -> None:
    session, columns = await opened(TABLE)
    found = await examine(session, columns["things.v"], metric=Metric.INNER)
    assert found.metric is Metric.COSINE
    assert "An inner product is no distance: cosine is taken instead." in found.remarks


async def test_what_is_near_can_be_said(opened: Opener) -> None:
    session, columns = await opened(TABLE)
    found = await examine(session, columns["things.v"], metric=Metric.L2, near=1e-9)
    assert (found.duplicates.near, found.duplicates.close) == ((), 0)


async def test_rows_without_a_key_are_counted(opened: Opener) -> None:
    session, columns = await opened(TABLE + "CREATE VIEW seen AS SELECT v FROM things;")
    found = await examine(session, columns["seen.v"], metric=Metric.COSINE)
    assert found.duplicates.doubled == 6
    assert found.duplicates.near == ()
    assert found.duplicates.close == 2
    sampled = await examine(session, columns["seen.v"], metric=Metric.COSINE, most=100)
    assert (sampled.duplicates.rows, sampled.duplicates.doubled) == (2_000, 6)


@pytest.mark.parametrize("rows", [1, 2, 3])
async def test_a_few_rows(opened: Opener, rows: int) -> None:
    session, columns = await opened(clusters.table(VECTORS[:rows]))
    found = await examine(session, columns["things.v"])
    assert found.distances.pairs.count == rows * (rows - 1) // 2
    assert len(found.outliers) == (rows if rows > 1 else 0)
    said = f"No two of {rows} rows have the same vector" if rows > 1 else "There are no two rows to compare."
    assert found.duplicates.said.startswith(said)


async def test_no_rows(opened: Opener) -> None:
    session, columns = await opened(TABLE + "UPDATE things SET v = NULL;")
    with pytest.raises(UsageError, match=r"public\.things\.v has no vector: nothing to look at"):
        await examine(session, columns["things.v"])


async def test_equal_is_what_the_database_holds_equal(opened: Opener) -> None:
    """By digests of what the server holds; a condition chooses among them."""
    session, columns = await opened(TABLE)
    found = await equal(session, columns["things.v"], where="id < 1200")
    assert [group.count for group in found.groups] == [3, 2]
    assert (found.rows, found.doubled) == (1_200, 5)


async def test_rows_of_zeros_have_no_cosine(opened: Opener) -> None:
    session, columns = await opened(TABLE + "UPDATE things SET v = array_fill(0, ARRAY[16])::vector WHERE id < 5;")
    found = await examine(session, columns["things.v"], metric=Metric.COSINE)
    assert found.distances.nearest.count == 1_995
    assert found.duplicates.groups[0].count == 5
