-- One row is a comment: the catalog's oid, the object's, the column's number or 0, the text.
SELECT d.classoid, d.objoid, d.objsubid, d.description
FROM pg_catalog.pg_description d
WHERE (d.objoid >= 16384
    OR d.classoid IN ('pg_catalog.pg_namespace'::pg_catalog.regclass, 'pg_catalog.pg_extension'::pg_catalog.regclass))
    AND (%(focus)s::pg_catalog.oid[] IS NULL
        OR d.classoid <> 'pg_catalog.pg_class'::pg_catalog.regclass
        OR d.objoid = ANY (%(focus)s::pg_catalog.oid[])
        OR d.objoid IN (SELECT i.indexrelid FROM pg_catalog.pg_index i WHERE i.indrelid = ANY (%(focus)s::pg_catalog.oid[]))
        OR d.objoid IN (SELECT c.oid FROM pg_catalog.pg_class c WHERE c.relkind = 'c'))
