-- A row is a version that is applied, in the order of application.
SELECT version, run_on AT TIME ZONE pg_catalog.current_setting('TimeZone') AS applied_at
FROM {table}
ORDER BY run_on, version
