"""kimbleai to each of its people: how many rows of each table they see, change and delete, and which they may add."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from tests.databases import Databases
from tests.systems.kimbleai_people import acting, opened, outcome, outcomes, table
from tests.systems.kimbleai_policies import TABLES

pytestmark = pytest.mark.vector


@pytest.fixture(scope="module")
def shared(databases: Databases) -> Iterator[psycopg.Connection[Any]]:
    """Return the owner's connection to the small kimbleai, which all tests of the module share."""
    yield from opened(databases)


# A number is how many rows it is about: what policies hide is not there, 0. `-` is refused.

SELECT = table("""
table                   owner viewer editor admin stranger nobody anon service
users                       1      1      1     5        1      0    -       -
user_tokens                 1      0      0     2        1      0    -       -
user_activity_log           2      0      0     3        1      0    -       -
auth_logs                   2      0      0     3        1      0    -       -
projects                    2      1      1     3        1      0    -       -
project_collaborators       2      1      1     2        0      0    -       -
project_tasks               3      2      2     4        1      0    -       -
project_tags                2      1      1     3        1      0    -       -
conversations               3      2      2     4        1      0    -       -
messages                    4      3      3     5        1      0    -       -
conversation_summaries      2      0      0     3        1      0    -       -
knowledge_base              2      0      0     3        1      0    -       -
memory_chunks               2      0      0     3        1      0    -       -
message_references          2      0      0     3        1      0    -       -
indexed_files               1      0      0     2        1      0    -       -
audio_transcriptions        2      1      1     3        1      0    -       -
files                       3      2      2     4        1      0    -       -
activity_logs               2      0      0     3        1      0    -       -
zapier_webhook_logs         1      0      0     3        1      0    -       -
api_cost_tracking           2      0      0     3        1      0    -       -
budget_config               1      0      0     2        1      0    -       -
budget_alerts               1      0      0     2        1      0    -       -
content_categories          7      6      6     8        7      6    -       -
""")

UPDATE = table("""
table                   owner viewer editor admin stranger nobody anon service
users                       1      1      1     5        1      0    -       -
user_tokens                 1      0      0     2        1      0    -       -
user_activity_log           0      0      0     3        0      0    -       -
auth_logs                   0      0      0     3        0      0    -       -
projects                    2      0      0     3        1      0    -       -
project_collaborators       2      0      0     2        0      0    -       -
project_tasks               3      0      2     4        1      0    -       -
project_tags                2      0      1     3        1      0    -       -
conversations               2      0      1     4        1      0    -       -
messages                    3      0      1     5        1      0    -       -
conversation_summaries      2      0      0     3        1      0    -       -
knowledge_base              2      0      0     3        1      0    -       -
memory_chunks               2      0      0     3        1      0    -       -
message_references          2      0      0     3        1      0    -       -
indexed_files               1      0      0     2        1      0    -       -
audio_transcriptions        2      0      0     3        1      0    -       -
files                       2      0      1     4        1      0    -       -
activity_logs               0      0      0     3        0      0    -       -
zapier_webhook_logs         0      0      0     3        0      0    -       -
api_cost_tracking           0      0      0     3        0      0    -       -
budget_config               1      0      0     2        1      0    -       -
budget_alerts               1      0      0     2        1      0    -       -
content_categories          1      0      0     8        1      0    -       -
""")

DELETE = table("""
table                   owner viewer editor admin stranger nobody anon service
users                       0      0      0     5        0      0    -       -
user_tokens                 1      0      0     2        1      0    -       -
user_activity_log           0      0      0     3        0      0    -       -
auth_logs                   0      0      0     3        0      0    -       -
projects                    2      0      0     3        1      0    -       -
project_collaborators       2      0      0     2        0      0    -       -
project_tasks               3      0      2     4        1      0    -       -
project_tags                2      0      1     3        1      0    -       -
conversations               2      0      1     4        1      0    -       -
messages                    3      0      1     5        1      0    -       -
conversation_summaries      2      0      0     3        1      0    -       -
knowledge_base              2      0      0     3        1      0    -       -
memory_chunks               2      0      0     3        1      0    -       -
message_references          2      0      0     3        1      0    -       -
indexed_files               1      0      0     2        1      0    -       -
audio_transcriptions        2      0      0     3        1      0    -       -
files                       2      0      1     4        1      0    -       -
activity_logs               0      0      0     3        0      0    -       -
zapier_webhook_logs         0      0      0     3        0      0    -       -
api_cost_tracking           0      0      0     3        0      0    -       -
budget_config               0      0      0     2        0      0    -       -
budget_alerts               0      0      0     2        0      0    -       -
content_categories          1      0      0     8        1      0    -       -
""")

