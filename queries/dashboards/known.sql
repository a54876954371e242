-- A row is one thing a dashboard needs and that is there, said as the dashboard says it.
-- `asked` is a JSON list of {need, kind, schema, name, part}; a name without a schema is looked for on the search path.
-- What is there may still be closed to this role: that is for the panels to say.
SELECT n.need
FROM pg_catalog.jsonb_to_recordset(%(asked)s::jsonb) AS n (need text, kind text, schema text, name text, part text)
WHERE CASE
    WHEN n.kind IN ('view', 'table', 'column') THEN EXISTS (
        SELECT FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace
        WHERE c.relname = n.name
            AND (s.nspname = n.schema OR (n.schema = '' AND pg_catalog.pg_table_is_visible(c.oid)))
            AND (n.kind <> 'view' OR c.relkind IN ('v', 'm'))
            AND (n.kind <> 'table' OR c.relkind IN ('r', 'p', 'f'))
            AND (n.kind <> 'column' OR EXISTS (
                SELECT FROM pg_catalog.pg_attribute AS t
                WHERE t.attrelid = c.oid AND t.attname = n.part AND t.attnum > 0 AND NOT t.attisdropped
            ))
    )
    WHEN n.kind = 'function' THEN EXISTS (
        SELECT FROM pg_catalog.pg_proc AS p
        JOIN pg_catalog.pg_namespace AS s ON s.oid = p.pronamespace
        WHERE p.proname = n.name
            AND (s.nspname = n.schema OR (n.schema = '' AND pg_catalog.pg_function_is_visible(p.oid)))
    )
    WHEN n.kind = 'extension' THEN EXISTS (SELECT FROM pg_catalog.pg_extension AS e WHERE e.extname = n.name)
    WHEN n.kind = 'server' THEN n.name::integer <= pg_catalog.current_setting('server_version_num')::integer / 10000
    WHEN n.kind = 'right' THEN EXISTS (
        SELECT FROM pg_catalog.pg_roles AS r
        WHERE r.rolname = n.name AND pg_catalog.pg_has_role(r.oid, 'USAGE')
    )
    ELSE false
END
