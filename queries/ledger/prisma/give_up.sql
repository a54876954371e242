-- Marks attempts that did not come to their end as rolled back, so that the migration is pending again.
UPDATE {table}
SET rolled_back_at = pg_catalog.clock_timestamp()
WHERE migration_name = %(name)s AND finished_at IS NULL AND rolled_back_at IS NULL
