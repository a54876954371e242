-- A row is the search path of the rest of the transaction, with a schema at its end, and whether that was not in it.
WITH was AS MATERIALIZED (
    SELECT %(schema)s::pg_catalog.name <> ALL (pg_catalog.current_schemas(true)) AS longer
)
SELECT
    pg_catalog.set_config(
        'search_path',
        CASE
            WHEN longer THEN pg_catalog.concat_ws(
                ', ', nullif(pg_catalog.current_setting('search_path'), ''), pg_catalog.quote_ident(%(schema)s)
            )
            ELSE pg_catalog.current_setting('search_path')
        END,
        true
    ) AS path,
    longer
FROM was
