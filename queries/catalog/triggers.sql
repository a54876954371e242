-- One row is a trigger that someone made; its text is null when the table is locked.
-- Before 15 its copies on partitions count as internal, as those of foreign keys do.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT t.oid,
    t.tgrelid,
    t.tgname,
    t.tgenabled::text,
    t.tgfoid,
    t.tgconstraint <> 0,
    t.tgparentid,
    CASE WHEN t.tgrelid NOT IN (SELECT l.relation FROM locked l)
            AND t.tgconstrrelid NOT IN (SELECT l.relation FROM locked l)
        THEN pg_catalog.pg_get_triggerdef(t.oid)
    END
FROM pg_catalog.pg_trigger t
WHERE (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstrrelid = 0))
    AND t.tgrelid >= 16384
    AND (%(focus)s::pg_catalog.oid[] IS NULL OR t.tgrelid = ANY (%(focus)s::pg_catalog.oid[]))
