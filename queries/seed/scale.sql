-- One row: the setting that says how many times the usual rows sample data is to have, for this transaction.
SELECT pg_catalog.set_config('dbconsole.scale', %(scale)s, true)
