-- One row is a subscription; its connection string is a secret and not read.
SELECT s.oid,
    s.subname,
    s.subowner,
    s.subenabled,
    s.subpublications,
    s.subslotname,
    s.subbinary::text,
    s.substream::text,
    s.subsynccommit
FROM pg_catalog.pg_subscription s
JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
WHERE d.datname = pg_catalog.current_database()
