-- Records that a script was run, and whether it came to its end.
INSERT INTO {table}
    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
SELECT
    coalesce(pg_catalog.max(installed_rank), 0) + 1,
    %(version)s,
    %(description)s,
    %(type)s,
    %(script)s,
    %(checksum)s::integer,
    CURRENT_USER,
    %(duration_ms)s::integer,
    %(success)s
FROM {table}
