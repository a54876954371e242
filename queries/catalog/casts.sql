-- One row is a cast.
SELECT c.oid,
    pg_catalog.format_type(c.castsource, NULL),
    pg_catalog.format_type(c.casttarget, NULL),
    CASE WHEN c.castfunc <> 0 THEN c.castfunc::pg_catalog.regprocedure::text ELSE '' END,
    c.castcontext::text,
    c.castmethod::text
FROM pg_catalog.pg_cast c
WHERE c.oid >= 16384
    -- The cast from a range type to its multirange goes with the type.
    AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_cast'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'i')
