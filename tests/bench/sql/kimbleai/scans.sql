-- How often each index for words or meanings was used so far.
SELECT s.indexrelname, s.idx_scan
FROM pg_catalog.pg_stat_user_indexes AS s
JOIN pg_catalog.pg_class AS c ON c.oid = s.indexrelid
JOIN pg_catalog.pg_am AS a ON a.oid = c.relam
WHERE a.amname IN ('gin', 'ivfflat')