INSERT = table("""
table                   owner viewer editor admin stranger nobody anon service
users                       -      -      -     1        -      -    -       -
user_tokens                 1      1      1     1        1      -    -       -
user_activity_log           -      -      -     1        -      -    -       1
auth_logs                   -      -      -     1        -      -    -       1
projects                    1      1      1     1        1      -    -       -
project_collaborators       1      -      -     1        -      -    -       -
project_tasks               1      -      1     1        -      -    -       -
project_tags                1      -      1     1        -      -    -       -
conversations               1      -      1     1        -      -    -       -
messages                    1      -      -     1        -      -    -       -
conversation_summaries      1      -      -     1        -      -    -       -
knowledge_base              1      1      1     1        1      -    -       -
memory_chunks               1      1      1     1        1      -    -       -
message_references          1      -      -     1        -      -    -       -
indexed_files               1      1      1     1        1      -    -       -
audio_transcriptions        1      -      1     1        -      -    -       -
files                       1      -      1     1        -      -    -       -
activity_logs               -      -      -     1        -      -    -       1
zapier_webhook_logs         -      -      -     1        -      -    -       1
api_cost_tracking           -      -      -     1        -      -    -       1
budget_config               -      -      -     1        -      -    -       -
budget_alerts               -      -      -     1        -      -    -       1
content_categories          1      1      1     1        1      -    -       -
""")

# Where a row belongs to somebody it is given to whoever asks, and where it lies in a project, to the shared one.
ROWS = {
    "users": "(id, email, name) VALUES ('new', 'new@example.com', 'New')",
    "user_tokens": "(user_id, provider, access_token) VALUES ('{me}', 'mail', 'made-up')",
    "user_activity_log": "(user_id, activity) VALUES ('owner', 'x')",
    "auth_logs": "(email, event_type, success) VALUES ('{me}@example.com', 'signout', true)",
    "projects": "(id, owner_id, name) VALUES ('new', '{me}', 'New')",
    "project_collaborators": "(project_id, user_id, role) VALUES ('shared', 'stranger', 'editor')",
    "project_tasks": "(project_id, title) VALUES ('shared', 'x')",
    "project_tags": "(project_id, tag) VALUES ('shared', 'x')",
    "conversations": "(id, user_id, project_id) VALUES ('new', '{me}', 'shared')",
    "messages": "(id, conversation_id, user_id, role, content) VALUES ('new', 'c-shared', '{me}', 'user', 'x')",
    "conversation_summaries": "(conversation_id, summary) VALUES ('c-shared', 'x')",
    "knowledge_base": "(user_id, content) VALUES ('{me}', 'x')",
    "memory_chunks": "(user_id, content) VALUES ('{me}', 'x')",
    "message_references": "(message_id, reference_type) VALUES ('m-shared', 'url')",
    "indexed_files": "(user_id, source, path, filename) VALUES ('{me}', 'drive', '/x', 'x')",
    "audio_transcriptions": "(user_id, project_id, filename) VALUES ('{me}', 'shared', 'x')",
    "files": "(user_id, project_id, filename, original_filename, file_type, mime_type, size_bytes, storage_path)"
             " VALUES ('{me}', 'shared', 'x', 'x', 'pdf', 'application/pdf', 1, '/x')",
    "activity_logs": "(user_id, action_type, resource_type) VALUES ('owner', 'x', 'x')",
    "zapier_webhook_logs": "(user_id, event_type, success) VALUES ('owner', 'x', true)",
    "api_cost_tracking": "(user_id, model, endpoint, input_tokens, output_tokens, cost_usd)"
                         " VALUES ('owner', 'x', 'x', 1, 1, 0)",
    "budget_config": "(user_id, monthly_limit) VALUES ('editor', 1)",
    "budget_alerts": "(user_id, severity, period) VALUES ('owner', 'warning', 'day')",
    "content_categories": "(id, name, created_by) VALUES ('new', 'New', '{me}')",
}  # fmt: skip

# Something to change in each table, without reading it.
CHANGES = {
    "users": "name = 'x'",
    "user_tokens": "access_token = 'x'",
    "user_activity_log": "activity = 'x'",
    "auth_logs": "success = true",
    "projects": "name = 'x'",
    "project_collaborators": "role = 'viewer'",
    "project_tasks": "title = 'x'",
    "project_tags": "color = 'x'",
    "conversations": "title = 'x'",
    "messages": "content = 'x'",
    "conversation_summaries": "summary = 'x'",
    "knowledge_base": "content = 'x'",
    "memory_chunks": "content = 'x'",
    "message_references": "excerpt = 'x'",
    "indexed_files": "filename = 'x'",
    "audio_transcriptions": "filename = 'x'",
    "files": "filename = 'x'",
    "activity_logs": "action_type = 'x'",
    "zapier_webhook_logs": "event_type = 'x'",
    "api_cost_tracking": "cost_usd = 0",
    "budget_config": "monthly_limit = 1",
    "budget_alerts": "acknowledged = true",
    "content_categories": "icon = 'x'",
}


