-- A row is a migration that is applied, in the order in which node-pg-migrate takes them.
SELECT name, run_on AT TIME ZONE pg_catalog.current_setting('TimeZone') AS applied_at
FROM {table}
ORDER BY run_on, id
