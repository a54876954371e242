-- Makes the table with a row for each thing that was ever done; rows are added and never changed.
CREATE TABLE IF NOT EXISTS dbconsole.history (
    id            bigint      NOT NULL GENERATED ALWAYS AS IDENTITY CONSTRAINT history_pkey PRIMARY KEY,
    at            timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    run           uuid        NOT NULL,
    batch         integer,
    version       text        NOT NULL,
    name          text        NOT NULL,
    direction     text        NOT NULL,
    outcome       text        NOT NULL,
    checksum      text,
    statements    integer,
    duration_ms   bigint,
    database_user text        NOT NULL DEFAULT SESSION_USER,
    operator      text        NOT NULL,
    error         text
)
