-- One row is the database itself; columns that only newer versions have are null in older ones.
SELECT d.oid,
    d.datname,
    d.datdba,
    pg_catalog.pg_encoding_to_char(d.encoding),
    d.datcollate,
    d.datctype,
    coalesce(j.row ->> 'datlocale', j.row ->> 'daticulocale'),
    coalesce(j.row ->> 'datlocprovider', 'c'),
    d.datconnlimit,
    CASE WHEN t.spcname <> 'pg_default' THEN t.spcname::text ELSE '' END,
    (SELECT s.setconfig FROM pg_catalog.pg_db_role_setting s WHERE s.setdatabase = d.oid AND s.setrole = 0),
    pg_catalog.shobj_description(d.oid, 'pg_database')
FROM pg_catalog.pg_database d
CROSS JOIN LATERAL pg_catalog.to_jsonb(d) AS j (row)
LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace
WHERE d.datname = pg_catalog.current_database()
