-- A row is a function that takes a vector and gives rows back, without those of extensions and those not to be called.
-- `arguments` are those that are given to it, in order; `results` the columns of its rows, as JSON.
SELECT
    p.oid,
    n.nspname::pg_catalog.text AS schema,
    p.proname::pg_catalog.text AS name,
    p.provolatile = 'v' AS volatile,
    l.lanname::pg_catalog.text AS language,
    coalesce(pg_catalog.obj_description(p.oid, 'pg_proc'), '') AS comment,
    coalesce(pg_catalog.pg_get_function_sqlbody(p.oid), p.prosrc) AS source,
    v.nspname::pg_catalog.text AS extension,
    x.extversion AS version,
    (
        SELECT pg_catalog.json_agg(
            pg_catalog.json_build_object(
                'name', coalesce(p.proargnames[a.place], ''),
                'type', pg_catalog.format_type(a.type, NULL),
                'default', pg_catalog.pg_get_function_arg_default(p.oid, a.place::pg_catalog.int4),
                'vector', t.typname
            )
            ORDER BY a.place
        )
        FROM ROWS FROM (
            pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::pg_catalog.oid[])),
            pg_catalog.unnest(p.proargmodes::pg_catalog.text[])
        ) WITH ORDINALITY AS a (type, mode, place)
        LEFT JOIN pg_catalog.pg_type AS t
            ON t.oid = a.type AND t.typnamespace = x.extnamespace AND t.typname IN ('vector', 'halfvec', 'sparsevec')
        WHERE coalesce(a.mode, 'i') IN ('i', 'b')
    )::pg_catalog.text AS arguments,
    coalesce(
        (
            SELECT pg_catalog.json_agg(
                pg_catalog.json_build_array(p.proargnames[a.place], pg_catalog.format_type(a.type, NULL)) ORDER BY a.place
            )
            FROM ROWS FROM (
                pg_catalog.unnest(p.proallargtypes), pg_catalog.unnest(p.proargmodes::pg_catalog.text[])
            ) WITH ORDINALITY AS a (type, mode, place)
            WHERE a.mode IN ('o', 'b', 't')
        ),
        (
            SELECT pg_catalog.json_agg(
                pg_catalog.json_build_array(a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)) ORDER BY a.attnum
            )
            FROM pg_catalog.pg_attribute AS a
            WHERE r.typrelid <> 0 AND a.attrelid = r.typrelid AND a.attnum > 0 AND NOT a.attisdropped
        ),
        pg_catalog.json_build_array(pg_catalog.json_build_array(p.proname, pg_catalog.format_type(p.prorettype, NULL)))
    )::pg_catalog.text AS results
FROM pg_catalog.pg_extension AS x
JOIN pg_catalog.pg_namespace AS v ON v.oid = x.extnamespace
JOIN pg_catalog.pg_proc AS p ON p.prokind = 'f' AND p.proretset
JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang
JOIN pg_catalog.pg_type AS r ON r.oid = p.prorettype
WHERE x.extname = 'vector'
    AND p.oid >= 16384
    AND EXISTS (
        SELECT
        FROM pg_catalog.pg_type AS t
        WHERE t.typnamespace = x.extnamespace
            AND t.typname IN ('vector', 'halfvec', 'sparsevec')
            AND t.oid = ANY (p.proargtypes::pg_catalog.oid[])
    )
    AND NOT EXISTS (
        SELECT
        FROM pg_catalog.pg_depend AS d
        WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e'
    )
    AND (p.prorettype <> 'pg_catalog.record'::pg_catalog.regtype OR p.proallargtypes IS NOT NULL)
    AND pg_catalog.has_function_privilege(p.oid, 'EXECUTE')
    AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
ORDER BY n.nspname COLLATE "C", p.proname COLLATE "C", p.oid
