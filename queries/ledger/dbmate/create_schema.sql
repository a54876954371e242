-- Makes the schema of dbmate's table, where that is not in public.
CREATE SCHEMA IF NOT EXISTS {schema}
