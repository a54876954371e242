-- A row is a type by its number: its name as shown, and whether it is a number.
SELECT t.oid, pg_catalog.format_type(t.oid, -1) AS name, t.typcategory = 'N' AS numeric
FROM pg_catalog.pg_type AS t
WHERE t.oid = ANY (%(oids)s::pg_catalog.oid[])
