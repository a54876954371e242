-- Makes the table with a row for each migration that is applied now.
CREATE TABLE IF NOT EXISTS dbconsole.migrations (
    version     text        NOT NULL CONSTRAINT migrations_pkey PRIMARY KEY,
    name        text        NOT NULL,
    checksum    text        NOT NULL,
    position    bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    batch       integer     NOT NULL,
    applied_at  timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    duration_ms bigint      NOT NULL
)
