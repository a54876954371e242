-- Makes Drizzle's table as since version 1: a row is a migration that is applied.
CREATE TABLE IF NOT EXISTS {table} (
    id         serial PRIMARY KEY,
    hash       text   NOT NULL,
    created_at bigint,
    name       text,
    applied_at timestamp with time zone DEFAULT pg_catalog.now()
)
