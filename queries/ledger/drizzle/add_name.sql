-- Adds the column that a table from before version 1 does not have: the name of a migration's folder.
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS name text
