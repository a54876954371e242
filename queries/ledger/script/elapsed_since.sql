-- Milliseconds since a migration outside a transaction was begun.
coalesce(
    (
        SELECT (EXTRACT(epoch FROM pg_catalog.clock_timestamp() - started_at) * 1000)::bigint
        FROM dbconsole.unfinished
        WHERE version = %(version)s
    ),
    0
)
