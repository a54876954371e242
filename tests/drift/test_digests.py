"""Two databases are compared by digests of the server's: the answer is that of reading both wholly, in all of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from console.catalog import reader
from console.catalog.digests import taking, together
from console.catalog.key import Key, Kind
from console.catalog.model import Catalog, Object, Relation
from console.config.profile import Target
from console.db.session import Session
from console.drift import markdown
from console.drift.drift import Drift
from console.drift.ground import Side
from console.drift.lines import lines as lines_of
from console.drift.planning.planning import plan
from console.drift.wishes import Rename, Wishes
from tests import servers
from tests.databases import Databases
from tests.drift import cases, judging
from tests.drift.cases import Case
from tests.drift.comparing import compared, here, live
from tests.drift.inventing import loading
from tests.drift.inventing.pairs import Pair, pairs
from tests.drift.town import CHANGES, TOLD, TOWN
from tests.pooler import Pooler

WISHES = (Wishes(), Wishes(online=True), Wishes(keep_data=True), Wishes(ignore_generated_names=True))
# Changes in the town that are told otherwise for the one wish or the other.
WISHED = ("many go", "a column of views", "another name", "an index's order", "a primary key")
_HERE = [case for case in cases.every() if "icu" not in case.needs]
_SAMPLED, _OTHERS = 60, 3  # of so many one is quick
_RELATIONS = (Kind.TABLE, Kind.VIEW, Kind.MATERIALIZED_VIEW, Kind.FOREIGN_TABLE)


def _some(names: Iterable[str], always: Collection[str] = ()) -> Iterator[object]:
    """Yield all names; but for every third, and those that are looked at always, they are slow ones."""
    for number, name in enumerate(names):
        yield pytest.param(name, marks=[pytest.mark.slow] if number % _OTHERS and name not in always else [])


async def answers(one: Target, two: Target, *wished: Wishes) -> set[str]:
    """Compare both ways, wholly and in part, for each of the wishes; return the relations left out as equal."""
    async with AsyncExitStack() as stack:
        a, b = [await stack.enter_async_context(await Session.open(each, what="drift")) for each in (one, two)]
        whole = [await reader.read(each) for each in (a, b)]
        found = await together.read(a, b, lambda _: False)
        assert found is not None
        digests = [await taking.take(each) for each in (a, b)]
    must_tell_apart(*whole, *digests)
    for wishes, turn in product(wished or WISHES[:1], (1, -1)):
        wanted, seen = plan(*whole[::turn], wishes=wishes), plan(*found[::turn], wishes=wishes)
        assert seen.changes == wanted.changes
        assert [each.text for each in seen.statements] == [each.text for each in wanted.statements]
        assert (seen.statements, seen.left_out) == (wanted.statements, wanted.left_out)
    left = whole[0].objects.keys() - found[0].objects.keys()
    return {str(key) for key in left if key.kind in _RELATIONS}


def must_tell_apart(a: Catalog, b: Catalog, digests: dict[Key, str], others: dict[Key, str]) -> None:
    """A relation with the same digest on both sides is the same, with all its parts."""
    left, right = Side(a), Side(b)
    for key in digests.keys() & others.keys():
        if digests[key] == others[key]:
            assert parts(left, key) == parts(right, key), key


def parts(side: Side, key: Key) -> dict[Key, Object]:
    """Return a relation and what is a part of it; a sequence that belongs to it has a digest of its own."""
    found = (key, *(part for part in side.parts.get(key, ()) if part.kind != Kind.SEQUENCE))
    return {each: side.catalog.objects[each] for each in found}


@pytest.mark.parametrize("name", list(_some(CHANGES, always=WISHED)))
async def test_one_change_in_a_town(databases: Databases, name: str) -> None:
    statements, far = CHANGES[name]
    one, two = databases.make(TOWN), databases.make(TOWN)
    with databases.connect(two) as connection:
        connection.execute(statements.encode())
    left = await answers(one, two, *(WISHES if name in WISHED else WISHES[:1]))
    assert set(far.split()) <= left
    for target in (one, two):
        databases.drop(target)


async def both(databases: Databases, case: Case) -> None:
    """Compare a case's sides."""
    targets = databases.loaded(case.a), databases.loaded(case.b)
    try:
        await answers(*targets)
    finally:
        for target in targets:
            judging.drop(databases, target)


@pytest.mark.parametrize("case", _HERE[::_SAMPLED], ids=lambda case: case.name)
async def test_the_answer_is_the_same(databases: Databases, case: Case) -> None:
    await both(databases, case)


@pytest.mark.slow
@pytest.mark.parametrize("case", _HERE, ids=lambda case: case.name)
async def test_the_answer_is_always_the_same(databases: Databases, case: Case) -> None:
    await both(databases, case)


