-- A row is a version that is applied, in the order of application.
SELECT version, inserted_at AT TIME ZONE 'UTC' AS applied_at FROM {table} ORDER BY inserted_at, version
