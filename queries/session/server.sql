-- One row: who and where we are on this server, for the top line and for decisions by version and provider.
SELECT
    pg_catalog.current_setting('server_version_num')::integer AS version_num,
    pg_catalog.current_setting('server_version') AS version,
    pg_catalog.current_database()::text AS database,
    current_user::text AS role,
    pg_catalog.current_setting('is_superuser') = 'on' AS superuser,
    pg_catalog.pg_backend_pid() AS pid,
    pg_catalog.current_setting('server_encoding') AS encoding,
    pg_catalog.pg_is_in_recovery() AS standby,
    pg_catalog.current_setting('neon.project_id', true) AS neon_project,
    pg_catalog.to_regrole('supabase_admin') IS NOT NULL AS supabase
