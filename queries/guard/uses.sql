-- A row is a function or foreign table that a statement would reach through one of its names, however deep.
-- `names` is a JSON list of {kind, schema, name}; `path` are the schemas in which unqualified names are looked
-- for; NULL means in all, which finds too much rather than too little.
-- Views are followed by their rules, tables by their policies and partitions, functions by their parsed bodies and
-- defaults, types by the checks of their domains. A tree's text is searched for oids: pg_depend has no rows for
-- PostgreSQL's own functions. Nothing here waits for a lock.
WITH RECURSIVE names AS (
    SELECT n.kind, n.schema, n.name
    FROM pg_catalog.jsonb_to_recordset(%(names)s::pg_catalog.jsonb) AS n(kind text, schema text, name text)
), searched AS (
    SELECT n.oid, n.nspname
    FROM pg_catalog.pg_namespace AS n
    WHERE %(path)s::pg_catalog.text[] IS NULL OR n.nspname = ANY (%(path)s::pg_catalog.text[]) OR n.nspname = 'pg_catalog'
), placed AS (
    SELECT names.kind, names.name, searched.oid AS namespace, names.name AS via
    FROM names CROSS JOIN searched
    WHERE names.schema = ''
    UNION ALL
    SELECT names.kind, names.name, n.oid, pg_catalog.concat(names.schema, '.', names.name)
    FROM names JOIN pg_catalog.pg_namespace AS n ON n.nspname = names.schema
), walk(class, oid, via) AS (
    SELECT first.class, first.oid, first.via
    FROM (
        SELECT 'function', p.oid, placed.via
        FROM placed JOIN pg_catalog.pg_proc AS p ON p.proname = placed.name AND p.pronamespace = placed.namespace
        WHERE placed.kind = 'function'
        UNION ALL
        SELECT 'function', p.oid, placed.via
        FROM placed JOIN pg_catalog.pg_proc AS p ON p.proname = placed.name AND p.pronamespace = placed.namespace
        WHERE placed.kind = 'attribute' AND p.pronargs >= 1 AND p.pronargs - p.pronargdefaults <= 1 AND p.oid >= 16384
        UNION ALL
        SELECT 'function', o.oprcode::pg_catalog.oid, placed.via
        FROM placed
        JOIN pg_catalog.pg_operator AS o ON o.oprname = placed.name AND o.oprnamespace = placed.namespace
        WHERE placed.kind = 'operator' AND o.oid >= 16384
        UNION ALL
        SELECT 'relation', c.oid, placed.via
        FROM placed JOIN pg_catalog.pg_class AS c ON c.relname = placed.name AND c.relnamespace = placed.namespace
        WHERE placed.kind = 'relation'
        UNION ALL
        SELECT 'type', t.oid, placed.via
        FROM placed JOIN pg_catalog.pg_type AS t ON t.typname = placed.name AND t.typnamespace = placed.namespace
        WHERE placed.kind = 'type'
        UNION ALL
        SELECT 'function', c.castfunc, pg_catalog.format(
            'the cast from %%s to %%s', c.castsource::pg_catalog.regtype, c.casttarget::pg_catalog.regtype
        )
        FROM pg_catalog.pg_cast AS c
        WHERE c.oid >= 16384 AND c.castfunc <> 0
    ) AS first(class, oid, via)
    WHERE first.oid >= 16384 OR first.class = 'function'
    UNION
    SELECT next.class, next.oid, walk.via
    FROM walk
    CROSS JOIN LATERAL (
        SELECT found.kind, found.oid
        FROM (
            SELECT r.ev_action::pg_catalog.text
            FROM pg_catalog.pg_rewrite AS r JOIN pg_catalog.pg_class AS c ON c.oid = r.ev_class
            WHERE walk.class = 'relation' AND r.ev_class = walk.oid AND r.ev_type = '1' AND c.relkind = 'v'
            UNION ALL
            SELECT pg_catalog.concat(y.polqual::pg_catalog.text)
            FROM pg_catalog.pg_policy AS y JOIN pg_catalog.pg_class AS c ON c.oid = y.polrelid
            WHERE walk.class = 'relation' AND y.polrelid = walk.oid AND c.relrowsecurity
            UNION ALL
            SELECT pg_catalog.concat(p.prosqlbody::pg_catalog.text, p.proargdefaults::pg_catalog.text)
            FROM pg_catalog.pg_proc AS p
            WHERE walk.class = 'function' AND p.oid = walk.oid
            UNION ALL
            SELECT k.conbin::pg_catalog.text
            FROM pg_catalog.pg_constraint AS k
            WHERE walk.class = 'type' AND k.contypid = walk.oid
        ) AS tree(body)
        CROSS JOIN LATERAL (
            SELECT
                CASE m.match[1]
                    WHEN 'relid' THEN 'relation'
                    WHEN 'resulttype' THEN 'type'
                    WHEN 'opno' THEN 'operator'
                    ELSE 'function'
                END,
                m.match[2]::pg_catalog.oid
            FROM pg_catalog.regexp_matches(
                tree.body, ':(funcid|aggfnoid|winfnoid|opno|relid|resulttype) ([1-9][0-9]*)', 'g'
            ) AS m(match)
        ) AS found(kind, oid)
        UNION ALL
        SELECT 'function', o.oprcode::pg_catalog.oid
        FROM pg_catalog.pg_operator AS o
        WHERE walk.class = 'operator' AND o.oid = walk.oid
        UNION ALL
        SELECT 'relation', i.inhrelid
        FROM pg_catalog.pg_inherits AS i
        WHERE walk.class = 'relation' AND i.inhparent = walk.oid
        UNION ALL
        SELECT 'function', part.function::pg_catalog.oid
        FROM pg_catalog.pg_aggregate AS a
        CROSS JOIN LATERAL (
            VALUES (a.aggtransfn), (a.aggfinalfn), (a.aggcombinefn), (a.aggmtransfn), (a.aggminvtransfn), (a.aggmfinalfn)
        ) AS part(function)
        WHERE walk.class = 'function' AND a.aggfnoid = walk.oid AND part.function <> 0
        UNION ALL
        SELECT 'type', part.type
        FROM pg_catalog.pg_type AS t
        CROSS JOIN LATERAL (
            VALUES (t.typbasetype), (t.typelem)
            UNION ALL
            SELECT a.atttypid FROM pg_catalog.pg_attribute AS a WHERE a.attrelid = t.typrelid AND a.attnum > 0
        ) AS part(type)
        WHERE walk.class = 'type' AND t.oid = walk.oid
    ) AS next(class, oid)
    WHERE (walk.class = 'operator' OR walk.oid >= 16384) AND (next.class IN ('function', 'operator') OR next.oid >= 16384)
)
SELECT
    'function' AS kind,
    walk.via,
    p.oid::pg_catalog.regprocedure::pg_catalog.text AS name,
    CASE
        WHEN p.oid < 16384 AND p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace THEN p.proname::pg_catalog.text
    END AS builtin,
    p.provolatile = 'v' AS volatile,
    l.lanpltrusted OR p.prokind = 'a' AS trusted, -- an aggregate's parts have rows of their own
    l.lanname::pg_catalog.text AS language,
    e.extname::pg_catalog.text AS extension
FROM walk
JOIN pg_catalog.pg_proc AS p ON p.oid = walk.oid
JOIN pg_catalog.pg_language AS l ON l.oid = p.prolang
LEFT JOIN pg_catalog.pg_depend AS d
    ON d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid AND d.deptype = 'e'
LEFT JOIN pg_catalog.pg_extension AS e ON e.oid = d.refobjid
WHERE walk.class = 'function' AND p.prokind <> 'p'
UNION ALL
SELECT 'foreign table', walk.via, c.oid::pg_catalog.regclass::pg_catalog.text, NULL, true, true, w.fdwname::pg_catalog.text, NULL
FROM walk
JOIN pg_catalog.pg_class AS c ON c.oid = walk.oid
JOIN pg_catalog.pg_foreign_table AS f ON f.ftrelid = c.oid
JOIN pg_catalog.pg_foreign_server AS s ON s.oid = f.ftserver
JOIN pg_catalog.pg_foreign_data_wrapper AS w ON w.oid = s.srvfdw
WHERE walk.class = 'relation'
ORDER BY 2, 1, 3
