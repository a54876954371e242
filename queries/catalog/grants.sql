-- One row is an object whose privileges differ from those it came with: what was granted, what was revoked, as JSON.
WITH acls AS (
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid AS class, c.oid, 0 AS sub,
        CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS type, c.relowner AS owner, c.relacl AS acl,
        false AS open
    FROM pg_catalog.pg_class c
    WHERE c.relacl IS NOT NULL AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        AND (%(focus)s::pg_catalog.oid[] IS NULL OR c.oid < 16384 OR c.oid = ANY (%(focus)s::pg_catalog.oid[]))
    UNION ALL
    SELECT 'pg_catalog.pg_class'::pg_catalog.regclass, a.attrelid, a.attnum, 'c', c.relowner, a.attacl, false
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
        AND (%(focus)s::pg_catalog.oid[] IS NULL OR c.oid < 16384 OR c.oid = ANY (%(focus)s::pg_catalog.oid[]))
    UNION ALL
    SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid, 0, 'f', p.proowner, p.proacl, false
    FROM pg_catalog.pg_proc p
    WHERE p.proacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_namespace'::pg_catalog.regclass, n.oid, 0, 'n', n.nspowner,
        coalesce(n.nspacl, pg_catalog.acldefault('n', n.nspowner)), n.nspname = 'public'
    FROM pg_catalog.pg_namespace n
    WHERE n.nspacl IS NOT NULL OR n.nspname = 'public'
    UNION ALL
    SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid, 0, 'T', t.typowner, t.typacl, false
    FROM pg_catalog.pg_type t
    WHERE t.typacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_language'::pg_catalog.regclass, l.oid, 0, 'l', l.lanowner, l.lanacl, false
    FROM pg_catalog.pg_language l
    WHERE l.lanacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass, w.oid, 0, 'F', w.fdwowner, w.fdwacl, false
    FROM pg_catalog.pg_foreign_data_wrapper w
    WHERE w.fdwacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_foreign_server'::pg_catalog.regclass, s.oid, 0, 'S', s.srvowner, s.srvacl, false
    FROM pg_catalog.pg_foreign_server s
    WHERE s.srvacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_largeobject'::pg_catalog.regclass, o.oid, 0, 'L', o.lomowner, o.lomacl, false
    FROM pg_catalog.pg_largeobject_metadata o
    WHERE o.lomacl IS NOT NULL
    UNION ALL
    SELECT 'pg_catalog.pg_database'::pg_catalog.regclass, d.oid, 0, 'd', d.datdba, d.datacl, false
    FROM pg_catalog.pg_database d
    WHERE d.datacl IS NOT NULL AND d.datname = pg_catalog.current_database()
), based AS (
    SELECT a.class, a.oid, a.sub, a.acl, a.owner,
        coalesce(
            CASE WHEN NOT a.open THEN i.initprivs END,
            -- The schema public that somebody has made is measured by the one that a new database has.
            pg_catalog.acldefault(a.type, a.owner)
                || CASE WHEN a.open
                    THEN ARRAY[pg_catalog.makeaclitem(0, a.owner, 'USAGE', false)]
                    ELSE '{}'
                END
                || CASE WHEN a.open AND pg_catalog.current_setting('server_version_num')::pg_catalog.int4 < 150000
                    THEN ARRAY[pg_catalog.makeaclitem(0, a.owner, 'CREATE', false)]
                    ELSE '{}'
                END) AS base
    FROM acls a
    LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = a.class AND i.objoid = a.oid AND i.objsubid = a.sub
    WHERE i.initprivs IS NULL OR i.initprivs <> a.acl
), distinct_acls AS (
    -- Numbered, since a list of privileges can be hashed but not sorted.
    SELECT u.acl, u.base, u.owner, pg_catalog.row_number() OVER () AS number
    FROM (SELECT DISTINCT b.acl, b.base, b.owner FROM based b) u
), differing AS (
    SELECT d.number,
        pg_catalog.jsonb_agg(
            pg_catalog.jsonb_build_array(
                x.given,
                CASE x.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(x.grantee) END,
                x.privilege_type,
                x.is_grantable,
                CASE x.grantor WHEN 0 THEN '' ELSE pg_catalog.pg_get_userbyid(x.grantor) END)
            ORDER BY x.grantee = 0,
                pg_catalog.pg_get_userbyid(x.grantee) COLLATE "C",
                x.privilege_type COLLATE "C",
                CASE x.grantor WHEN 0 THEN '' ELSE pg_catalog.pg_get_userbyid(x.grantor) END COLLATE "C")
            AS items
    FROM distinct_acls d
    CROSS JOIN LATERAL (
        -- Who granted is told where it was not the owner, who gave what an object comes with.
        (SELECT true AS given,
            g.grantee,
            g.privilege_type,
            pg_catalog.bool_or(g.is_grantable) AS is_grantable,
            CASE g.grantor WHEN d.owner THEN 0 ELSE g.grantor END AS grantor
        FROM pg_catalog.aclexplode(d.acl) g
        GROUP BY g.grantee, g.privilege_type, 5
        EXCEPT
        SELECT true, g.grantee, g.privilege_type, g.is_grantable, 0 FROM pg_catalog.aclexplode(d.base) g)
        UNION ALL
        (SELECT false, g.grantee, g.privilege_type, false, 0
        FROM pg_catalog.aclexplode(d.base) g
        EXCEPT
        SELECT false, g.grantee, g.privilege_type, false, CASE g.grantor WHEN d.owner THEN 0 ELSE g.grantor END
        FROM pg_catalog.aclexplode(d.acl) g)
    ) x
    GROUP BY d.number
)
SELECT b.class, b.oid, b.sub, f.items::text
FROM based b
JOIN distinct_acls d ON d.acl = b.acl AND d.base = b.base AND d.owner = b.owner
JOIN differing f ON f.number = d.number
ORDER BY b.class, b.oid, b.sub
