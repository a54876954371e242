-- Adds the column that older tables do not have: the statements of a migration.
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS statements text[]
