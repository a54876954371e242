-- One row: unqualified names are looked for as said, for the rest of the transaction.
SELECT pg_catalog.set_config('search_path', %(path)s, true)
