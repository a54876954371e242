-- A row is a receiver of the write-ahead log with how many bytes and how long it is behind; on a standby, the first row is
-- this server itself, which may have received more than it has replayed.
SELECT
    'this server' AS receiver,
    NULL AS address,
    CASE WHEN pg_catalog.pg_is_wal_replay_paused() THEN 'paused' ELSE 'replaying' END AS state,
    NULL AS sync,
    pg_catalog.pg_wal_lsn_diff(r.received, r.replayed) AS behind,
    CASE
        WHEN r.received = r.replayed THEN interval '0'
        ELSE pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp()
    END AS delay
FROM (
    SELECT pg_catalog.pg_last_wal_receive_lsn(), pg_catalog.pg_last_wal_replay_lsn()
    WHERE pg_catalog.pg_is_in_recovery()
) AS r (received, replayed)
UNION ALL
SELECT
    application_name,
    pg_catalog.host(client_addr),
    state,
    sync_state,
    pg_catalog.pg_wal_lsn_diff(
        CASE
            WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
            ELSE pg_catalog.pg_current_wal_lsn()
        END,
        replay_lsn
    ),
    replay_lag
FROM pg_catalog.pg_stat_replication