@pytest.mark.slow
@given(pair=pairs())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
def test_the_answer_is_the_same_for_what_is_invented(databases: Databases, pair: Pair) -> None:
    (one, _), (two, _) = loading.load(databases, pair.a), loading.load(databases, pair.b)
    try:
        asyncio.run(_answered(one, two))
    finally:
        databases.drop(one)
        databases.drop(two)


async def _answered(one: Target, two: Target) -> None:
    await answers(one, two)


@pytest.mark.slow
@pytest.mark.parametrize("version", [14, 15, 16, 17])
async def test_older_servers(tmp_path: Path, version: int) -> None:
    with Databases.started(tmp_path, version=version, installation=servers.installation(version)) as databases:
        for name, (statements, far) in CHANGES.items():
            if version < 15 and name in ("a publication", "a published row"):
                continue
            one, two = databases.make(TOWN), databases.make(TOWN)
            with databases.connect(two) as connection:
                connection.execute(statements.encode())
            assert set(far.split()) <= await answers(one, two), name


class TestTogether:
    async def test_equal_databases_are_told_in_one_round_trip(self, databases: Databases) -> None:
        text = "CREATE TABLE a (id integer PRIMARY KEY); CREATE VIEW b AS SELECT id FROM a"
        one, two = databases.make(text), databases.make(text)
        async with await Session.open(one, what="drift") as a, await Session.open(two, what="drift") as b:
            for each in (a, b):
                await each.read()
            before = a.trips
            found = await together.read(a, b, lambda _: False)
        assert found is not None
        assert not [*found[0].of(Relation)]
        assert found[0] == found[1]
        assert a.trips - before == 1

    async def test_what_is_asked_for_is_read_though_it_is_equal(self, databases: Databases) -> None:
        one, two = databases.make(TOWN), databases.make(TOWN)
        async with await Session.open(one, what="drift") as a, await Session.open(two, what="drift") as b:
            for each in (a, b):
                await each.read()
            found = await together.read(a, b, lambda key: key.name == "alone")
        assert found is not None
        assert {each.key.name for each in found[1].of(Relation)} == {"alone", "apart", "kept", "state__before"}

    async def test_a_locked_relation_has_both_read_wholly(self, databases: Databases) -> None:
        one, two = databases.make(TOWN), databases.make(TOWN)
        with databases.connect(two) as connection, connection.transaction():
            connection.execute("LOCK TABLE archive.apart")
            async with live(one, two) as sides:
                found = await compared(*sides, wish=here(databases), proof=False, whole=False)
        assert found.exit_code == 6
        assert "archive.apart" in {str(each.key) for each in found.unhandled}

    async def test_through_pools_of_one_connection(
        self, databases: Databases, poolers: Callable[[int], Pooler]
    ) -> None:
        one, two = databases.make(TOWN), databases.make(TOWN)
        with databases.connect(two) as connection:
            connection.execute(b"DROP TABLE town.flats CASCADE")
        pooler = poolers(1)
        pooled = [replace(pooler.target(each), direct=None) for each in (one, two)]
        assert "archive.apart" in await answers(pooled[0], pooled[1])


class TestDrift:
    @pytest.mark.parametrize("name", list(_some(TOLD)))
    async def test_all_that_is_told_is_the_same(self, databases: Databases, name: str) -> None:
        one, two = databases.make(TOWN), databases.make(TOWN)
        with databases.connect(two) as connection:
            connection.execute("SET allow_system_table_mods = on")
            connection.execute(TOLD[name].encode())
        async with live(one, two) as sides:
            part = await compared(*sides, wish=here(databases), whole=False)
            whole = await compared(*sides, wish=here(databases))
        assert told(part) == told(whole)
        assert part.hazards == whole.hazards
        assert len(part.a.catalog.objects) < len(whole.a.catalog.objects)

    async def test_ledgers_are_left_out_and_said_to_be(self, databases: Databases) -> None:
        text = TOWN + "CREATE TABLE public.schema_migrations (version varchar(128) PRIMARY KEY);"
        one, two = databases.make(text), databases.make(text)
        async with live(one, two) as sides:
            part = await compared(*sides, wish=here(databases), whole=False)
        assert any("schema_migrations" in each for each in part.notes)
        assert part.exit_code == 0

    async def test_a_rename_that_is_wished_for_reads_all(self, databases: Databases) -> None:
        one, two = databases.make(TOWN), databases.make(TOWN)
        wishes = Wishes(renames=(Rename("archive.apart", "archive.other"),))
        with databases.connect(two) as connection:
            connection.execute(b"ALTER TABLE archive.apart RENAME TO other")
        async with live(one, two) as sides:
            found = await compared(*sides, wish=here(databases), whole=False, wishes=wishes)
        assert found.a.whole is None
        assert found.exit_code == 1


def told(found: Drift) -> dict[str, object]:
    """Return all that is said in any form, but for how long the proof took."""
    said = found.as_dict()
    assert isinstance(said["proof"], dict)
    lines, report = lines_of(found), markdown.render(found)
    return said | {"proof": said["proof"] | {"duration_ms": 0}, "lines": lines, "report": report}
