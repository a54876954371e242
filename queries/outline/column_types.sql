-- One row is a type as columns use it: oid, modifier and the text for both.
SELECT u.atttypid, u.atttypmod, pg_catalog.format_type(u.atttypid, u.atttypmod)
FROM (
    SELECT DISTINCT a.atttypid, a.atttypmod
    FROM pg_catalog.pg_attribute a
    WHERE a.attnum > 0 AND NOT a.attisdropped
) u
