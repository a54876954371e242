-- A row is a table or materialised view asked for by name that has rows and that this role may analyse, with their size.
SELECT found.schema, found.name, found.bytes
FROM (
    SELECT
        h.nspname::text AS schema,
        c.relname::text AS name,
        c.relkind,
        (
            SELECT coalesce(pg_catalog.sum(pg_catalog.pg_relation_size(t.relid)), 0)::bigint
            FROM pg_catalog.pg_partition_tree(c.oid) AS t
            WHERE t.isleaf AND c.relkind = 'p'
        ) + CASE WHEN c.relkind = 'p' THEN 0 ELSE pg_catalog.pg_relation_size(c.oid) END AS bytes,
        a.place
    FROM pg_catalog.unnest(%(schemas)s::text[]) WITH ORDINALITY AS a (value, place)
    JOIN pg_catalog.unnest(%(names)s::text[]) WITH ORDINALITY AS n (value, place) USING (place)
    JOIN pg_catalog.pg_class AS c ON c.relname = n.value AND c.relkind IN ('r', 'p', 'm')
    JOIN pg_catalog.pg_namespace AS h ON h.oid = c.relnamespace
        AND CASE a.value WHEN '' THEN pg_catalog.pg_table_is_visible(c.oid) ELSE h.nspname = a.value END
    JOIN pg_catalog.pg_database AS d ON d.datname = pg_catalog.current_database()
    WHERE pg_catalog.pg_has_role(c.relowner, 'USAGE') OR pg_catalog.pg_has_role(d.datdba, 'USAGE')
) AS found
WHERE found.bytes > 0
ORDER BY found.place
