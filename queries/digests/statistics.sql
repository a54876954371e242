-- One row is a relation and the digest of its extended statistics objects.
SELECT s.stxrelid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(
            ROW(
                n.nspname,
                s.stxname,
                pg_catalog.pg_get_userbyid(s.stxowner),
                CASE WHEN s.stxstattarget >= 0 THEN s.stxstattarget END,
                pg_catalog.pg_get_statisticsobjdef(s.oid),
                d.description)::text,
            '' ORDER BY n.nspname, s.stxname),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM pg_catalog.pg_statistic_ext s
JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = s.oid AND d.classoid = 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass
GROUP BY s.stxrelid
