"""The names of connection parameters: libpq's, our own, and those of other programs that stand in the same URLs.

Sources: libpq's PQconndefaults (18); the connection options of Prisma, SQLAlchemy, asyncpg, JDBC, pgx and Supabase.
"""

from __future__ import annotations

from types import MappingProxyType


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KNOWN = _words(
    """channel_binding connect_timeout dbname gssdelegation gssencmode gsslib host hostaddr keepalives keepalives_count
    keepalives_idle keepalives_interval krbsrvname load_balance_hosts max_protocol_version min_protocol_version
    oauth_client_id oauth_client_secret oauth_issuer oauth_scope passfile password port require_auth requirepeer
    scram_client_key scram_server_key service sslcert sslcertmode sslcompression sslcrl sslcrldir sslkey
    ssl_max_protocol_version ssl_min_protocol_version sslmode sslnegotiation sslpassword sslrootcert sslsni
    target_session_attrs tcp_user_timeout user"""
)
"""libpq's parameters that a person may set."""

OWN = frozenset({"application_name", "client_encoding", "fallback_application_name"})
"""Parameters that every session sets itself; a person's are passed over in silence."""

UNSAFE = frozenset({"replication", "sslkeylogfile"})
"""Parameters that would change what a connection is, or write its keys to a file."""

FOREIGN = _words(
    """adapter async_fallback binarytransfer checkout_timeout command_timeout conn_max_age connection_limit
    currentschema default_query_exec_mode defaultrowfetchsize encoding idle_timeout logintimeout max_connections
    max_lifetime pgbouncer pool pool_max_conn_idle_time pool_max_conn_lifetime pool_max_conns pool_min_conns pool_mode
    pool_recycle pool_size pool_timeout preferquerymode preparethreshold prepared_statement_cache_size
    prepared_statement_name_func prepared_statements reaping_frequency rewritebatchedinserts schema search_path
    server_settings simple_protocol socket_timeout sockettimeout sslaccept sslfactory sslidentity
    statement_cache_capacity statement_cache_size statement_timeout stringtype supa tcpkeepalive uselibpqcompat
    workaround x-lock-retry-max-interval x-migrations-table x-migrations-table-quoted x-multi-statement
    x-multi-statement-max-size x-statement-timeout"""
)
"""Other programs' settings, in small letters; libpq refuses a URL that has them."""

SECRET = frozenset({"oauth_client_secret", "scram_client_key", "scram_server_key", "sslpassword"})
"""Parameters beside the password whose values are not to be shown."""

NUMBERS = _words(
    """connect_timeout keepalives keepalives_count keepalives_idle keepalives_interval sslcompression sslsni
    tcp_user_timeout"""
)
"""Parameters whose values are whole numbers."""

SSLMODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")
"""From the weakest to the strongest."""

SSL = MappingProxyType(
    dict.fromkeys(("true", "1", "on", "yes", "no-verify"), "require")
    | dict.fromkeys(("false", "0", "off", "no"), "disable")
)
"""What other programs write (`ssl=true`, `DB_SSL=false`) → libpq's sslmode."""

OTHERWISE = MappingProxyType(
    {
        "database": "dbname",
        "db": "dbname",
        "hostname": "host",
        "pass": "password",
        "passwd": "password",
        "timeout": "connect_timeout",
        "tls": "sslmode",
        "username": "user",
    }
)
"""What people write → what libpq calls it; suggested, not accepted."""

ENVIRONMENT = MappingProxyType(
    {
        "PGCHANNELBINDING": "channel_binding",
        "PGCONNECT_TIMEOUT": "connect_timeout",
        "PGDATABASE": "dbname",
        "PGGSSENCMODE": "gssencmode",
        "PGHOST": "host",
        "PGHOSTADDR": "hostaddr",
        "PGKRBSRVNAME": "krbsrvname",
        "PGLOADBALANCEHOSTS": "load_balance_hosts",
        "PGPASSFILE": "passfile",
        "PGPASSWORD": "password",
        "PGPORT": "port",
        "PGREQUIREAUTH": "require_auth",
        "PGSERVICE": "service",
        "PGSSLCERT": "sslcert",
        "PGSSLCRL": "sslcrl",
        "PGSSLKEY": "sslkey",
        "PGSSLMODE": "sslmode",
        "PGSSLNEGOTIATION": "sslnegotiation",
        "PGSSLROOTCERT": "sslrootcert",
        "PGTARGETSESSIONATTRS": "target_session_attrs",
        "PGUSER": "user",
    }
)
"""libpq's environment variables → its parameters."""
