-- Makes the index by which the tool finds failures.
CREATE INDEX IF NOT EXISTS {index} ON {table} (success)
