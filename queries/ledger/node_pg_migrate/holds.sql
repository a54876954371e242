-- One row: whether a migration is recorded as applied.
SELECT EXISTS (SELECT FROM {table} WHERE name = %(name)s) AS held
