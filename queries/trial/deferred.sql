-- A row is a constraint that is checked at COMMIT unless a transaction says otherwise.
SELECT n.nspname::text AS schema, k.conname::text AS name
FROM pg_catalog.pg_constraint AS k
JOIN pg_catalog.pg_namespace AS n ON n.oid = k.connamespace
WHERE k.condeferred
GROUP BY n.nspname, k.conname
ORDER BY n.nspname, k.conname
