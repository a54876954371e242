"""What the tables of kimbleai insist upon: what refers to what, which words are allowed, what the indexes are on."""

from __future__ import annotations

import re
from typing import Any

import psycopg
import pytest

from tests.systems import kimbleai

pytestmark = pytest.mark.vector
SYSTEM = kimbleai.SYSTEM
_OF_A_USER = (
    *("user_tokens", "user_activity_log", "project_collaborators", "conversations", "messages", "knowledge_base"),
    *("memory_chunks", "indexed_files", "audio_transcriptions", "files", "activity_logs", "api_cost_tracking"),
    *("budget_config", "budget_alerts"),
)
CASCADE = {
    **{f"{table}.user_id": "users" for table in _OF_A_USER},
    **{f"project_{part}.project_id": "projects" for part in ("collaborators", "tasks", "tags")},
    "projects.owner_id": "users",
    "messages.conversation_id": "conversations",
    "conversation_summaries.conversation_id": "conversations",
    "memory_chunks.conversation_id": "conversations",
    "message_references.message_id": "messages",
    "content_categories.created_by": "users",
}
SET_NULL = {
    "auth_logs.user_id": "users",
    "zapier_webhook_logs.user_id": "users",
    "projects.parent_project_id": "projects",
    "project_tasks.assignee_id": "users",
    "memory_chunks.message_id": "messages",
    "content_categories.parent_id": "content_categories",
    **{f"{table}.project_id": "projects" for table in ("conversations", "files", "audio_transcriptions")},
    **{
        f"{table}.category_id": "content_categories"
        for table in ("projects", "conversations", "knowledge_base", "audio_transcriptions")
    },
}
WORDS = {
    "users.role": "admin user viewer",
    "auth_logs.event_type": "signin_success signin_failed signin_blocked signout token_refresh",
    "projects.status": "active paused completed archived",
    "projects.priority": "low medium high critical",
    "project_collaborators.role": "viewer editor",
    "project_tasks.status": "todo doing done",
    "project_tasks.priority": "low medium high critical",
    "messages.role": "user assistant system",
    "knowledge_base.source_type": "conversation file email drive manual",
    "memory_chunks.chunk_type": "fact preference decision event",
    "message_references.reference_type": "file knowledge message url",
    "files.file_type": "audio image pdf document spreadsheet email video",
    "files.status": "processing completed error",
    "budget_alerts.severity": "warning critical emergency",
    "budget_alerts.period": "hour day month",
}
BOUNDS = {
    "knowledge_base.importance",
    "memory_chunks.importance",
    "files.size_bytes",
    "api_cost_tracking.cost_usd",
    "budget_config.monthly_limit",
}
_NEWEST_FIRST = (
    *("user_activity_log", "conversations", "messages", "knowledge_base", "memory_chunks", "audio_transcriptions"),
    *("files", "activity_logs", "auth_logs"),
)
INDEXES = {
    "idx_users_email": "btree (lower(email))",
    "idx_users_role": "btree (role)",
    "idx_projects_owner_id": "btree (owner_id)",
    "idx_projects_status": "btree (status)",
    "idx_projects_priority": "btree (priority)",
    "idx_activity_logs_action_type": "btree (action_type)",
    "idx_messages_conversation_created": "btree (conversation_id, created_at DESC)",
    "idx_auth_logs_email_created": "btree (email, created_at DESC)",
    "idx_api_cost_user_time": 'btree (user_id, "timestamp" DESC)',
    "idx_api_cost_time": 'btree ("timestamp" DESC)',
    "idx_api_cost_model_time": 'btree (model, "timestamp" DESC)',
    "idx_api_cost_endpoint_time": 'btree (endpoint, "timestamp" DESC)',
    "idx_api_cost_cost": "btree (cost_usd DESC)",
    "idx_budget_alerts_open": 'btree (user_id, "timestamp" DESC) WHERE (NOT acknowledged)',
    "idx_zapier_webhook_logs_failed": "btree (received_at DESC) WHERE (NOT success)",
    **{f"idx_{table}_user_created": "btree (user_id, created_at DESC)" for table in _NEWEST_FIRST},
    **{
        f"idx_{table}_user_project": "btree (user_id, project_id)"
        for table in ("conversations", "files", "audio_transcriptions")
    },
    **{
        f"idx_{table}_embedding": "ivfflat (embedding vector_cosine_ops) WITH (lists='100')"
        for table in ("knowledge_base", "messages", "files", "memory_chunks")
    },
    **{
        f"idx_{table}_content_fts": "gin (to_tsvector('english'::regconfig, content))"
        for table in ("knowledge_base", "messages")
    },
    "idx_projects_name_fts": (
        "gin (to_tsvector('english'::regconfig, ((name || ' '::text) || COALESCE(description, ''::text))))"
    ),
    **{
        f"idx_{table}_{column}": f"gin ({column})"
        for table, column in [("users", "preferences"), ("users", "metadata"), ("projects", "metadata"),
                              ("projects", "stats"), ("knowledge_base", "metadata")]
    },
}  # fmt: skip


