-- A row is a column of the tables asked for: which share of its values is NULL, by the newest statistics.
SELECT schemaname::text AS schema, tablename::text AS table, attname::text AS column, null_frac::float8 AS nulls
FROM pg_catalog.pg_stats
WHERE NOT inherited
    AND (schemaname, tablename) IN (
        SELECT s.name, t.name
        FROM pg_catalog.unnest(%(schemas)s::text[]) WITH ORDINALITY AS s (name, place)
        JOIN pg_catalog.unnest(%(tables)s::text[]) WITH ORDINALITY AS t (name, place) USING (place)
    )
