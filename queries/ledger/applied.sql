-- A row is a migration that is applied, in the order of application.
SELECT version, name, position, checksum, batch, applied_at, duration_ms
FROM dbconsole.migrations
ORDER BY position
