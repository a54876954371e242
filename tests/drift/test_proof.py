"""A proof holds when nothing is left; what stands in its way is said; neither side is ever written to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from console.config.profile import Target
from console.drift import drifting
from console.drift.events import Compared, DriftFinished, Preparing, Proving
from console.drift.ground import Side
from console.drift.planning.planning import Plan
from console.drift.portion import both
from console.drift.proving.proof import prove
from console.drift.proving.shadow import Shadow
from console.drift.scope import narrowed
from console.drift.sources import live
from console.drift.wishes import Wishes
from console.errors import Interrupted
from tests.databases import Databases
from tests.drift import comparing
from tests.drift.comparing import compared, here, said

DEV = "CREATE TABLE people (id int PRIMARY KEY, name text); CREATE VIEW names AS SELECT name FROM people;"
PROD = (
    "CREATE TYPE mood AS ENUM ('glad'); CREATE TABLE people (id bigint PRIMARY KEY, name varchar(50), mood mood);"
    "CREATE VIEW names AS SELECT name FROM people; CREATE INDEX ON people (name);"
    "ALTER TABLE people ADD CHECK (name IN ('Ada', 'Grace'))"
)


@pytest.fixture
def pair(databases: Databases) -> Iterator[tuple[Target, Target]]:
    """Return two databases that have come apart."""
    found = databases.loaded(DEV), databases.loaded(PROD)
    yield found
    for target in found:
        databases.drop(target)


async def test_it_tells_what_happens(databases: Databases, pair: tuple[Target, Target]) -> None:
    async with comparing.live(*pair) as [a, b]:
        found = await comparing.events(a, b, wish=here(databases))
    kinds = [type(each) for each in found]
    assert kinds[0] is Preparing
    assert kinds[-1] is DriftFinished
    compared_at = kinds.index(Compared)
    assert {Preparing, Proving} == set(kinds[compared_at + 1 : -1])
    proving = [each for each in found if isinstance(each, Proving)]
    assert [each.number for each in proving] == list(range(1, proving[0].total + 1))


async def test_there_and_back(databases: Databases, pair: tuple[Target, Target]) -> None:
    async with comparing.live(*pair) as [a, b]:
        there, back = [await compared(*two, wish=here(databases)) for two in ((a, b), (b, a))]
    for found in there, back:
        assert (found.proof.state, found.proof.rest, found.exit_code) == ("equal", (), 1)
        assert "proved in PostgreSQL 18" in found.summary
    assert "+ type public.mood" in said(there)
    assert len(there.changes) == len(back.changes)


async def test_of_a_large_database_only_what_is_touched_is_made(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what stands on it and what that needs; where that does not do, all is made."""
    monkeypatch.setattr("console.drift.proving.proof.LARGE", 10)
    many = "".join(f"CREATE TABLE other_{number} (id int PRIMARY KEY);" for number in range(20))
    rest = "CREATE TABLE kept (id int REFERENCES people); CREATE VIEW upon AS SELECT * FROM names, kept;"
    targets = [databases.loaded(f"{text};{rest}{many}") for text in (DEV, PROD)]
    async with comparing.live(*targets) as sources, Shadow(here(databases), None) as shadow:
        a, b = [await live.read(each) for each in sources]
        found = plan_of(a, b)
        keys = {each.key for each in found.statements}
        for some, side in zip(both(Side(a.catalog), Side(b.catalog), keys), (a, b), strict=True):
            names = {str(key) for key in some.objects if key.kind in ("table", "view", "constraint")}
            assert {"public.people", "public.names", "public.upon", "public.kept", "public.kept.kept_id_fkey"} <= names
            assert not [name for name in names if "other" in name]
            assert len(some.objects) < len(side.catalog.objects) - 40
        proved = await prove(shadow, a, b, found, Wishes())
        assert (proved.proof.state, proved.proof.reason) == ("equal", "")
    for target in targets:
        databases.drop(target)


async def test_without_it(databases: Databases, pair: tuple[Target, Target]) -> None:
    async with comparing.live(*pair) as [a, b]:
        found = await compared(a, b, wish=here(databases), proof=False)
    assert (found.proof.state, found.exit_code) == ("off", 1)


async def test_nothing_to_prove_needs_no_shadow(databases: Databases, database: Target) -> None:
    async with comparing.live(database, database) as [a, b]:
        found = await compared(a, b, wish=nowhere(database))
    assert (found.exit_code, found.summary) == (0, "no drift")


