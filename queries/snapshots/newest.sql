-- At most one row: the newest snapshot, without what it holds; `genuine` is false for one that was brought from elsewhere,
-- whose transactions were others.
SELECT id, run, moment, after, taken_at, seen_at, horizon, counts, server_version, digest,
    (xid & 4294967295) = xmin::text::bigint AS genuine,
    content IS NOT NULL AS kept
FROM dbconsole.snapshots
ORDER BY id DESC
LIMIT 1
