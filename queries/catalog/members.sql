-- One row is an object that belongs to an extension: its catalog's oid, its own, the extension's.
SELECT d.classid, d.objid, d.refobjid
FROM pg_catalog.pg_depend d
WHERE d.deptype = 'e'
