-- A row is one of the databases nearest to the end of their transaction numbers, with the share of them that is used up:
-- by rows' or by row locks' numbers, whichever is more.
SELECT
    datname::text AS label,
    pg_catalog.round(100.0 * greatest(a.age, a.locks_age) / 2147483648, 2) AS value,
    pg_catalog.concat(
        pg_catalog.to_char(greatest(a.age, a.locks_age), 'FM9,999,999,999'),
        CASE
            WHEN a.age > pg_catalog.current_setting('autovacuum_freeze_max_age')::bigint
                OR a.locks_age > pg_catalog.current_setting('autovacuum_multixact_freeze_max_age')::bigint
                THEN ' · autovacuum must freeze'
        END
    ) AS note
FROM pg_catalog.pg_database
CROSS JOIN LATERAL (SELECT pg_catalog.age(datfrozenxid), pg_catalog.mxid_age(datminmxid)) AS a (age, locks_age)
ORDER BY greatest(a.age, a.locks_age) DESC, label
LIMIT 3
