"""The 67 policies that kimbleai is expected to have, and the tables that they guard."""

from __future__ import annotations

TABLES = (
    *("users", "user_tokens", "user_activity_log", "auth_logs"),
    *("projects", "project_collaborators", "project_tasks", "project_tags"),
    *("conversations", "messages", "conversation_summaries"),
    *("knowledge_base", "memory_chunks", "message_references"),
    *("indexed_files", "audio_transcriptions", "files"),
    *("activity_logs", "zapier_webhook_logs"),
    *("api_cost_tracking", "budget_config", "budget_alerts"),
    "content_categories",
)
_ALL = ("ALL", "authenticated")
_SELECT = ("SELECT", "authenticated")
_INSERT = ("INSERT", "authenticated")
_UPDATE = ("UPDATE", "authenticated")
_DELETE = ("DELETE", "authenticated")
_SERVICE = ("INSERT", "service_role")

_BESIDES_ADMIN = {
    "users": {"select_self": _SELECT, "update_self": _UPDATE},
    "user_tokens": {"owner_all": _ALL},
    "user_activity_log": {"select_own": _SELECT, "insert_service": _SERVICE},
    "auth_logs": {"select_own": _SELECT, "insert_service": _SERVICE},
    "projects": {"owner_all": _ALL, "select_collaborator": _SELECT},
    "project_collaborators": {"owner_all": _ALL, "select_self": _SELECT},
    "project_tasks": {"select_member": _SELECT, "write_editor": _ALL},
    "project_tags": {"select_member": _SELECT, "write_editor": _ALL},
    "conversations": {"owner_all": _ALL, "select_collaborator": _SELECT},
    "messages": {"owner_all": _ALL, "select_collaborator": _SELECT},
    "conversation_summaries": {"owner_all": _ALL},
    "knowledge_base": {"owner_all": _ALL},
    "memory_chunks": {"owner_all": _ALL},
    "message_references": {"owner_all": _ALL},
    "indexed_files": {"owner_all": _ALL},
    "audio_transcriptions": {"owner_all": _ALL, "select_collaborator": _SELECT},
    "files": {
        "select_own": _SELECT,
        "insert_own": _INSERT,
        "update_own": _UPDATE,
        "delete_own": _DELETE,
        "select_collaborator": _SELECT,
    },
    "activity_logs": {"select_own": _SELECT, "insert_service": _SERVICE},
    "zapier_webhook_logs": {"select_own": _SELECT, "insert_service": _SERVICE},
    "api_cost_tracking": {"select_own": _SELECT, "insert_service": _SERVICE},
    "budget_config": {"select_own": _SELECT, "update_own": _UPDATE},
    "budget_alerts": {"select_own": _SELECT, "update_own": _UPDATE, "insert_service": _SERVICE},
    "content_categories": {"select": _SELECT, "owner_write": _ALL},
}

POLICIES: dict[str, tuple[str, str]] = {
    f"public.{table}.{table}_{name}": rule
    for table in TABLES
    for name, rule in {"admin_all": _ALL, **_BESIDES_ADMIN[table]}.items()
}
"""As `schema.table.policy`: its command and its roles."""
