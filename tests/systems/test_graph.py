"""The system graph as it stands: its data, what its trigger counts as a change, and what its view says of people."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import psycopg
import pytest

from tests.systems import graph

SYSTEM = graph.SYSTEM
VECTOR = f"[{','.join(['0.1'] * 1536)}]"

Connection = psycopg.Connection[Any]


def _value(connection: Connection, query: str) -> Any:
    [(value,)] = connection.execute(query.encode()).fetchall()
    return value


def _share(connection: Connection, column: str) -> dict[str, int]:
    return dict(connection.execute(f"SELECT {column}, count(*) FROM graph_nodes GROUP BY 1".encode()).fetchall())


class TestData:
    def test_statuses_and_embeddings_have_their_shares(self, connection: Connection) -> None:
        assert _share(connection, "status::text") == {"curated": 300, "draft_verbal": 1500}
        shares = {"completed": 1260, "pending": 360, "generating": 108, "failed": 72}
        assert _share(connection, "embedding_status") == shares
        assert _share(connection, "node_type").keys() == {"goal", "skill", "emotion", "session", "accomplishment"}

    def test_an_embedding_has_its_time_when_it_is_completed(self, connection: Connection) -> None:
        odd = "(embedding_status = 'completed') <> (embedding_generated_at IS NOT NULL)"
        assert _value(connection, f"SELECT count(*) FROM graph_nodes WHERE {odd}") == 0
        assert _value(connection, "SELECT count(embedding) FROM graph_nodes") == 0, "they are filled afterwards"

    def test_nobody_has_the_same_node_twice_but_some_were_taken_away(self, connection: Connection) -> None:
        nodes = connection.execute("SELECT user_id, node_type, label, deleted_at FROM graph_nodes").fetchall()
        live = Counter(node[:3] for node in nodes if node[3] is None)
        assert set(live.values()) == {1}
        assert sum(node[3] is not None and node[:3] in live for node in nodes) == 24

    def test_edges_stay_with_their_person_and_differ(self, connection: Connection) -> None:
        edges = connection.execute(
            "SELECT e.source_node_id, e.target_node_id, e.edge_type FROM graph_edges e"
            " JOIN graph_nodes s ON s.id = e.source_node_id AND s.user_id = e.user_id"
            " JOIN graph_nodes t ON t.id = e.target_node_id AND t.user_id = e.user_id"
        ).fetchall()
        assert len(set(edges)) == 5000
        assert all(source != target for source, target, _ in edges)
        assert len({kind for *_, kind in edges}) == 9
        assert 300 < _value(connection, "SELECT count(valid_to) FROM graph_edges") < 900

    @pytest.mark.parametrize(
        ("table", "column"),
        [
            ("profiles", "created_at"), ("graph_nodes", "created_at"), ("graph_nodes", "updated_at"),
            ("graph_nodes", "deleted_at"), ("graph_nodes", "embedding_generated_at"), ("graph_edges", "created_at"),
            ("graph_edges", "valid_from"), ("graph_edges", "valid_to"),
        ],
    )  # fmt: skip
    def test_times_lie_in_the_last_120_days(self, connection: Connection, table: str, column: str) -> None:
        outside = f"{column} NOT BETWEEN now() - interval '121 days' AND now()"
        assert _value(connection, f"SELECT count(*) FROM {table} WHERE {outside}") == 0

    def test_less_is_told_at_week_ends(self, connection: Connection) -> None:
        days = dict(
            connection.execute(
                "SELECT extract(isodow FROM created_at AT TIME ZONE 'UTC')::int, count(*) FROM graph_nodes GROUP BY 1"
            ).fetchall()
        )
        assert max(days[6], days[7]) < 0.6 * min(days[day] for day in range(1, 6))


class TestTrigger:
    @pytest.fixture
    def node(self, connection: Connection) -> Any:
        found = _value(connection, "SELECT id FROM graph_nodes WHERE deleted_at IS NULL ORDER BY id LIMIT 1")
        connection.execute("UPDATE graph_nodes SET updated_at = '2020-01-01 00:00Z' WHERE id = %s", [found])
        return found

    def _after(self, connection: Connection, node: Any, change: str) -> datetime:
        sql = f"UPDATE graph_nodes SET {change} WHERE id = %s RETURNING updated_at"
        [(when,)] = connection.execute(sql.encode(), [node]).fetchall()
        return when

    @pytest.mark.parametrize(
        "change",
        ["label = 'another'", "description = NULL", "properties = '{}'", "deleted_at = now()",
         "status = CASE status WHEN 'curated' THEN 'draft_verbal'::node_status ELSE 'curated' END"],
    )  # fmt: skip
    def test_a_change_of_the_node_counts(self, connection: Connection, node: Any, change: str) -> None:
        assert self._after(connection, node, change) == _value(connection, "SELECT now()")

    @pytest.mark.parametrize(
        "change",
        ["label = label", f"embedding = '{VECTOR}'", "embedding_generated_at = now(), embedding_status = 'generating'"],
        ids=["nothing", "embedding", "progress"],
    )
    def test_its_embedding_does_not(self, connection: Connection, node: Any, change: str) -> None:
        assert self._after(connection, node, change) == datetime(2020, 1, 1, tzinfo=UTC)


class TestDashboard:
    """The view, counted again in Python from all rows."""

    @pytest.fixture
    def ground(self, connection: Connection) -> Connection:
        """Add embeddings, a person without nodes, one with nodes only, and edges of this moment."""
        connection.execute(
            "INSERT INTO profiles (id, email)"
            " SELECT md5(name)::uuid, name || '@example.com' FROM unnest('{none,few}'::text[]) name"
        )
        connection.execute(
            "INSERT INTO graph_nodes (user_id, node_type, label, status, embedding_status)"
            " SELECT md5('few')::uuid, 'goal', n::text, NULL, NULL FROM generate_series(1, 3) n"
        )
        connection.execute(
            "UPDATE graph_nodes SET embedding = %s WHERE embedding_status = 'completed' AND md5(id::text) < '2'",
            [VECTOR],
        )
        connection.execute("UPDATE graph_edges SET created_at = now() WHERE md5(id::text) < '08'")
        return connection

    def test_it_says_what_a_count_in_python_says(self, ground: Connection) -> None:
        expected = self._expected(ground)
        found = ground.execute("SELECT * FROM graph_monitoring_dashboard").fetchall()
        assert {row[1]: row for row in found} == expected
        assert len(found) == 9

    def test_someone_without_nodes_is_left_out_and_one_without_edges_is_not(self, ground: Connection) -> None:
        found = dict(ground.execute("SELECT email, total_edges FROM graph_monitoring_dashboard").fetchall())
        assert "none@example.com" not in found
        assert found["few@example.com"] == 0

    def test_deleted_nodes_do_not_count(self, connection: Connection) -> None:
        counted = _value(connection, "SELECT sum(total_nodes) FROM graph_monitoring_dashboard")
        assert counted == 1800 - 24

    def _expected(self, connection: Connection) -> dict[str, tuple[Any, ...]]:
        people = dict(connection.execute("SELECT id, email FROM profiles").fetchall())
        now = _value(connection, "SELECT now()")
        nodes: dict[Any, list[Any]] = defaultdict(list)
        for person, *node in connection.execute(
            "SELECT user_id, status::text, embedding IS NOT NULL, embedding_status, created_at FROM graph_nodes"
            " WHERE deleted_at IS NULL"
        ):
            nodes[person].append(node)
        edges: dict[Any, list[Any]] = defaultdict(list)
        for person, *edge in connection.execute("SELECT user_id, edge_type, created_at FROM graph_edges"):
            edges[person].append(edge)
        return {
            people[person]: (person, people[person], *_counted(nodes[person], edges[person], now - timedelta(days=1)))
            for person in nodes
        }


def _counted(nodes: list[Any], edges: list[Any], day: datetime) -> tuple[Any, ...]:
    statuses, progress = Counter(node[0] for node in nodes), Counter(node[2] for node in nodes)
    embedded = sum(node[1] for node in nodes)
    return (
        len(nodes),
        statuses["draft_verbal"],
        statuses["curated"],
        embedded,
        *(progress[word] for word in ("pending", "generating", "failed")),
        _hundredths(100 * embedded, len(nodes)),
        len(edges),
        len({kind for kind, _ in edges}),
        _hundredths(len(edges), len(nodes)),
        max(node[3] for node in nodes),
        max((when for _, when in edges), default=None),
        sum(node[3] > day for node in nodes),
        sum(when > day for _, when in edges),
    )


def _hundredths(part: int, whole: int) -> Decimal:
    return (Decimal(part) / whole).quantize(Decimal("0.01"), ROUND_HALF_UP)
