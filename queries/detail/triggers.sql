-- One row is a trigger of the relation; its text is null when it is locked.
-- Before 15 its copies on partitions count as internal, as those of foreign keys do.
WITH locked AS MATERIALIZED (
    SELECT l.relation
    FROM pg_catalog.pg_locks l
    JOIN pg_catalog.pg_database d ON d.oid = l.database AND d.datname = pg_catalog.current_database()
    WHERE l.mode = 'AccessExclusiveLock' AND l.relation IS NOT NULL AND l.pid <> pg_catalog.pg_backend_pid()
)
SELECT t.oid,
    t.tgname::text AS name,
    t.tgenabled::text AS enabled,
    t.tgfoid AS function,
    pg_catalog.obj_description(t.oid, 'pg_trigger') AS comment,
    CASE WHEN t.tgrelid NOT IN (SELECT l.relation FROM locked l)
            AND t.tgconstrrelid NOT IN (SELECT l.relation FROM locked l)
        THEN pg_catalog.pg_get_triggerdef(t.oid)
    END AS definition
FROM pg_catalog.pg_trigger t
WHERE t.tgrelid = %(oid)s
    AND (NOT t.tgisinternal OR (t.tgparentid <> 0 AND t.tgconstrrelid = 0))
ORDER BY t.tgname COLLATE "C"
