-- One row: whether there is a database, a tablespace or a subscription of this name.
SELECT CASE %(kind)s
    WHEN 'database' THEN EXISTS (SELECT FROM pg_catalog.pg_database WHERE datname = %(name)s)
    WHEN 'tablespace' THEN EXISTS (SELECT FROM pg_catalog.pg_tablespace WHERE spcname = %(name)s)
    ELSE EXISTS (
        SELECT FROM pg_catalog.pg_subscription AS s
        JOIN pg_catalog.pg_database AS d ON d.oid = s.subdbid
        WHERE d.datname = pg_catalog.current_database() AND s.subname = %(name)s
    )
END AS there
