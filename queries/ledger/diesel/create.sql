-- Makes the table with a row for each version that is applied.
CREATE TABLE IF NOT EXISTS {table} (
    version varchar(50) PRIMARY KEY NOT NULL,
    run_on  timestamp   NOT NULL DEFAULT CURRENT_TIMESTAMP
)
