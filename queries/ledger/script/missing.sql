-- Whether a table is not there.
pg_catalog.to_regclass(%(table)s) IS NULL
