-- One row: whether a migration is recorded as applied.
SELECT EXISTS (
    SELECT FROM {table} WHERE migration_name = %(name)s AND finished_at IS NOT NULL AND rolled_back_at IS NULL
) AS held
