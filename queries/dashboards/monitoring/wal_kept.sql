-- One row: how many bytes of write-ahead log lie on the server, against what it strives to stay below.
SELECT
    'on disk' AS label,
    (SELECT pg_catalog.sum(f.size) FROM pg_catalog.pg_ls_waldir() AS f) AS value,
    pg_catalog.max(s.setting::bigint) * 1024 * 1024 AS "limit"
FROM pg_catalog.pg_settings AS s
WHERE s.name IN ('max_wal_size', 'wal_keep_size')
