-- A row is an attempt that counts: it is applied, or, without finished_at, it has failed or still runs.
SELECT migration_name, checksum, started_at, finished_at, logs
FROM {table}
WHERE rolled_back_at IS NULL
ORDER BY started_at, migration_name COLLATE "C"
