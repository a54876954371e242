-- One row: of how many blocks a table consists right now. Waits for the lock that reading the table needs as well.
SELECT pg_catalog.pg_relation_size(%(relation)s::pg_catalog.oid)
    / pg_catalog.current_setting('block_size')::pg_catalog.int8 AS blocks
