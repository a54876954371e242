"""Whose a schema is: a person's, PostgreSQL's, the provider's or an extension's. Folded away is not hidden."""

from __future__ import annotations

from enum import StrEnum

_SYSTEM = frozenset({"pg_catalog", "information_schema"})

# What the providers make for themselves. These names are common words, so they count only where the provider is known.
_PROVIDER = {
    "Neon": frozenset({"neon", "neon_auth", "neon_migration"}),
    "Supabase": frozenset(
        {
            *("_analytics", "_realtime", "_supavisor", "auth", "dbdev", "etl", "extensions", "graphql"),
            *("graphql_public", "pgbouncer", "realtime", "storage", "supabase_functions", "supabase_migrations"),
            "vault",
        }
    ),
}

# What well-known extensions make for themselves, on any server.
_EXTENSION = frozenset(
    {
        *("cron", "net", "partman", "pgmq", "pgsodium", "pgsodium_masks", "pgtle", "repack"),
        *("tiger", "tiger_data", "topology"),
    }
)
_EXTENSION_PREFIXES = ("timescaledb_", "_timescaledb_")

OWN_SCHEMA = "dbconsole"


class Standing(StrEnum):
    """Whose a schema is. Everything but USER is folded away in the tree and left out of comparisons."""

    USER = "user"
    CONSOLE = "console"
    PROVIDER = "provider"
    EXTENSION = "extension"
    SYSTEM = "system"
    TEMPORARY = "temporary"
    TOAST = "toast"


def standing(schema: str, provider: str = "") -> Standing:
    """Tell whose a schema is; `provider` as `Server.provider` says it.

    >>> [str(standing(name)) for name in ("public", "pg_catalog", "pg_temp_3", "pg_toast_temp_3", "auth")]
    ['user', 'system', 'temporary', 'toast', 'user']
    >>> str(standing("auth", "Supabase")), str(standing("_timescaledb_catalog")), str(standing("dbconsole"))
    ('provider', 'extension', 'console')
    """
    if schema in _SYSTEM:
        return Standing.SYSTEM
    if schema.startswith("pg_toast"):
        return Standing.TOAST
    if schema.startswith("pg_temp_"):
        return Standing.TEMPORARY
    if schema.startswith("pg_"):
        return Standing.SYSTEM
    if schema in _PROVIDER.get(provider, ()):
        return Standing.PROVIDER
    if schema in _EXTENSION or schema.startswith(_EXTENSION_PREFIXES):
        return Standing.EXTENSION
    return Standing.CONSOLE if schema == OWN_SCHEMA else Standing.USER
