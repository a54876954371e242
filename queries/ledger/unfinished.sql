-- A row is a script outside a transaction that was started and has not been finished.
SELECT version, name, direction, done, total, prefix, doubtful, error, started_at
FROM dbconsole.unfinished
ORDER BY started_at
