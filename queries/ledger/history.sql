-- A row is something that was done, newest first.
SELECT id, at, batch, version, name, direction, outcome, checksum, statements, duration_ms, database_user, operator, error
FROM dbconsole.history
ORDER BY id DESC
LIMIT %(limit)s
