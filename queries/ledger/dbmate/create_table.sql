-- Makes dbmate's table: a row is a migration that is applied.
CREATE TABLE IF NOT EXISTS {table} (version varchar PRIMARY KEY)
