-- Makes the schema of Drizzle's table.
CREATE SCHEMA IF NOT EXISTS {schema}
