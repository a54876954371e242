-- A row is what a migration has touched in one run, in the order in which it happened: identity and digest of each object.
SELECT run::text AS run, version, label, direction, at, server_version, objects
FROM dbconsole.touched
ORDER BY id
