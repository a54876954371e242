-- One row is a publication.
SELECT p.oid,
    p.pubname,
    p.pubowner,
    p.puballtables,
    array_remove(ARRAY[
        CASE WHEN p.pubinsert THEN 'insert' END,
        CASE WHEN p.pubupdate THEN 'update' END,
        CASE WHEN p.pubdelete THEN 'delete' END,
        CASE WHEN p.pubtruncate THEN 'truncate' END], NULL),
    p.pubviaroot,
    coalesce(j.row ->> 'pubgencols', 'n')
FROM pg_catalog.pg_publication p
CROSS JOIN LATERAL pg_catalog.to_jsonb(p) AS j (row)
