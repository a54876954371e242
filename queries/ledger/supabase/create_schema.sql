-- Makes the schema of the Supabase CLI's table.
CREATE SCHEMA IF NOT EXISTS {schema}
