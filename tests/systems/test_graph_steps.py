"""From dev to production: what differs, what a duplicate stops, and that no status is lost there and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import nullcontext
from typing import Any

import psycopg
import pytest

from console.catalog import reader
from console.catalog.compare import Action, compare
from console.catalog.model import Catalog, Kind
from console.config.profile import Target
from console.db.session import Session
from console.errors import MigrationFailed
from tests.databases import Databases
from tests.migrations.project import Project
from tests.systems import graph, steps

SYSTEM = graph.SYSTEM
COLUMNS = ("status", "embedding", "embedding_generated_at", "embedding_status")
DEV, SYNC, MOVE = SYSTEM.migrations

Connection = psycopg.Connection[Any]


@pytest.fixture
def dev(make_database: Callable[..., Target]) -> Target:
    """Return dev with its data, as it was before the synchronisation."""
    return make_database("graph@0001")


@pytest.fixture
async def project(databases: Databases) -> AsyncIterator[Project]:
    """Return the folder on an empty database."""
    target = databases.make()
    async with await Session.open(target, what="test") as session:
        yield Project(SYSTEM.folder, session)
    databases.drop(target)


async def _catalog(target: Target) -> Catalog:
    async with await Session.open(target, what="test") as session:
        return await reader.read(session)


async def test_dev_and_production_differ_in_33_objects(dev: Target, make_database: Callable[..., Target]) -> None:
    changes = compare(await _catalog(dev), await _catalog(make_database("graph")))
    assert {change.action for change in changes} == {Action.CREATE}
    assert len(changes) == 33
    named: dict[Kind, set[str]] = {}
    for change in changes:
        named.setdefault(change.key.kind, set()).add(change.key.name)
    kinds = {Kind.TYPE: {"node_status"}, Kind.VIEW: {"graph_monitoring_dashboard"}}
    indexes = {name.removeprefix("public.") for name in SYSTEM.indexes}
    assert named == {**kinds, Kind.INDEX: indexes, Kind.COLUMN: set(COLUMNS)}
    assert len(indexes) == 27


class TestDuplicate:
    async def test_the_same_goal_twice_stops_the_synchronisation(self, project: Project, databases: Databases) -> None:
        await project.up(to="1")
        with databases.connect(project.session.target) as connection:
            connection.execute("INSERT INTO profiles (id, email) VALUES (md5('ada')::uuid, 'ada@example.com')")
            for _ in range(2):
                connection.execute(
                    "INSERT INTO graph_nodes (user_id, node_type, label)"
                    " SELECT id, 'goal', 'Learn to sail' FROM profiles"
                )
            before = await _catalog(project.session.target)
            with pytest.raises(MigrationFailed) as caught:
                await project.up()
            for word in (
                "idx_graph_nodes_unique_user_type_label",
                "goal",
                "Learn to sail",
                f"Nothing of {SYNC} remains.",
            ):
                assert word in caught.value.title + caught.value.detail
            assert compare(before, await _catalog(project.session.target)) == ()
            assert await project.states() == {"0001": "applied", "0002": "pending", "0003": "pending"}

            connection.execute(
                "UPDATE graph_nodes SET deleted_at = now() WHERE ctid = (SELECT min(ctid) FROM graph_nodes)"
            )
            await project.up()  # one of them is deleted now, and stays out of the index
            assert set((await project.states()).values()) == {"applied"}

    @pytest.mark.parametrize(("deleted", "refused"), [("", True), (", deleted_at = now()", False)])
    def test_production_refuses_a_duplicate_unless_it_is_deleted(
        self, make_database: Callable[..., Target], databases: Databases, deleted: str, refused: bool
    ) -> None:
        with databases.connect(make_database("graph")) as connection:
            mine = "user_id = md5('graph profile 1')::uuid"
            same = f"UPDATE graph_nodes SET label = 'x', node_type = 'goal'{deleted} WHERE {mine}"
            expected = pytest.raises(psycopg.errors.UniqueViolation) if refused else nullcontext()
            with expected:
                assert connection.execute(same.encode()).rowcount == 225


class TestStatus:
    def _statuses(self, connection: Connection) -> Counter[str | None]:
        found = connection.execute("SELECT properties ->> 'status' FROM graph_nodes")
        return Counter(word for (word,) in found)

    def test_dev_keeps_it_in_the_properties_of_two_thirds(self, dev: Target, databases: Databases) -> None:
        with databases.connect(dev) as connection:
            statuses = self._statuses(connection)
        unknown = statuses.keys() - {None, "curated", "draft_verbal"}
        assert (statuses[None], statuses["curated"], statuses["draft_verbal"]) == (600, 300, 897)
        assert sum(statuses[word] for word in unknown) == len(unknown) == 3

    def test_none_is_lost_on_the_way_to_production(self, dev: Target, databases: Databases) -> None:
        with databases.connect(dev) as connection:
            before = dict(connection.execute("SELECT id, properties FROM graph_nodes").fetchall())
            for migration in (SYNC, MOVE):
                steps.run(connection, SYSTEM, migration, "up")
            after = connection.execute("SELECT id, status::text, properties FROM graph_nodes").fetchall()
            assert steps.failed(steps.verify(connection, SYSTEM)) == []
        for node, status, properties in after:
            was = before[node]
            assert status == ("curated" if was.get("status") == "curated" else "draft_verbal")
            assert properties == {key: value for key, value in was.items() if key != "status"}

    def test_a_status_that_was_set_since_stays_and_an_empty_one_is_filled(
        self, dev: Target, databases: Databases
    ) -> None:
        with databases.connect(dev) as connection:
            steps.run(connection, SYSTEM, SYNC, "up")
            without = "NOT properties ? 'status'"
            connection.execute(
                f"UPDATE graph_nodes SET status = 'curated' WHERE {without} AND node_type = 'goal'".encode()
            )
            connection.execute(f"UPDATE graph_nodes SET status = NULL WHERE {without} AND node_type = 'skill'".encode())
            expected = dict(
                connection.execute(
                    "SELECT node_type, count(*) FROM graph_nodes WHERE NOT properties ? 'status'"
                    " AND node_type IN ('goal', 'skill') GROUP BY 1"
                ).fetchall()
            )
            steps.run(connection, SYSTEM, MOVE, "up")
            [(curated, without_any)] = connection.execute(
                "SELECT count(*) FILTER (WHERE status = 'curated'), count(*) FILTER (WHERE status IS NULL)"
                " FROM graph_nodes"
            ).fetchall()
        assert expected["goal"] > 50
        assert (curated, without_any) == (300 + expected["goal"], 0)

    def test_on_the_way_back_every_node_has_it_in_its_properties(self, dev: Target, databases: Databases) -> None:
        with databases.connect(dev) as connection:
            for migration in (SYNC, MOVE):
                steps.run(connection, SYSTEM, migration, "up")
            steps.run(connection, SYSTEM, MOVE, "down")
            assert self._statuses(connection) == {"curated": 300, "draft_verbal": 1500}
            steps.run(connection, SYSTEM, SYNC, "down")
            assert self._statuses(connection) == {"curated": 300, "draft_verbal": 1500}
            for migration in (SYNC, MOVE):
                steps.run(connection, SYSTEM, migration, "up")
            assert connection.execute("SELECT count(*) FROM graph_nodes WHERE status = 'curated'").fetchall() == [
                (300,)
            ]

    def test_what_is_left_behind_fails_the_checks(self, dev: Target, databases: Databases) -> None:
        with databases.connect(dev) as connection:
            steps.run(connection, SYSTEM, SYNC, "up")
            connection.execute("UPDATE graph_nodes SET embedding_status = 'done' WHERE node_type = 'goal'")
            connection.execute("UPDATE graph_nodes SET status = NULL WHERE node_type = 'skill'")
            details = {name: detail for name, ok, detail in steps.verify(connection, SYSTEM, MOVE) if not ok}
        assert details == {
            "no status in properties": "1200 nodes still keep their status in properties",
            "every node has a status": "240 nodes have none",
            "embedding_status is known": "not known: done (240 nodes)",
        }


class TestTwoShapes:
    def test_the_same_rows_come_in_both(
        self, dev: Target, make_database: Callable[..., Target], databases: Databases
    ) -> None:
        rows = (
            "SELECT id, user_id, node_type, label, description, properties - 'status', deleted_at IS NULL"
            " FROM graph_nodes ORDER BY id"
        )
        with databases.connect(dev) as before, databases.connect(make_database("graph")) as after:
            assert before.execute(rows).fetchall() == after.execute(rows).fetchall()
            curated = "SELECT id FROM graph_nodes WHERE {} = 'curated' ORDER BY id"
            assert before.execute(curated.format("properties ->> 'status'").encode()).fetchall() == (
                after.execute(curated.format("status").encode()).fetchall()
            )

    def test_loading_again_after_the_synchronisation_adds_nothing(self, dev: Target, databases: Databases) -> None:
        with databases.connect(dev) as connection:
            for migration in (SYNC, MOVE):
                steps.run(connection, SYSTEM, migration, "up")
            rows = "SELECT count(*), md5(string_agg(n::text, '' ORDER BY id)) FROM graph_nodes n"
            before = connection.execute(rows).fetchall()
            steps.load(connection, SYSTEM)
            assert connection.execute(rows).fetchall() == before

    def test_it_loads_between_0002_and_0003(self, make_database: Callable[..., Target], databases: Databases) -> None:
        with databases.connect(make_database("graph@0002")) as connection:
            statuses = connection.execute("SELECT status::text, count(*) FROM graph_nodes GROUP BY 1").fetchall()
        assert dict(statuses) == {"curated": 300, "draft_verbal": 1500}


def test_the_extension_may_live_elsewhere_and_stays_then(databases: Databases, database: Target) -> None:
    """As on Supabase, where it is in the schema extensions before the first migration."""
    with databases.connect(database) as connection:
        connection.execute("CREATE SCHEMA extensions; CREATE EXTENSION vector WITH SCHEMA extensions")
        steps.up(connection, SYSTEM)
        steps.load(connection, SYSTEM)
        assert steps.failed(steps.verify(connection, SYSTEM)) == []
        steps.down(connection, SYSTEM)
        assert connection.execute("SELECT extname FROM pg_extension WHERE extname = 'vector'").fetchall() == [
            ("vector",)
        ]
