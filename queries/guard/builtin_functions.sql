-- A row is a name of PostgreSQL's own functions: whether each function of that name is stable or immutable, whether one
-- of them takes or gives what SQL has no values for (inward), and whether all of them do (inner).
SELECT
    p.proname AS name,
    pg_catalog.bool_and(p.provolatile <> 'v') AS quiet,
    pg_catalog.bool_or(p.prorettype = ANY (t.inner_types) OR p.proargtypes::pg_catalog.oid[] && t.inner_types) AS inward,
    pg_catalog.bool_and(p.prorettype = ANY (t.inner_types) OR p.proargtypes::pg_catalog.oid[] && t.inner_types) AS "inner"
FROM pg_catalog.pg_proc AS p
CROSS JOIN (
    SELECT pg_catalog.array_agg(oid) AS inner_types
    FROM pg_catalog.pg_type
    WHERE typname IN ('internal', 'cstring', 'trigger', 'event_trigger', 'language_handler', 'fdw_handler',
                      'index_am_handler', 'table_am_handler', 'tsm_handler')
) AS t
WHERE p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace AND p.oid < 16384 AND p.prokind <> 'p'
GROUP BY p.proname
ORDER BY p.proname
