-- One row when that very session is still there: whether it was told to end.
SELECT pg_catalog.pg_terminate_backend(pid) AS sent
FROM pg_catalog.pg_stat_activity
WHERE pid = %(pid)s
    AND backend_start = %(started)s
    AND pid <> pg_catalog.pg_backend_pid()
