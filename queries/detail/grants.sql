-- One row is a grantee's privileges on the relation or on one column of it, in one text; grantable ones with a star.
SELECT CASE x.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(x.grantee)::text END AS grantee,
    g.column,
    pg_catalog.string_agg(x.privilege_type || CASE WHEN x.is_grantable THEN '*' ELSE '' END, ', ' ORDER BY x.privilege_type)
        AS privileges
FROM (
    SELECT ''::text AS column,
        coalesce(c.relacl, pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)) AS acl
    FROM pg_catalog.pg_class c
    WHERE c.oid = %(oid)s
    UNION ALL
    SELECT a.attname::text, a.attacl
    FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = %(oid)s AND a.attacl IS NOT NULL AND NOT a.attisdropped
) g
CROSS JOIN LATERAL pg_catalog.aclexplode(g.acl) x
GROUP BY x.grantee, g.column
ORDER BY g.column COLLATE "C", x.grantee = 0, 1
