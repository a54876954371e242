-- A row is a migration that is applied, in the order of application.
SELECT migration_id, applied_at_utc AT TIME ZONE 'UTC' AS applied_at
FROM {table}
WHERE migration_id IS NOT NULL
ORDER BY applied_at_utc, migration_id COLLATE "C"
