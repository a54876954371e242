-- One row: whether there is a database of that name.
SELECT EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = %(name)s)
