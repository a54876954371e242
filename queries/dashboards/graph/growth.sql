-- A row is a day of the period, in UTC, with the nodes and edges that were made in it and are still there.
WITH days AS (
    SELECT d.day
    FROM (
        SELECT generate_series(
            greatest(
                date_trunc('day', %(since)s::timestamptz, 'UTC'),
                date_trunc('day', (SELECT min(n.created_at) FROM public.graph_nodes AS n), 'UTC')
            ),
            %(until)s::timestamptz - interval '1 microsecond',
            interval '24 hours'
        ) AS day
    ) AS d
    ORDER BY d.day DESC
    LIMIT 800
)

SELECT days.day, coalesce(n.nodes, 0) AS nodes, coalesce(e.edges, 0) AS edges
FROM days
LEFT JOIN (
    SELECT date_trunc('day', s.created_at, 'UTC') AS day, count(*) AS nodes
    FROM public.graph_nodes AS s
    WHERE s.created_at >= date_trunc('day', %(since)s::timestamptz, 'UTC')
        AND s.created_at < %(until)s
        AND s.deleted_at IS NULL
        AND (%(user)s::uuid IS NULL OR s.user_id = %(user)s)
    GROUP BY 1
) AS n ON n.day = days.day
LEFT JOIN (
    SELECT date_trunc('day', s.created_at, 'UTC') AS day, count(*) AS edges
    FROM public.graph_edges AS s
    WHERE s.created_at >= date_trunc('day', %(since)s::timestamptz, 'UTC')
        AND s.created_at < %(until)s
        AND (%(user)s::uuid IS NULL OR s.user_id = %(user)s)
    GROUP BY 1
) AS e ON e.day = days.day
ORDER BY days.day
