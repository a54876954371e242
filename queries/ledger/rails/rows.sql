-- A row is a version that is applied; in which order is not kept.
SELECT version FROM {table} ORDER BY pg_catalog.length(version), version
