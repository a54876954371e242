-- One row: whether a migration is recorded as applied.
SELECT EXISTS (SELECT FROM dbconsole.migrations WHERE version = %(version)s) AS held
