-- A row is one of the twenty nodes whose edges weigh most, the heaviest first.
SELECT
    n.label AS node,
    n.node_type AS type,
    n.in_degree AS "in",
    n.out_degree AS "out",
    round(n.total_weight, 1) AS weight
FROM public.hypergraph_node_analytics AS n
ORDER BY n.total_weight DESC, n.id
LIMIT 20
