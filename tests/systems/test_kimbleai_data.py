"""kimbleai's sample data: what agrees with what, its rhythm, its incidents and its texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from statistics import mean
from typing import Any

import psycopg
import pytest

from tests.systems import kimbleai
from tests.systems.kimbleai_times import ends

SYSTEM = kimbleai.SYSTEM
Connection = psycopg.Connection[Any]

pytestmark = pytest.mark.vector

LOGS = [
    pytest.param("activity_logs", "created_at", id="activity"),
    pytest.param("auth_logs", "created_at", id="sign-ins"),
    pytest.param("api_cost_tracking", '"timestamp"', id="costs"),
]


class TestAgreements:
    def test_a_conversation_has_counted_its_messages(self, connection: Connection) -> None:
        said = connection.execute("SELECT id, message_count, last_message_at FROM public.conversations").fetchall()
        times = defaultdict(list)
        for conversation, at in connection.execute("SELECT conversation_id, created_at FROM public.messages"):
            times[conversation].append(at)
        assert {(id_, count, last) for id_, count, last in said} == {
            (id_, len(found), max(found)) for id_, found in times.items()
        }

    def test_question_and_answer_take_turns(self, connection: Connection) -> None:
        roles = defaultdict(list)
        for conversation, role in connection.execute(
            "SELECT conversation_id, role FROM public.messages ORDER BY conversation_id, created_at"
        ):
            roles[conversation].append(role)
        unanswered = [id_ for id_, turns in roles.items() if turns[-1] == "user"]
        assert unanswered == ["conv_100"]
        assert all(
            turn == ("user", "assistant")[place % 2] for turns in roles.values() for place, turn in enumerate(turns)
        )

    @pytest.mark.parametrize(
        ("kind", "query"),
        [
            ("conversation", "SELECT user_id, id FROM public.conversations"),
            ("file", "SELECT user_id, id FROM public.files"),
        ],
    )
    def test_knowledge_names_a_source_of_the_same_person(self, connection: Connection, kind: str, query: str) -> None:
        named = connection.execute(
            "SELECT user_id, source_id FROM public.knowledge_base WHERE source_type = %s", [kind]
        ).fetchall()
        assert len(named) > 20
        assert set(named) <= set(connection.execute(query))

    def test_what_a_message_refers_to_is_there(self, connection: Connection) -> None:
        there: dict[str, set[str]] = {
            "knowledge": _column(connection, "SELECT id::text FROM public.knowledge_base"),
            "file": _column(connection, "SELECT id FROM public.files"),
            "message": _column(connection, "SELECT id FROM public.messages"),
        }
        rows = connection.execute("SELECT reference_type, reference_id FROM public.message_references").fetchall()
        assert {kind for kind, _ in rows} == {*there, "url"}
        assert [row for row in rows if row[0] != "url" and row[1] not in there[row[0]]] == []

    def test_what_was_acted_upon_is_there_and_the_persons_own(self, connection: Connection) -> None:
        owned = {
            "conversation": "SELECT user_id, id, title FROM public.conversations",
            "knowledge": "SELECT user_id, id::text, title FROM public.knowledge_base",
            "file": "SELECT user_id, id, filename FROM public.files",
            "transcription": "SELECT user_id, id::text, filename FROM public.audio_transcriptions",
            "project": "SELECT owner_id, id, name FROM public.projects",
            "task": "SELECT 'admin', id::text, title FROM public.project_tasks",
        }
        there = {(kind, *row) for kind, query in owned.items() for row in connection.execute(query)}
        acted = connection.execute(
            "SELECT resource_type, user_id, resource_id, resource_name FROM public.activity_logs"
            " WHERE action_type <> 'searched'"
        ).fetchall()
        assert {kind for kind, *_ in acted} == set(owned)
        assert set(acted) <= there

    def test_a_memory_is_of_a_message_of_its_conversation(self, connection: Connection) -> None:
        strangers = connection.execute(
            "SELECT c.id FROM public.memory_chunks c LEFT JOIN public.messages m"
            " ON (m.id, m.conversation_id, m.user_id) = (c.message_id, c.conversation_id, c.user_id)"
            " WHERE m.id IS NULL OR c.created_at < m.created_at"
        ).fetchall()
        assert strangers == []

    @pytest.mark.parametrize("table", ["projects", "conversations", "knowledge_base", "audio_transcriptions"])
    def test_everything_that_can_be_is_in_a_category(self, connection: Connection, table: str) -> None:
        query = f"SELECT count(*) FROM public.{table} WHERE category_id IS NULL"
        assert connection.execute(query).fetchall() == [(0,)]

    def test_the_category_of_knowledge_is_said_twice_alike(self, connection: Connection) -> None:
        said = connection.execute("SELECT DISTINCT category, category_id FROM public.knowledge_base").fetchall()
        assert sorted(said) == [(each, each) for each in sorted(_column(connection, _CATEGORIES))]

    def test_segments_are_the_text_cut_into_pieces(self, connection: Connection) -> None:
        for text, segments, seconds in connection.execute(
            "SELECT text, segments, duration_seconds FROM public.audio_transcriptions"
        ):
            assert " ".join(each["text"] for each in segments) == text
            assert [each["start"] for each in segments[1:]] == [each["end"] for each in segments[:-1]]
            assert segments[0]["start"] == 0
            assert segments[-1]["end"] <= float(seconds) + 0.01


_CATEGORIES = "SELECT id FROM public.content_categories"


def _column(connection: Connection, query: str) -> set[Any]:
    return {row[0] for row in connection.execute(query)}


class TestRhythm:
    def test_nothing_is_in_the_future_or_older_than_120_days(self, connection: Connection) -> None:
        now = connection.execute("SELECT now()").fetchall()[0][0]
        seen = list(ends(connection))
        assert len(seen) > 20
        for table, column, latest, earliest in seen:
            assert latest <= now, (table, column)
            assert earliest >= now - timedelta(days=121), (table, column)

    def test_no_update_is_in_the_future(self, connection: Connection) -> None:
        for table in ("users", "projects", "conversations", "knowledge_base", "files", "budget_config"):
            query = f"SELECT count(*) FROM public.{table} WHERE updated_at > now() OR updated_at < created_at"
            assert connection.execute(query.encode()).fetchall() == [(0,)], table

    @pytest.mark.parametrize(("table", "column"), LOGS)
    def test_week_ends_are_low(self, connection: Connection, table: str, column: str) -> None:
        days = _days(connection, table, column)
        weekdays = [count for day, count in days.items() if day.weekday() < 5]
        weekends = [count for day, count in days.items() if day.weekday() >= 5]
        assert mean(weekends) < mean(weekdays) / 2

    @pytest.mark.parametrize(("table", "column"), LOGS)
    def test_most_is_done_in_working_hours(self, connection: Connection, table: str, column: str) -> None:
        hours = Counter(at.astimezone(UTC).hour for at in _column_list(connection, table, column))
        working = sum(count for hour, count in hours.items() if 7 <= hour < 19)
        assert working > 0.75 * hours.total()

    @pytest.mark.parametrize(("table", "column"), LOGS)
    def test_there_is_something_to_clean_up(self, connection: Connection, table: str, column: str) -> None:
        [(old, all_)] = connection.execute(
            f"SELECT count(*) FILTER (WHERE {column} < now() - interval '90 days'), count(*)"
            f" FROM public.{table}".encode()
        ).fetchall()
        assert 0.1 * all_ < old < 0.35 * all_

    def test_on_one_day_the_service_was_down(self, connection: Connection) -> None:
        days = _days(connection, "activity_logs", "created_at")
        weekdays = {day: count for day, count in days.items() if day.weekday() < 5 and day < max(days)}
        down = min(weekdays, key=lambda day: weekdays[day])
        assert weekdays[down] < mean(weekdays.values()) / 5
        assert down.weekday() == 3
        assert max(days) - down < timedelta(days=21)
        hooks = connection.execute(
            "SELECT success, status_code FROM public.zapier_webhook_logs"
            " WHERE (received_at AT TIME ZONE 'UTC')::date = %s",
            [down],
        ).fetchall()
        assert set(hooks) == {(False, 503)}

    def test_a_few_webhooks_fail_on_other_days(self, connection: Connection) -> None:
        [(failed, all_)] = connection.execute(
            "SELECT count(*) FILTER (WHERE NOT success), count(*) FROM public.zapier_webhook_logs"
        ).fetchall()
        assert 0.03 < failed / all_ < 0.15
        assert not connection.execute(
            "SELECT FROM public.zapier_webhook_logs WHERE success = (error IS NOT NULL)"
        ).fetchall()


def _column_list(connection: Connection, table: str, column: str) -> list[datetime]:
    return [at for (at,) in connection.execute(f"SELECT {column} FROM public.{table}".encode())]


def _days(connection: Connection, table: str, column: str) -> dict[Any, int]:
    return Counter(at.astimezone(UTC).date() for at in _column_list(connection, table, column))


class TestBurst:
    def test_one_address_guessed_until_it_was_blocked(self, connection: Connection) -> None:
        tries = connection.execute(
            "SELECT event_type, created_at FROM public.auth_logs WHERE ip_address = '203.0.113.77' ORDER BY created_at"
        ).fetchall()
        assert [event for event, _ in tries] == ["signin_failed"] * 57 + ["signin_blocked"] * 3
        assert tries[-1][1] - tries[0][1] < timedelta(minutes=10)

    def test_nobody_else_fails_often(self, connection: Connection) -> None:
        days = connection.execute(
            "SELECT count(*) FROM public.auth_logs WHERE NOT success AND ip_address <> '203.0.113.77'"
            " GROUP BY (created_at AT TIME ZONE 'UTC')::date"
        ).fetchall()
        assert (0,) < max(days) <= (6,)
        assert _column(connection, "SELECT DISTINCT email FROM public.auth_logs") == {
            "admin@example.com",
            "user@example.com",
        }


TEXTS = [
    ("knowledge_base", "content"),
    ("knowledge_base", "title"),
    ("messages", "content"),
    ("memory_chunks", "content"),
    ("conversations", "title"),
    ("conversation_summaries", "summary"),
    ("files", "filename"),
    ("files", "processed_content"),
    ("audio_transcriptions", "text"),
    ("indexed_files", "path"),
    ("project_tasks", "title"),
]


class TestTexts:
    @pytest.mark.parametrize(("table", "column"), TEXTS, ids=lambda part: part)
    def test_no_text_is_there_twice(self, connection: Connection, table: str, column: str) -> None:
        query = f"SELECT {column} FROM public.{table} GROUP BY 1 HAVING count({column}) > 1"
        assert connection.execute(query.encode()).fetchall() == []

    def test_a_piece_of_knowledge_has_some_sentences(self, connection: Connection) -> None:
        for title, content in connection.execute("SELECT title, content FROM public.knowledge_base"):
            assert 3 <= len(re.findall(r"[.?!](?= |$)", content)) <= 6, title
            assert 300 < len(content) < 600, title

    def test_nobody_is_real(self, connection: Connection) -> None:
        everything = "\n".join(
            row
            for table in SYSTEM.rows
            for (row,) in connection.execute(f"SELECT (t.*)::text FROM {table} AS t".encode())
        )
        assert set(re.findall(r"[\w.+-]+@[\w.-]+", everything)) == {"admin@example.com", "user@example.com"}
        assert {re.sub(r"(https?://[^/]+).*", r"\1", url) for url in re.findall(r"https?://\S+", everything)} == {
            "https://example.com"
        }
        addresses = set(re.findall(r"\b\d+\.\d+\.\d+\.\d+\b", everything))
        assert addresses == {"198.51.100.23", "198.51.100.57", "203.0.113.77"}
