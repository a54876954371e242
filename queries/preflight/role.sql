-- One row: what this role may do in the database, who may see to it that it may do more, and what is known of backups.
-- `libraries` are prefixes of settings that loaded libraries bring: one of them may allow what PostgreSQL itself does not.
SELECT
    current_user::text AS role,
    r.rolsuper AS superuser,
    r.rolcreaterole AS roles,
    r.rolcreatedb AS databases,
    pg_catalog.has_database_privilege(pg_catalog.current_database(), 'CREATE') AS schemas,
    pg_catalog.pg_has_role(r.oid, 'pg_read_all_stats', 'USAGE') AS sees_sessions,
    pg_catalog.current_setting('default_transaction_read_only') = 'on' AS read_only,
    coalesce(pg_catalog.current_schema()::text, '') AS schema,
    CASE WHEN r.rolsuper THEN '{}'::text[] ELSE ARRAY(
        SELECT DISTINCT pg_catalog.split_part(s.name, '.', 1) FROM pg_catalog.pg_settings AS s WHERE s.name LIKE '%.%'
    ) END AS libraries,
    EXISTS (
        SELECT FROM pg_catalog.pg_roles AS m
        WHERE m.rolname IN (
            'rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin', 'neon_superuser', 'supabase_admin',
            'avnadmin', 'doadmin', 'tsdbadmin'
        )
    ) AS managed,
    pg_catalog.current_setting('archive_mode') <> 'off' AS archives,
    pg_catalog.date_part('epoch', pg_catalog.now() - a.last_archived_time) AS archived_ago,
    pg_catalog.date_part('epoch', pg_catalog.now() - a.last_failed_time) AS failed_ago,
    (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_replication) AS standbys
FROM pg_catalog.pg_roles AS r
CROSS JOIN pg_catalog.pg_stat_archiver AS a
WHERE r.rolname = current_user