async def test_no_shadow_is_no_proof(databases: Databases, pair: tuple[Target, Target]) -> None:
    async with comparing.live(*pair) as [a, b]:
        found = await compared(a, b, wish=nowhere(pair[0]))
    assert (found.proof.state, found.exit_code) == ("skipped", 6)
    assert found.proof.reason
    assert found.plan.statements


@pytest.mark.parametrize(
    ("dropped", "state", "words"),
    [
        ("CREATE INDEX", "equal", ""),
        ("CREATE TYPE", "rest", 'type "public.mood" does not exist'),
    ],
)
async def test_a_plan_that_is_not_whole(
    databases: Databases, pair: tuple[Target, Target], dropped: str, state: str, words: str
) -> None:
    """What is left over is planned for once more; what fails is said, and what follows does not run."""
    async with comparing.live(*pair) as sources, Shadow(here(databases), None) as shadow:
        a, b = [await live.read(each) for each in sources]
        found = plan_of(a, b)
        some = tuple(each for each in found.statements if not each.text.startswith(dropped))
        proved = await prove(shadow, a, b, replace(found, statements=some), Wishes())
    assert proved.proof.state == state
    assert words in proved.proof.reason
    assert proved.proof.rounds == (2 if state == "equal" else 1)
    assert (len(proved.plan.statements) > len(some)) is (state == "equal")
    if state == "equal":
        assert proved.proof.sentence.endswith("planned 2 times")


