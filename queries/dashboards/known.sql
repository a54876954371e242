-- A row is one thing a dashboard needs and that is there, said as the dashboard says it.
-- `asked` are texts such as view:public.sales; a name without a schema is looked for on the search path.
SELECT a.need
FROM pg_catalog.unnest(%(asked)s::text[]) AS a (need)
CROSS JOIN LATERAL (
    SELECT pg_catalog.split_part(a.need, ':', 1), pg_catalog.substr(a.need, pg_catalog.strpos(a.need, ':') + 1)
) AS n (kind, name)
WHERE CASE n.kind
    WHEN 'view' THEN EXISTS (
        SELECT FROM pg_catalog.pg_class AS c
        WHERE c.oid = pg_catalog.to_regclass(n.name) AND c.relkind IN ('v', 'm')
    )
    WHEN 'table' THEN EXISTS (
        SELECT FROM pg_catalog.pg_class AS c
        WHERE c.oid = pg_catalog.to_regclass(n.name) AND c.relkind IN ('r', 'p', 'f')
    )
    WHEN 'column' THEN EXISTS (
        SELECT FROM pg_catalog.pg_attribute AS t
        WHERE t.attrelid = pg_catalog.to_regclass(pg_catalog.regexp_replace(n.name, '\.[^.]*$', ''))
            AND t.attname = pg_catalog.regexp_replace(n.name, '^.*\.', '') AND t.attnum > 0 AND NOT t.attisdropped
    )
    WHEN 'function' THEN EXISTS (
        SELECT FROM pg_catalog.pg_proc AS p
        JOIN pg_catalog.pg_namespace AS s ON s.oid = p.pronamespace
        WHERE n.name = pg_catalog.concat(s.nspname, '.', p.proname)
            OR (n.name = p.proname AND pg_catalog.pg_function_is_visible(p.oid))
    )
    WHEN 'extension' THEN EXISTS (SELECT FROM pg_catalog.pg_extension AS e WHERE e.extname = n.name)
    WHEN 'server' THEN n.name::integer <= pg_catalog.current_setting('server_version_num')::integer / 10000
    WHEN 'right' THEN EXISTS (
        SELECT FROM pg_catalog.pg_roles AS r
        WHERE r.rolname = n.name AND pg_catalog.pg_has_role(r.oid, 'USAGE')
    )
    ELSE false
END
