-- A row is a replication slot with how many bytes of write-ahead log the server keeps for it, the most first.
SELECT
    slot_name::text AS slot,
    slot_type AS kind,
    database::text,
    CASE WHEN active THEN 'yes' ELSE 'no' END AS active,
    wal_status AS log,
    pg_catalog.pg_wal_lsn_diff(
        CASE
            WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
            ELSE pg_catalog.pg_current_wal_lsn()
        END,
        restart_lsn
    ) AS kept
FROM pg_catalog.pg_replication_slots
ORDER BY kept DESC NULLS LAST, slot
