"""What kimbleai is expected to hold, by name and by number."""

from __future__ import annotations

from tests.systems.expected import System
from tests.systems.kimbleai_policies import POLICIES

CHECKS = {
    "0001_core": 15,
    "0002_api_cost_tracking": 8,
    "0003_transcription_projects": 1,
    "0004_content_categories": 2,
    "0005_zapier_webhook_logs": 1,
    "0006_files_and_logs": 10,
    "0007_row_level_security": 4,
    "0008_category_columns": 4,
}
ROWS = {
    "activity_logs": 5000,
    "api_cost_tracking": 6000,
    "audio_transcriptions": 40,
    "auth_logs": 800,
    "budget_alerts": 12,
    "budget_config": 2,
    "content_categories": 6,
    "conversation_summaries": 60,
    "conversations": 100,
    "files": 120,
    "indexed_files": 19,
    "knowledge_base": 274,
    "memory_chunks": 150,
    "message_references": 34,
    "messages": 307,
    "project_collaborators": 0,
    "project_tags": 8,
    "project_tasks": 24,
    "projects": 1,
    "user_activity_log": 0,
    "user_tokens": 2,
    "users": 2,
    "zapier_webhook_logs": 400,
}
VIEWS = {
    "category_stats": 6,
    "cost_by_endpoint": None,
    "cost_by_model": None,
    "daily_cost_summary": None,
    "dashboard_stats": 2,
    "file_stats": None,
    "monthly_cost_summary": None,
    "recent_activity": 100,
    "transcription_stats": None,
    "user_activity_summary": None,
}
INDEXES = {
    "users": ("email", "role", "preferences", "metadata"),
    "user_tokens": ("expires",),
    "user_activity_log": ("user_created",),
    "projects": ("owner_id", "status", "priority", "parent", "metadata", "stats", "name_fts", "category"),
    "project_collaborators": ("user",),
    "project_tasks": ("project_status", "assignee"),
    "project_tags": ("tag",),
    "conversations": ("user_created", "user_project", "project", "category"),
    "messages": ("conversation_created", "user_created", "embedding", "content_fts"),
    "conversation_summaries": ("conversation",),
    "knowledge_base": (
        *("user_created", "source", "category", "embedding", "content_fts", "metadata"),
        "category_id",
    ),
    "memory_chunks": ("user_created", "conversation", "embedding"),
    "message_references": ("message", "target"),
    "indexed_files": ("user",),
    "audio_transcriptions": ("user_created", "project", "user_project", "category"),
    "files": ("user_created", "user_project", "project", "status", "type", "embedding"),
    "activity_logs": ("user_created", "action_type", "resource", "created"),
    "auth_logs": ("user_created", "email_created", "event_created"),
    "zapier_webhook_logs": ("received", "failed"),
    "api_cost": ("user_time", "time", "model_time", "endpoint_time", "cost"),
    "budget_alerts": ("user_time", "open"),
    "content_categories": ("parent",),
}
"""Each is called idx_, what stands here before the colon, and one of the words behind it: 67."""
FUNCTIONS = (
    *("search_knowledge_base", "search_memory_chunks", "search_files", "get_comprehensive_context"),
    *("log_activity", "get_user_recent_activity"),
    *("get_spending_since", "get_monthly_spending", "get_daily_spending", "get_hourly_spending"),
    "get_top_expensive_calls",
    *("get_category_content", "auto_categorize_content", "search_category_content"),
    *("cleanup_old_activity_logs", "cleanup_old_auth_logs", "cleanup_old_cost_data"),
)
HELPERS = ("current_email", "current_user_id", "is_admin", "can_read_project", "can_write_project")
TRIGGER_FUNCTIONS = ("set_updated_at", "count_messages")
WITH_UPDATED_AT = ("users", "projects", "conversations", "knowledge_base", "files", "budget_config")

SYSTEM = System(
    name="kimbleai",
    checks=CHECKS,
    rows={f"public.{table}": rows for table, rows in ROWS.items()},
    views={f"public.{view}": rows for view, rows in VIEWS.items()},
    indexes=tuple(f"public.idx_{table}_{part}" for table, parts in INDEXES.items() for part in parts),
    functions=(
        *(f"public.{name}" for name in FUNCTIONS),
        *(f"app.{name}" for name in (*HELPERS, *TRIGGER_FUNCTIONS)),
    ),
    triggers=(
        *(f"public.{table}.{table}_set_updated_at" for table in WITH_UPDATED_AT),
        "public.messages.messages_count_conversation",
    ),
    policies=POLICIES,
    roles=("anon", "authenticated", "service_role"),
    vector=True,
    since=16,
    holds_before=frozenset({"R36 anon holds no privilege", "R37 all 10 views are security_invoker"}),
)
