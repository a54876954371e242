-- One row is a relation with what belongs to it in one text: a line each of kind, oid, letter of its sort, escaped name.
-- Before 15 the copies of triggers on partitions count as internal, as those of foreign keys do.
SELECT p.relation,
    pg_catalog.string_agg(
        p.kind || ' ' || p.oid || ' ' || p.sort || ' '
            || pg_catalog.replace(pg_catalog.replace(p.name, E'\\', E'\\\\'), E'\n', E'\\n'),
        E'\n' ORDER BY p.kind, p.name COLLATE "C")
FROM (
    SELECT i.indrelid AS relation,
        'i' AS kind,
        c.oid,
        CASE WHEN i.indisprimary THEN 'p' WHEN i.indisunique THEN 'u' ELSE '-' END AS sort,
        c.relname::text AS name
    FROM pg_catalog.pg_index i
    JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
    UNION ALL
    SELECT k.conrelid, 'c', k.oid, k.contype::text, k.conname
    FROM pg_catalog.pg_constraint k
    WHERE k.conrelid <> 0 AND k.contype NOT IN ('n', 't')
    UNION ALL
    SELECT t.tgrelid, 't', t.oid, t.tgenabled::text, t.tgname
    FROM pg_catalog.pg_trigger t
    WHERE (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstrrelid = 0))
    UNION ALL
    SELECT l.polrelid, 'p', l.oid, l.polcmd::text, l.polname
    FROM pg_catalog.pg_policy l
    UNION ALL
    SELECT r.ev_class, 'r', r.oid, r.ev_type::text, r.rulename
    FROM pg_catalog.pg_rewrite r
    WHERE r.rulename <> '_RETURN'
    UNION ALL
    SELECT s.stxrelid, 's', s.oid, '-', s.stxname
    FROM pg_catalog.pg_statistic_ext s
) p
WHERE p.relation >= CASE WHEN %(system)s THEN 0 ELSE 16384 END
GROUP BY p.relation