async def test_what_is_left_is_said_exactly(
    databases: Databases, pair: tuple[Target, Target], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A planner that knows nothing better than what it has said already."""
    async with comparing.live(*pair) as sources, Shadow(here(databases), None) as shadow:
        a, b = [await live.read(each) for each in sources]
        found = plan_of(a, b)
        some = tuple(each for each in found.statements if "CREATE INDEX" not in each.text)
        monkeypatch.setattr("console.drift.proving.proof.plan", lambda *_: Plan((), ()))
        proved = await prove(shadow, a, b, replace(found, statements=some), Wishes())
    assert [each.sentence for each in proved.proof.rest] == ["index public.people_name_idx is gone"]
    assert proved.proof.sentence.startswith("not proved in PostgreSQL 18")


async def test_an_extension_that_the_shadow_lacks(databases: Databases, pair: tuple[Target, Target]) -> None:
    async with comparing.live(*pair) as sources, Shadow(here(databases), None) as shadow:
        a, b = [await live.read(each) for each in sources]
        found = plan_of(a, b)
        first = replace(found.statements[0], text="CREATE EXTENSION nobody_has_it")
        proved = await prove(shadow, a, b, replace(found, statements=(first, *found.statements)), Wishes())
    assert (proved.proof.state, proved.proof.reason) == ("skipped", "the shadow does not have nobody_has_it")


async def test_texts_that_only_look_different_are_no_drift(databases: Databases) -> None:
    """The same condition as CREATE TABLE leaves it, and as it is after a dump was loaded."""
    texts = ("name IN ('a', 'b')", "name = ANY (ARRAY['a'::varchar::text, 'b'::varchar::text])", "name IN ('a', 'c')")
    targets = [
        databases.loaded(f"CREATE TABLE t (name varchar(9)); ALTER TABLE t ADD CONSTRAINT c CHECK ({text})")
        for text in texts
    ]
    async with comparing.live(*targets) as [one, two, other]:
        same = await compared(one, two, wish=here(databases))
        different = [await compared(*each, wish=here(databases)) for each in ((one, other), (two, other))]
    for target in targets:
        databases.drop(target)
    assert (said(same), same.exit_code) == ([], 0)
    for found in different:
        assert (said(found), found.proof.state) == (["~ constraint public.t.c"], "equal")


async def test_columns_in_another_order_are_no_drift(databases: Databases) -> None:
    targets = [databases.loaded(f"CREATE TABLE t ({text})") for text in ("a int, b int", "b int, a int")]
    async with comparing.live(*targets) as [a, b]:
        found = await compared(a, b, wish=here(databases))
    for target in targets:
        databases.drop(target)
    assert (said(found), [str(key) for key in found.reordered], found.exit_code) == ([], ["public.t"], 0)
    assert found.summary == "no drift; columns in another order in 1 table"


async def test_what_a_lock_hides_is_named(databases: Databases, pair: tuple[Target, Target]) -> None:
    with databases.connect(pair[1]) as connection, connection.transaction():
        connection.execute("LOCK TABLE people IN ACCESS EXCLUSIVE MODE")
        async with comparing.live(*pair) as [a, b]:
            found = await compared(a, b, wish=here(databases))
    assert found.exit_code == 6
    hidden = {str(each.key): each.reason for each in found.unhandled}
    assert hidden["public.people"].startswith("locked by pid ")


async def test_what_no_statement_makes_is_named(databases: Databases) -> None:
    texts = (
        "",
        "CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;"
        "CREATE USER MAPPING FOR PUBLIC SERVER s OPTIONS (user 'ada', password 'secret')",
    )
    targets = [databases.loaded(text) for text in texts]
    async with comparing.live(*targets) as [a, b]:
        found = await compared(a, b, wish=here(databases))
        same = await compared(b, b, wish=here(databases))
    for target in targets:
        databases.drop(target)
    assert [(each.key.kind, each.reason) for each in found.unhandled if "secret" in each.reason] == [
        ("user mapping", "secret options are not shown: password")
    ]
    assert found.exit_code == 6
    assert (same.exit_code, same.unhandled) == (0, ())


async def test_the_large_sample_systems_against_nothing(databases: Databases, database: Target) -> None:
    """All that they are is made, and unmade."""
    target = databases.make("negative_space")
    async with comparing.live(target, database) as [full, empty]:
        for two in (full, empty), (empty, full):
            found = await compared(*two, wish=here(databases))
            assert (found.proof.state, found.proof.reason, found.exit_code) == ("equal", "", 1)
            assert len(found.changes) > 100
    databases.drop(target)


class TestNothingIsWritten:
    async def test_a_role_that_may_only_read_is_enough(
        self, databases: Databases, pair: tuple[Target, Target], reader: Callable[[Target], Target]
    ) -> None:
        async with comparing.live(*map(reader, pair)) as [a, b]:
            found = await compared(a, b, wish=here(databases))
        assert found.changes

    async def test_nothing_of_either_side_has_changed(self, databases: Databases, pair: tuple[Target, Target]) -> None:
        before = [written(databases, target) for target in pair]
        async with comparing.live(*pair) as [a, b]:
            await compared(a, b, wish=here(databases))
        assert [written(databases, target) for target in pair] == before

    async def test_nothing_of_the_shadow_stays(self, databases: Databases, pair: tuple[Target, Target]) -> None:
        async with comparing.live(*pair) as [a, b]:
            await compared(a, b, wish=here(databases))
        with databases.connect() as connection:
            left = connection.execute("SELECT datname FROM pg_database WHERE datname ^@ 'dbconsole_shadow_'")
            assert left.fetchall() == []

    async def test_it_can_be_stopped(self, databases: Databases, pair: tuple[Target, Target]) -> None:
        async with comparing.live(*pair) as [a, b]:
            coming = drifting.drift(drifting.Asked(a, b, wish=here(databases)))
            async for event in coming:
                if isinstance(event, Proving):
                    break
            with pytest.raises((Interrupted, StopAsyncIteration)):
                await coming.aclose()
                await anext(coming)
        await self.test_nothing_of_the_shadow_stays(databases, pair)


@pytest.fixture
def reader(databases: Databases) -> Iterator[Callable[[Target], Target]]:
    """Return what gives the way of a role without any right to a database: the server lets it write nothing."""
    with databases.connect() as connection:
        connection.execute("CREATE ROLE drift_reader LOGIN")
        connection.execute("ALTER ROLE drift_reader SET default_transaction_read_only = on")
        yield lambda target: replace(target, params={**target.params, "user": "drift_reader"})
        connection.execute("DROP ROLE drift_reader")


def written(databases: Databases, target: Target) -> Any:
    """Return what every writing transaction leaves behind: rows of the catalog with their versions, and its files."""
    with databases.connect(target) as connection:
        return [
            connection.execute(query).fetchall()  # type: ignore[call-overload]
            for query in (
                "SELECT oid, xmin::text, relfilenode FROM pg_class ORDER BY 1",
                "SELECT objid, classid, xmin::text FROM pg_depend ORDER BY 1, 2, 3",
                "SELECT oid, xmin::text FROM pg_proc WHERE oid > 16383 ORDER BY 1",
                "SELECT datname, xmin::text, datacl FROM pg_database WHERE datname = current_database()",
            )
        ]


def nowhere(target: Target) -> Target:
    """Return the way to a server that does not answer."""
    return replace(target, name="the shadow", params={**target.params, "port": "1"})


def plan_of(a: Any, b: Any) -> Plan:
    found = narrowed(a, b)
    return drifting.planning.plan(found.a, found.b, found.scope)
