"""For every pair of schemas, in both directions: the SQL runs in one go, and nothing is left to do.

Here our reader is asked, of every eighth pair; pg_dump is asked too in the slow matrix below, of all pairs on 18, and
of every fourth on older versions.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from console.db.local import installations
from tests import servers
from tests.databases import Databases
from tests.drift import cases, judging
from tests.drift.cases import Case

CASES = cases.every()
_HERE = [case for case in CASES if "icu" not in case.needs]  # which the wheel is built without
_SAMPLED = 8


async def both_ways(databases: Databases, case: Case, *, dumped: bool) -> None:
    """Turn each side into the other, in databases of their own."""
    one, two = databases.loaded(case.a), databases.loaded(case.b)
    try:
        a, b = [await judging.look(databases, target, dumped=dumped) for target in (one, two)]
        there = await judging.judge(databases, a, b)
        assert not there, f"from a to b\n{there}"
        back = await judging.judge(databases, b, a)
        assert not back, f"from b to a\n{back}"
    finally:
        for target in (one, two):
            judging.drop(databases, target)


@pytest.mark.parametrize("case", _HERE[::_SAMPLED], ids=lambda case: case.name)
async def test_there_and_back(databases: Databases, case: Case) -> None:
    await both_ways(databases, case, dumped=False)


@pytest.fixture(scope="module")
def older(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """Return a server of a version; of 18 the wheel's, which has pgvector."""
    installation = installations.embedded() if request.param == 18 else servers.installation(request.param)
    folder = tmp_path_factory.mktemp("drift")
    with Databases.started(folder, version=request.param, installation=installation) as databases:
        yield databases


def _matrix() -> Iterator[object]:
    """Yield a version and a pair that it can load: the wheel has pgvector, Debian's 15 has ICU."""
    for version, each in ((15, 4), (16, 4), (18, 1)):
        has = {"icu"} if version == 15 else {"vector"}
        for case in CASES[::each]:
            if case.fits(version, has):
                yield pytest.param(version, case, id=f"{version}-{case.name}")


@pytest.mark.slow
@pytest.mark.parametrize(("older", "case"), list(_matrix()), indirect=["older"])
async def test_pg_dump_agrees(older: Databases, case: Case) -> None:
    await both_ways(older, case, dumped=True)


def test_a_case_is_a_folder_with_two_sides() -> None:
    for folder in cases.FOLDER.iterdir():
        assert sorted(path.name for path in folder.iterdir()) == ["a.sql", "b.sql"], folder
