-- What the tables of public take, with their indexes and what lies outside their rows.
SELECT sum(pg_catalog.pg_total_relation_size(c.oid))::bigint
FROM pg_catalog.pg_class AS c
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r'
