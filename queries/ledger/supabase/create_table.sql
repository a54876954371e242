-- Makes the Supabase CLI's table: a row is a migration that is applied.
CREATE TABLE IF NOT EXISTS {table} (version text NOT NULL PRIMARY KEY)
