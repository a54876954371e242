-- One row is an operator family.
SELECT f.oid, f.opfnamespace, f.opfname, f.opfowner, a.amname
FROM pg_catalog.pg_opfamily f
JOIN pg_catalog.pg_am a ON a.oid = f.opfmethod
WHERE f.oid >= 16384
