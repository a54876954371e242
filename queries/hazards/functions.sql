-- A row is a name of functions asked for, PostgreSQL's own left out: whether one that bears it gives another value each time.
SELECT p.proname::text AS name, pg_catalog.bool_or(p.provolatile = 'v') AS volatile
FROM pg_catalog.pg_proc AS p
WHERE p.proname = ANY (%(names)s::text[]) AND p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace
GROUP BY p.proname
