-- A row is something that was done, or failed, or was undone, in that order.
SELECT
    version,
    description,
    type,
    script,
    checksum,
    installed_on AT TIME ZONE pg_catalog.current_setting('TimeZone') AS installed_on,
    execution_time,
    success
FROM {table}
ORDER BY installed_rank
