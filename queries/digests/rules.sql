-- One row is a relation and the digest of its rules but the one that makes a view.
SELECT r.ev_class,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(
            ROW(r.rulename, r.ev_enabled, pg_catalog.pg_get_ruledef(r.oid), d.description)::text,
            '' ORDER BY r.rulename),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM pg_catalog.pg_rewrite r
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = r.oid AND d.classoid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
WHERE r.ev_class >= 16384
    AND r.rulename <> '_RETURN'
GROUP BY r.ev_class
