-- A row is an object that is there and no relation: one that a lock is worth naming of.
SELECT 'pg_catalog.pg_type'::pg_catalog.regclass::oid::bigint AS class, t.oid::bigint AS oid
FROM pg_catalog.pg_type AS t
WHERE t.typtype IN ('e', 'd', 'r', 'm') AND t.typnamespace <> 'pg_catalog'::pg_catalog.regnamespace
UNION ALL
SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass::oid::bigint, p.oid::bigint
FROM pg_catalog.pg_proc AS p
WHERE p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace
UNION ALL
SELECT n.tableoid::bigint, n.oid::bigint FROM pg_catalog.pg_namespace AS n
UNION ALL
SELECT r.classoid::bigint, r.oid::bigint
FROM (SELECT 'pg_catalog.pg_authid'::pg_catalog.regclass::oid AS classoid, a.oid FROM pg_catalog.pg_roles AS a) AS r
UNION ALL
SELECT e.tableoid::bigint, e.oid::bigint FROM pg_catalog.pg_extension AS e
UNION ALL
SELECT p.tableoid::bigint, p.oid::bigint FROM pg_catalog.pg_publication AS p
UNION ALL
SELECT f.tableoid::bigint, f.oid::bigint FROM pg_catalog.pg_foreign_server AS f