def _constraints(connection: psycopg.Connection[Any], kind: str) -> dict[str, str]:
    found = connection.execute(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = %s AND conrelid <> 0", [kind]
    )
    return dict(found.fetchall())


@pytest.mark.parametrize(("action", "keys"), [("CASCADE", CASCADE), ("SET NULL", SET_NULL)])
def test_foreign_keys_are_these(connection: psycopg.Connection[Any], action: str, keys: dict[str, str]) -> None:
    found = {name: text for name, text in _constraints(connection, "f").items() if text.endswith(f"DELETE {action}")}
    assert found == {
        f"{source.replace('.', '_')}_fkey":
            f"FOREIGN KEY ({source.split('.')[1]}) REFERENCES {target}(id) ON DELETE {action}"
        for source, target in keys.items()
    }  # fmt: skip


def test_there_are_no_other_foreign_keys(connection: psycopg.Connection[Any]) -> None:
    assert len(_constraints(connection, "f")) == len(CASCADE) + len(SET_NULL)


def test_only_these_words_are_allowed(connection: psycopg.Connection[Any]) -> None:
    checks = _constraints(connection, "c")
    assert checks.keys() == {f"{column.replace('.', '_')}_check" for column in {*WORDS, *BOUNDS}}
    allowed = {column: re.findall(r"'(\w+)'", checks[f"{column.replace('.', '_')}_check"]) for column in WORDS}
    assert allowed == {column: words.split() for column, words in WORDS.items()}


@pytest.mark.parametrize(("index", "definition"), INDEXES.items())
def test_an_index_is_on_what_its_name_says(connection: psycopg.Connection[Any], index: str, definition: str) -> None:
    [(text,)] = connection.execute("SELECT pg_get_indexdef(%s::regclass)", [f"public.{index}"]).fetchall()
    assert text.partition(" USING ")[2].replace("public.", "") == definition
    assert text.startswith("CREATE UNIQUE") == (index == "idx_users_email")


def test_no_index_is_there_twice(connection: psycopg.Connection[Any]) -> None:
    """None is the same as another but for its name, nor as that of a constraint."""
    twice = connection.execute(
        "SELECT indrelid::regclass, array_agg(indexrelid::regclass::text) FROM pg_index"
        " WHERE indrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)"
        " GROUP BY indrelid, indkey, indoption, indclass, indexprs::text, indpred::text HAVING count(*) > 1"
    ).fetchall()
    assert twice == []


_FUNCTIONS = """
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname IN ('public', 'app')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def test_every_table_view_and_function_says_what_it_is_for(connection: psycopg.Connection[Any]) -> None:
    silent = connection.execute(
        f"""
        SELECT oid::regclass::text FROM pg_class
        WHERE relkind IN ('r', 'v') AND relnamespace = 'public'::regnamespace AND obj_description(oid) IS NULL
        UNION ALL SELECT p.oid::regprocedure::text {_FUNCTIONS} AND obj_description(p.oid, 'pg_proc') IS NULL
        """.encode()
    ).fetchall()
    assert silent == []


def test_every_function_looks_things_up_in_a_fixed_path(connection: psycopg.Connection[Any]) -> None:
    path = "(SELECT s FROM unnest(p.proconfig) s WHERE s ~ '^search_path=')"
    found = connection.execute(f"SELECT n.nspname || '.' || p.proname, {path} {_FUNCTIONS}".encode()).fetchall()
    by_meaning = {name for name, _ in found if "search_" in name or name.endswith("comprehensive_context")}
    assert len(by_meaning) == 5
    assert dict(found) == {
        name: "search_path=public, extensions, pg_temp" if name in by_meaning else 'search_path=""' for name, _ in found
    }
