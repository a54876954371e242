-- A row is what an interrupted statement may have left: an invalid index, a constraint without proof, a partition half detached.
-- `busy` tells that a session works on it right now; `constraint_name` is what the index stands for, if anything.
SELECT
    'index' AS kind,
    n.nspname::text AS schema,
    t.relname::text AS relation,
    c.relname::text AS name,
    i.indisunique AS is_unique,
    (
        SELECT con.conname::text FROM pg_catalog.pg_constraint AS con
        WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x')
    ) AS constraint_name,
    EXISTS (
        SELECT FROM pg_catalog.pg_stat_progress_create_index AS p
        INNER JOIN pg_catalog.pg_locks AS l ON l.pid = p.pid
        WHERE l.relation = i.indrelid
            AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())
            AND l.mode = 'ShareUpdateExclusiveLock'
            AND l.granted
            AND (coalesce(p.index_relid, 0::pg_catalog.oid) IN (0::pg_catalog.oid, i.indexrelid) OR p.command LIKE 'REINDEX%%')
    ) AS busy,
    pg_catalog.pg_has_role(t.relowner, 'USAGE') AS ours
FROM pg_catalog.pg_index AS i
INNER JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
INNER JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE NOT (i.indisvalid AND i.indisready AND i.indislive)
    AND c.relkind = 'i'
    AND c.relpersistence <> 't'
UNION ALL
SELECT
    'constraint',
    n.nspname::text,
    coalesce(t.relname, d.typname)::text,
    con.conname::text,
    false,
    CASE WHEN con.contypid <> 0 THEN 'domain' END,
    false,
    pg_catalog.pg_has_role(coalesce(t.relowner, d.typowner), 'USAGE')
FROM pg_catalog.pg_constraint AS con
INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = con.connamespace
LEFT JOIN pg_catalog.pg_class AS t ON t.oid = con.conrelid
LEFT JOIN pg_catalog.pg_type AS d ON d.oid = con.contypid
WHERE NOT con.convalidated
    AND con.conparentid = 0
    AND con.coninhcount = 0
    AND coalesce(t.relkind, 'd') IN ('r', 'p', 'd')
    -- From 18 on, one that is not enforced is never proved either.
    AND pg_catalog.to_jsonb(con) ->> 'conenforced' IS DISTINCT FROM 'false'
UNION ALL
SELECT
    'partition',
    pn.nspname::text,
    p.relname::text,
    pg_catalog.format('%%I.%%I', n.nspname, c.relname),
    false,
    NULL,
    EXISTS (
        SELECT FROM pg_catalog.pg_stat_activity AS a
        WHERE a.datname = pg_catalog.current_database()
            AND a.pid <> pg_catalog.pg_backend_pid()
            AND a.state = 'active'
            AND a.query ~* 'detach\s+partition'
    ),
    pg_catalog.pg_has_role(p.relowner, 'USAGE')
FROM pg_catalog.pg_inherits AS h
INNER JOIN pg_catalog.pg_class AS c ON c.oid = h.inhrelid
INNER JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
INNER JOIN pg_catalog.pg_class AS p ON p.oid = h.inhparent
INNER JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
WHERE h.inhdetachpending
ORDER BY kind, schema, relation, name
