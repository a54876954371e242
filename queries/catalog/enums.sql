-- One row is an enum's labels in order.
SELECT e.enumtypid, pg_catalog.array_agg(e.enumlabel::text ORDER BY e.enumsortorder)
FROM pg_catalog.pg_enum e
WHERE e.enumtypid >= 16384
GROUP BY e.enumtypid
