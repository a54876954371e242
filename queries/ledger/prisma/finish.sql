-- Records that a migration which was started is applied; one that has failed keeps its logs and is left alone.
UPDATE {table}
SET finished_at = pg_catalog.clock_timestamp(), applied_steps_count = applied_steps_count + 1
WHERE migration_name = %(name)s AND finished_at IS NULL AND rolled_back_at IS NULL AND logs IS NULL
