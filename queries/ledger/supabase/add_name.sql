-- Adds the column that older tables do not have: the name of a migration.
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS name text
