-- Makes the table with a row for each run of a migration that has touched objects: which, and what each then was.
-- Without a version it is what others have touched while the run was at work.
CREATE TABLE IF NOT EXISTS dbconsole.touched (
    id             bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    run            uuid        NOT NULL,
    version        text        NOT NULL,
    label          text        NOT NULL,
    direction      text        NOT NULL,
    at             timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    server_version integer     NOT NULL,
    objects        jsonb       NOT NULL,
    CONSTRAINT touched_pkey PRIMARY KEY (run, version, direction)
)
