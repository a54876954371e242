-- Makes sqlx's table: a row for each migration that is applied.
CREATE TABLE IF NOT EXISTS {table} (
    version        bigint      PRIMARY KEY,
    description    text        NOT NULL,
    installed_on   timestamptz NOT NULL DEFAULT pg_catalog.now(),
    success        boolean     NOT NULL,
    checksum       bytea       NOT NULL,
    execution_time bigint      NOT NULL
)
