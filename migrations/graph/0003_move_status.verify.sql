-- Has every status arrived? 3 checks. ts_stat runs a query that is given as text and counts words in what it returns;
-- so a column that is not there yet is found missing, and is no error.

-- One row: no status is left in properties.
SELECT
    'no status in properties' AS check_name,
    asked.is_there AND found.rows = 0 AS ok,
    CASE
        WHEN NOT asked.is_there THEN 'there is no table public.graph_nodes'
        WHEN found.rows = 0 THEN 'none is left there'
        ELSE found.rows || ' nodes still keep their status in properties'
    END AS detail
FROM (SELECT to_regclass('public.graph_nodes') IS NOT NULL) AS asked (is_there)
CROSS JOIN LATERAL (
    SELECT coalesce(sum(ndoc), 0) AS rows
    FROM ts_stat(
        CASE WHEN asked.is_there
            THEN 'SELECT ''node''::tsvector FROM public.graph_nodes WHERE properties ? ''status'''
            ELSE 'SELECT ''''::tsvector'
        END
    )
) AS found;

-- One row: every node has a status.
SELECT
    'every node has a status' AS check_name,
    asked.is_there AND found.rows = 0 AS ok,
    CASE
        WHEN NOT asked.is_there THEN 'there is no column status'
        WHEN found.rows = 0 THEN 'none is without'
        ELSE found.rows || ' nodes have none'
    END AS detail
FROM (
    SELECT EXISTS (
        SELECT
        FROM pg_catalog.pg_attribute
        WHERE attrelid = to_regclass('public.graph_nodes')
            AND attname = 'status'
            AND NOT attisdropped
    )
) AS asked (is_there)
CROSS JOIN LATERAL (
    SELECT coalesce(sum(ndoc), 0) AS rows
    FROM ts_stat(
        CASE WHEN asked.is_there
            THEN 'SELECT ''node''::tsvector FROM public.graph_nodes WHERE status IS NULL'
            ELSE 'SELECT ''''::tsvector'
        END
    )
) AS found;

-- One row: embedding_status, which nothing constrains, holds only the four words that mean something.
SELECT
    'embedding_status is known' AS check_name,
    asked.is_there AND found.list IS NULL AS ok,
    CASE
        WHEN NOT asked.is_there THEN 'there is no column embedding_status'
        ELSE coalesce('not known: ' || found.list, 'pending, generating, completed or failed everywhere')
    END AS detail
FROM (
    SELECT EXISTS (
        SELECT
        FROM pg_catalog.pg_attribute
        WHERE attrelid = to_regclass('public.graph_nodes')
            AND attname = 'embedding_status'
            AND NOT attisdropped
    )
) AS asked (is_there)
CROSS JOIN LATERAL (
    SELECT string_agg(word || ' (' || ndoc || ' nodes)', ', ' ORDER BY word) AS list
    FROM ts_stat(
        CASE WHEN asked.is_there
            THEN 'SELECT array_to_tsvector(ARRAY[coalesce(nullif(embedding_status, ''''), ''none at all'')])'
                ' FROM public.graph_nodes'
                ' WHERE embedding_status IN (''pending'', ''generating'', ''completed'', ''failed'') IS NOT TRUE'
            ELSE 'SELECT ''''::tsvector'
        END
    )
) AS found;
