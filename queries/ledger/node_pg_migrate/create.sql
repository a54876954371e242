-- Makes node-pg-migrate's table: a row for each migration that is applied.
CREATE TABLE IF NOT EXISTS {table} (
    id     serial       PRIMARY KEY,
    name   varchar(255) NOT NULL,
    run_on timestamp    NOT NULL
)
