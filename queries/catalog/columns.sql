-- One row is a column or attribute; what is as its type has it, or as most have it, is null. Unordered.
SELECT a.attrelid,
    a.attnum,
    a.attname,
    a.atttypid,
    a.atttypmod,
    a.attnotnull,
    a.atthasdef,
    a.attgenerated::text,
    a.attidentity::text,
    CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation END,
    CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage::text END,
    CASE WHEN c.relkind <> 'f' THEN a.attcompression::text ELSE '' END,  -- a foreign table's column may only inherit one
    CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
    -- pg_attver is a stamp that some builds keep on every column (Debian's 15.20): nobody can set it, pg_dump leaves it out.
    CASE WHEN a.attoptions IS NOT NULL THEN nullif(
        ARRAY(SELECT o.entry FROM pg_catalog.unnest(a.attoptions) o (entry) WHERE NOT pg_catalog.starts_with(o.entry, 'pg_attver=')),
        '{}')
    END,
    a.attfdwoptions,
    a.attislocal,
    a.attinhcount
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
WHERE a.attnum > 0
    AND NOT a.attisdropped
    AND a.attrelid >= 16384
    AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
    AND (%(focus)s::pg_catalog.oid[] IS NULL OR a.attrelid = ANY (
        %(focus)s::pg_catalog.oid[] || ARRAY(SELECT k.oid FROM pg_catalog.pg_class k WHERE k.relkind = 'c')))
