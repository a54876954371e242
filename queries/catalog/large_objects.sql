-- One row is a large object with privileges or a comment of its own; the others are data.
SELECT o.oid, o.lomowner
FROM pg_catalog.pg_largeobject_metadata o
WHERE o.lomacl IS NOT NULL
    OR EXISTS (
        SELECT FROM pg_catalog.pg_description d
        WHERE d.classoid = 'pg_catalog.pg_largeobject'::pg_catalog.regclass AND d.objoid = o.oid)
