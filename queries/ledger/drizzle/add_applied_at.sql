-- Adds the column that a table from before version 1 does not have: when a migration was applied.
ALTER TABLE {table} ADD COLUMN IF NOT EXISTS applied_at timestamp with time zone DEFAULT pg_catalog.now()
