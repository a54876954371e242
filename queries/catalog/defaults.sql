-- One row is the default or generating expression of a column: attrdef's oid, table, column's number, text (null: locked).
-- A default mentions no column, so that equal ones are written once for all tables, and without opening any.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
), expressions AS MATERIALIZED (
    SELECT d.oid, d.adrelid, d.adnum, d.adbin::text AS tree, a.attgenerated <> '' AS generated
    FROM pg_catalog.pg_attrdef d
    JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
    WHERE %(focus)s::pg_catalog.oid[] IS NULL OR d.adrelid = ANY (%(focus)s::pg_catalog.oid[])
), same AS (
    SELECT e.tree, min(e.oid) AS oid
    FROM expressions e
    WHERE NOT e.generated
    GROUP BY e.tree
), texts AS MATERIALIZED (
    SELECT s.tree, pg_catalog.pg_get_expr(d.adbin, 0) AS text
    FROM same s
    JOIN pg_catalog.pg_attrdef d ON d.oid = s.oid
)
SELECT e.oid, e.adrelid, e.adnum, t.text
FROM expressions e
JOIN texts t ON t.tree = e.tree
WHERE NOT e.generated
UNION ALL
SELECT e.oid,
    e.adrelid,
    e.adnum,
    CASE WHEN e.adrelid NOT IN (SELECT l.relation FROM locked l) THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END
FROM expressions e
JOIN pg_catalog.pg_attrdef d ON d.oid = e.oid
WHERE e.generated
