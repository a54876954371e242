-- One row is a type as columns use it: oid, modifier and the text for both.
SELECT u.atttypid, u.atttypmod, pg_catalog.format_type(u.atttypid, u.atttypmod)
FROM (
    SELECT DISTINCT a.atttypid, a.atttypmod
    FROM pg_catalog.pg_attribute a
    WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid >= 16384
        AND (%(focus)s::pg_catalog.oid[] IS NULL OR a.attrelid = ANY (
            %(focus)s::pg_catalog.oid[] || ARRAY(SELECT k.oid FROM pg_catalog.pg_class k WHERE k.relkind = 'c')))
) u
