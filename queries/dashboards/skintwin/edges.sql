-- A row is a type of edge with how many there are and how much they weigh, the most frequent first.
SELECT
    e.edge_type AS type,
    e.count AS edges,
    round(e.avg_weight, 2) AS "mean weight",
    e.first_created AS first,
    e.last_created AS latest
FROM skin_twin.edge_type_stats AS e
ORDER BY e.count DESC, e.edge_type
LIMIT 100
