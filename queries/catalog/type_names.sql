-- One row is a type that stands for another: a relation's row type, an array type, or a multirange.
SELECT t.oid,
    CASE WHEN c.relkind <> 'c' THEN t.typrelid ELSE 0 END,
    CASE WHEN e.typarray = t.oid THEN e.oid ELSE 0 END
FROM pg_catalog.pg_type t
LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
LEFT JOIN pg_catalog.pg_type e ON e.oid = t.typelem
LEFT JOIN pg_catalog.pg_class r ON r.oid = coalesce(nullif(t.typrelid, 0), e.typrelid)
WHERE t.oid >= 16384
    AND (c.relkind <> 'c' OR e.typarray = t.oid)
    AND (%(focus)s::pg_catalog.oid[] IS NULL OR r.oid IS NULL OR r.relkind = 'c' OR r.oid = ANY (%(focus)s::pg_catalog.oid[]))
