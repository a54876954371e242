-- One row: whether a migration, known by its name, is recorded as applied.
SELECT EXISTS (SELECT FROM {table} WHERE name = %(name)s) AS held
