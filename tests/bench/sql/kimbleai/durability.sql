-- A setting that would let a commit return before it lies on the disk.
SELECT name || ' is ' || setting
FROM pg_catalog.pg_settings
WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting <> 'on'
