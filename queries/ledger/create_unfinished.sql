-- Makes the table with a row for each script outside a transaction that was started and has not been finished.
CREATE TABLE IF NOT EXISTS dbconsole.unfinished (
    version    text        NOT NULL CONSTRAINT unfinished_pkey PRIMARY KEY,
    name       text        NOT NULL,
    direction  text        NOT NULL,
    done       integer     NOT NULL,
    total      integer     NOT NULL,
    prefix     text        NOT NULL,
    doubtful   boolean     NOT NULL,
    error      text,
    started_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()
)
