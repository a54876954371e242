-- One row: the share of checkpoints that were asked for, by much writing or by hand, of all since counting began.
SELECT
    pg_catalog.round(100.0 * s.checkpoints_req / nullif(s.checkpoints_timed + s.checkpoints_req, 0), 1) AS value,
    pg_catalog.concat(
        s.checkpoints_req, ' of ', s.checkpoints_timed + s.checkpoints_req, ', last ',
        pg_catalog.to_char(
            c.checkpoint_time,
            CASE WHEN c.checkpoint_time > pg_catalog.now() - interval '1 day' THEN 'HH24:MI' ELSE 'DD Mon' END
        )
    ) AS note
FROM pg_catalog.pg_stat_bgwriter AS s
CROSS JOIN pg_catalog.pg_control_checkpoint() AS c
