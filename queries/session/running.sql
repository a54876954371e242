-- One row when that very session is still there: whether it runs a statement, and since when.
SELECT state = 'active' AS active, query_start
FROM pg_catalog.pg_stat_activity
WHERE pid = %(pid)s
    AND backend_start = %(started)s
