-- One row is a relation and the digest of its row-security policies.
SELECT p.polrelid,
    pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(
        pg_catalog.string_agg(
            ROW(
                p.polname,
                p.polcmd,
                p.polpermissive,
                ARRAY(
                    SELECT pg_catalog.pg_get_userbyid(u.role)
                    FROM pg_catalog.unnest(p.polroles) u (role)
                    WHERE u.role <> 0
                    ORDER BY 1),
                pg_catalog.pg_get_expr(p.polqual, p.polrelid),
                pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid),
                d.description)::text,
            '' ORDER BY p.polname),
        pg_catalog.getdatabaseencoding())), 'base64')
FROM pg_catalog.pg_policy p
LEFT JOIN pg_catalog.pg_description d
    ON d.objoid = p.oid AND d.classoid = 'pg_catalog.pg_policy'::pg_catalog.regclass
GROUP BY p.polrelid
