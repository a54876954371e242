-- Keeps what the server said with the attempt that failed, by which it counts as failed and not as running.
UPDATE {table}
SET logs = %(logs)s
WHERE migration_name = %(name)s AND finished_at IS NULL AND rolled_back_at IS NULL
