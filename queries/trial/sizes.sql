-- A row is a relation asked for by its oid: the bytes it takes up now, and whether it is empty; its indexes are not counted.
SELECT
    c.oid::bigint AS oid,
    pg_catalog.pg_table_size(c.oid) AS bytes,
    pg_catalog.pg_relation_size(c.oid) = 0 AS empty
FROM pg_catalog.pg_class AS c
WHERE c.oid = ANY (%(oids)s::oid[])
