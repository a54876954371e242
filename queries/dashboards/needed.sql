-- A row is a thing that a statement cannot do without, with its schema, where it has one.
-- `names` is a JSON list of {kind, schema, name}, of kind relation, function or type; a name without a schema is looked
-- for on the search path. What an extension brought stands for the extension. PostgreSQL's own is not a thing, nor is
-- what ends with a session. Of functions of one name the grammar cannot tell which is called: they count if all are of
-- one place.
WITH asked AS (
    SELECT n.kind, n.schema, n.name
    FROM pg_catalog.jsonb_to_recordset(%(names)s::jsonb) AS n (kind text, schema text, name text)
),

placed AS (
    SELECT a.kind, a.schema, a.name, s.oid AS namespace, s.nspname AS place, p.turn
    FROM asked AS a
    CROSS JOIN pg_catalog.unnest(pg_catalog.current_schemas(true)) WITH ORDINALITY AS p (schema, turn)
    JOIN pg_catalog.pg_namespace AS s ON s.nspname = p.schema
    WHERE a.schema = ''
    UNION ALL
    SELECT a.kind, a.schema, a.name, s.oid, s.nspname, 1
    FROM asked AS a
    JOIN pg_catalog.pg_namespace AS s ON s.nspname = a.schema
),

relations AS (
    SELECT DISTINCT ON (p.schema, p.name)
        'pg_catalog.pg_class'::regclass AS class,
        c.oid,
        CASE WHEN c.relkind IN ('v', 'm') THEN 'view' ELSE 'table' END AS kind,
        p.place,
        p.name,
        c.relkind IN ('v', 'm', 'r', 'p', 'f') AND c.relpersistence <> 't' AS lasts
    FROM placed AS p
    JOIN pg_catalog.pg_class AS c ON c.relname = p.name AND c.relnamespace = p.namespace
    WHERE p.kind = 'relation'
    ORDER BY p.schema, p.name, p.turn
),

functions AS (
    SELECT
        'pg_catalog.pg_proc'::regclass AS class,
        pg_catalog.max(f.oid) AS oid,
        'function' AS kind,
        pg_catalog.max(p.place::text) AS place,
        p.name,
        true AS lasts
    FROM placed AS p
    JOIN pg_catalog.pg_proc AS f ON f.proname = p.name AND f.pronamespace = p.namespace
    WHERE p.kind = 'function'
    GROUP BY p.schema, p.name
    HAVING pg_catalog.count(DISTINCT p.namespace) = 1
),

types AS (
    SELECT DISTINCT ON (p.schema, p.name)
        'pg_catalog.pg_type'::regclass AS class, t.oid, 'type' AS kind, p.place, p.name, false AS lasts
    FROM placed AS p
    JOIN pg_catalog.pg_type AS t ON t.typname = p.name AND t.typnamespace = p.namespace
    WHERE p.kind = 'type'
    ORDER BY p.schema, p.name, p.turn
),

found AS (
    SELECT r.class, r.oid, r.kind, r.place, r.name, r.lasts FROM relations AS r
    UNION ALL
    SELECT f.class, f.oid, f.kind, f.place, f.name, f.lasts FROM functions AS f
    UNION ALL
    SELECT t.class, t.oid, t.kind, t.place, t.name, t.lasts FROM types AS t
)

SELECT DISTINCT
    CASE WHEN e.oid IS NULL THEN f.kind ELSE 'extension' END AS kind,
    CASE WHEN e.oid IS NULL THEN f.place::text ELSE '' END AS schema,
    CASE WHEN e.oid IS NULL THEN f.name ELSE e.extname::text END AS name
FROM found AS f
LEFT JOIN pg_catalog.pg_depend AS d
    ON d.classid = f.class AND d.objid = f.oid AND d.objsubid = 0 AND d.deptype = 'e'
    AND d.refclassid = 'pg_catalog.pg_extension'::regclass
LEFT JOIN pg_catalog.pg_extension AS e ON e.oid = d.refobjid
WHERE e.oid IS NOT NULL OR (f.lasts AND f.place NOT LIKE 'pg\_%%' AND f.place <> 'information_schema')
ORDER BY 1, 2, 3
