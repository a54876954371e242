-- A row is a version that was applied, or, in ledgers of old, taken back; the newest row of a version counts.
SELECT version_id, is_applied, tstamp AT TIME ZONE pg_catalog.current_setting('TimeZone') AS applied_at
FROM {table}
ORDER BY id
