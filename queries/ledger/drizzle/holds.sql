-- One row: whether a migration, known by its time, is recorded as applied.
SELECT EXISTS (SELECT FROM {table} WHERE created_at = %(when)s) AS held
