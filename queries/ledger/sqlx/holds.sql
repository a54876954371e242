-- One row: whether a migration is recorded as applied.
SELECT EXISTS (SELECT FROM {table} WHERE version = %(version)s AND success) AS held
