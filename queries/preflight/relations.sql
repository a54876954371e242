-- A row is a relation asked for by name: whose it is, and whether this role is as good as its owner, or its schema's.
-- `filled` says that it may have rows, as far as the planner knows.
SELECT
    s.value AS schema,
    n.value AS name,
    pg_catalog.format('%%I.%%I', h.nspname, c.relname) AS found,
    pg_catalog.pg_get_userbyid(c.relowner)::text AS owner,
    pg_catalog.pg_has_role(c.relowner, 'USAGE') AS owns,
    pg_catalog.pg_has_role(h.nspowner, 'USAGE') AS owns_schema,
    c.relkind IN ('r', 'p', 'm') AND c.reltuples <> 0 AS filled
FROM pg_catalog.unnest(%(schemas)s::text[]) WITH ORDINALITY AS s (value, place)
JOIN pg_catalog.unnest(%(names)s::text[]) WITH ORDINALITY AS n (value, place) USING (place)
JOIN pg_catalog.pg_class AS c ON c.relname = n.value
JOIN pg_catalog.pg_namespace AS h ON h.oid = c.relnamespace
    AND CASE s.value WHEN '' THEN pg_catalog.pg_table_is_visible(c.oid) ELSE h.nspname = s.value END
