-- One row: where unqualified names are looked for in this role's sessions on this database.
SELECT reset_val FROM pg_catalog.pg_settings WHERE name = 'search_path'
