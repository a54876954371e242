-- One row is an ALTER DEFAULT PRIVILEGES: what it grants and revokes, as JSON, against what the kind has by itself.
SELECT d.oid,
    d.defaclrole,
    coalesce(n.nspname::text, ''),
    CASE d.defaclobjtype
        WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'
        WHEN 'n' THEN 'SCHEMAS' ELSE 'LARGE OBJECTS'
    END,
    (SELECT pg_catalog.jsonb_agg(
        pg_catalog.jsonb_build_array(
            x.given,
            CASE x.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(x.grantee) END,
            x.privilege_type,
            x.is_grantable)
        ORDER BY x.grantee = 0, pg_catalog.pg_get_userbyid(x.grantee) COLLATE "C", x.privilege_type COLLATE "C")
    FROM (
        (SELECT true AS given, g.grantee, g.privilege_type, g.is_grantable FROM pg_catalog.aclexplode(d.defaclacl) g
        EXCEPT
        SELECT true, g.grantee, g.privilege_type, g.is_grantable FROM pg_catalog.aclexplode(b.base) g)
        UNION ALL
        (SELECT false, g.grantee, g.privilege_type, false FROM pg_catalog.aclexplode(b.base) g
        EXCEPT
        SELECT false, g.grantee, g.privilege_type, false FROM pg_catalog.aclexplode(d.defaclacl) g)
    ) x)::text
FROM pg_catalog.pg_default_acl d
LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
CROSS JOIN LATERAL (
    -- In one schema the grants come on top of those of the whole database; columns have none by themselves, which is
    -- how one writes an empty list of privileges.
    SELECT CASE WHEN d.defaclnamespace = 0
        THEN pg_catalog.acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)
        ELSE pg_catalog.acldefault('c', d.defaclrole) END AS base
) b
ORDER BY 2, 3, 4