@pytest.mark.parametrize("name", TABLES)
def test_who_sees_how_many_rows(connection: psycopg.Connection[Any], name: str) -> None:
    assert outcomes(connection, f"SELECT FROM public.{name}") == SELECT[name]


@pytest.mark.parametrize("name", TABLES)
def test_who_changes_how_many_rows(connection: psycopg.Connection[Any], name: str) -> None:
    assert outcomes(connection, f"UPDATE public.{name} SET {CHANGES[name]}") == UPDATE[name]


@pytest.mark.parametrize("name", TABLES)
def test_who_deletes_how_many_rows(connection: psycopg.Connection[Any], name: str) -> None:
    assert outcomes(connection, f"DELETE FROM public.{name}") == DELETE[name]


@pytest.mark.parametrize("name", TABLES)
def test_who_adds_a_row(connection: psycopg.Connection[Any], name: str) -> None:
    assert outcomes(connection, f"INSERT INTO public.{name} {ROWS[name]}") == INSERT[name]


@pytest.mark.parametrize("name", TABLES)
def test_nobody_empties_a_table(connection: psycopg.Connection[Any], name: str) -> None:
    assert set(outcomes(connection, f"TRUNCATE public.{name} CASCADE").values()) == {None}


IN_SOMEBODY_ELSES_NAME = [
    "user_tokens", "projects", "conversations", "messages", "knowledge_base", "memory_chunks", "indexed_files",
    "audio_transcriptions", "files", "content_categories",
]  # fmt: skip


@pytest.mark.parametrize("name", IN_SOMEBODY_ELSES_NAME)
def test_only_an_admin_adds_a_row_in_somebody_elses_name(connection: psycopg.Connection[Any], name: str) -> None:
    statement = f"INSERT INTO public.{name} {ROWS[name].format(me='owner')}"
    added = {person for person, rows in outcomes(connection, statement).items() if rows}
    assert added == {"owner", "admin"}


@pytest.mark.parametrize(
    ("name", "column"),
    [
        *((name, "user_id") for name in IN_SOMEBODY_ELSES_NAME if name not in ("projects", "content_categories")),
        ("budget_alerts", "user_id"),
        ("projects", "owner_id"),
        ("content_categories", "created_by"),
    ],
)
def test_own_rows_stay_own(connection: psycopg.Connection[Any], name: str, column: str) -> None:
    given_away = f"UPDATE public.{name} SET {column} = 'viewer'"
    assert outcome(connection, "owner", given_away) is None
    assert outcome(connection, "owner", f"{given_away} WHERE {column} = 'stranger'") == 0


@pytest.mark.parametrize(
    ("name", "found"),
    [("conversations", "c-own"), ("files", "f-own")],
)
def test_content_is_moved_only_to_a_project_where_one_may_write(
    connection: psycopg.Connection[Any], name: str, found: str
) -> None:
    moved = f"UPDATE public.{name} SET project_id = '{{}}' WHERE id = '{found}'"
    assert outcome(connection, "owner", moved.format("private")) == 1
    assert outcome(connection, "owner", moved.format("other")) is None


def test_a_task_is_not_moved_to_a_project_that_one_may_not_write(connection: psycopg.Connection[Any]) -> None:
    moved = "UPDATE public.project_tasks SET project_id = '{}' WHERE title = 'b'"
    assert outcome(connection, "owner", moved.format("private")) == 1
    assert outcome(connection, "editor", moved.format("private")) is None
    assert outcome(connection, "viewer", moved.format("private")) == 0


def test_collaborators_see_the_shared_project_alone(connection: psycopg.Connection[Any]) -> None:
    queries = {
        "projects": "SELECT id FROM public.projects",
        "conversations": "SELECT id FROM public.conversations ORDER BY id",
        "messages": "SELECT id FROM public.messages ORDER BY id",
        "files": "SELECT id FROM public.files ORDER BY id",
    }
    with acting(connection, "viewer"):
        seen = {name: [key for (key,) in connection.execute(query.encode())] for name, query in queries.items()}
    assert seen == {
        "projects": ["shared"],
        "conversations": ["c-editor", "c-shared"],
        "messages": ["m-answer", "m-editor", "m-shared"],
        "files": ["f-editor", "f-shared"],
    }


def test_whoever_collaborates_no_more_sees_no_more(connection: psycopg.Connection[Any]) -> None:
    connection.execute("DELETE FROM public.project_collaborators WHERE user_id = 'viewer'")
    shared = ("projects", "project_tasks", "project_tags", "conversations", "messages", "audio_transcriptions", "files")
    assert {outcome(connection, "viewer", f"SELECT FROM public.{name}") for name in shared} == {0}
