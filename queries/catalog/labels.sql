-- One row is a security label: the catalog's oid, the object's, the column's number or 0, provider and label.
SELECT l.classoid, l.objoid, l.objsubid, l.provider, l.label
FROM pg_catalog.pg_seclabel l
UNION ALL
SELECT s.classoid, s.objoid, 0, s.provider, s.label
FROM pg_catalog.pg_shseclabel s
JOIN pg_catalog.pg_database d ON d.oid = s.objoid
WHERE s.classoid = 'pg_catalog.pg_database'::pg_catalog.regclass
    AND d.datname = pg_catalog.current_database()
ORDER BY 1, 2, 3, 4
