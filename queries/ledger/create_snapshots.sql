-- Makes the table with a row for each schema that this database was found to have before or after a run: the newest ones.
CREATE TABLE IF NOT EXISTS dbconsole.snapshots (
    id             bigint      NOT NULL GENERATED ALWAYS AS IDENTITY CONSTRAINT snapshots_pkey PRIMARY KEY,
    run            uuid        NOT NULL,
    moment         text        NOT NULL,
    after          text        NOT NULL,
    taken_at       timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    seen_at        timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    xid            bigint      NOT NULL DEFAULT pg_catalog.pg_current_xact_id()::text::bigint,
    horizon        bigint      NOT NULL,
    counts         text        NOT NULL,
    server_version integer     NOT NULL,
    digest         text        NOT NULL,
    content        bytea
)
