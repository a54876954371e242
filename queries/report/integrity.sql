-- One row: how many indexes are not valid, constraints not validated, triggers disabled, and damaged pages were found.
SELECT
    (SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_user_indexes AS u) AS indexes,
    (SELECT pg_catalog.count(*) FROM pg_catalog.pg_index AS i WHERE NOT i.indisvalid OR NOT i.indisready) AS invalid_indexes,
    (
        SELECT pg_catalog.count(*)
        FROM pg_catalog.pg_constraint AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.connamespace
        WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_' AND c.contype IN ('c', 'f', 'p', 'u', 'x')
    ) AS constraints,
    (SELECT pg_catalog.count(*) FROM pg_catalog.pg_constraint AS c WHERE NOT c.convalidated) AS unvalidated_constraints,
    (
        SELECT pg_catalog.count(*)
        FROM pg_catalog.pg_trigger AS t
        WHERE t.tgenabled = 'D' AND NOT t.tgisinternal
    ) AS disabled_triggers,
    (
        SELECT d.checksum_failures
        FROM pg_catalog.pg_stat_database AS d
        WHERE d.datname = pg_catalog.current_database()
    ) AS damaged_pages
