-- Do recordings belong to projects? 1 check: the view that tells them by project.

-- One row: it begins with the expected columns, and it can be read.
-- ts_stat runs a query that it is given as text, so a view that is missing is a failed check and no error.
SELECT
    expected.number || ' view ' || expected.view_name AS check_name,
    c.oid IS NOT NULL AND found.columns[:cardinality(expected.columns)] = expected.columns AS ok,
    CASE
        WHEN c.oid IS NULL THEN 'there is no such view'
        ELSE answer.word || ' rows of ' || array_to_string(found.columns, ', ')
    END AS detail
FROM (
    VALUES
        ('V32', 'public.transcription_stats', ARRAY[
            'user_id', 'project_id', 'project_name', 'transcription_count', 'total_duration_seconds',
            'total_size_bytes', 'last_transcribed'])
) AS expected (number, view_name, columns)
LEFT JOIN pg_catalog.pg_class AS c ON c.oid = to_regclass(expected.view_name) AND c.relkind = 'v'
CROSS JOIN LATERAL (
    SELECT array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_catalog.pg_attribute AS a
    WHERE a.attrelid = c.oid
) AS found
LEFT JOIN LATERAL ts_stat(CASE
    WHEN c.oid IS NULL THEN 'SELECT NULL::tsvector'
    ELSE 'SELECT array_to_tsvector(ARRAY[count(v)::text]) FROM ' || expected.view_name || ' AS v'
END) AS answer ON true
ORDER BY expected.number;
