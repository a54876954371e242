-- A row is the hypergraph of a run as the network saw it, the latest run first.
SELECT
    coalesce(r.run_name, r.run_id::text) AS run,
    (g.metrics ->> 'accuracy')::numeric AS accuracy,
    g.num_nodes AS nodes,
    g.num_hyperedges AS edges,
    g.num_communities AS communities,
    g.avg_node_degree AS degree,
    g.avg_edge_size AS "edge size",
    g.attention_weights IS NOT NULL AS attention,
    r.run_timestamp AS at
FROM public.hypergnn_results AS g
JOIN public.simulation_runs AS r ON r.run_id = g.run_id
WHERE %(run)s::uuid IS NULL OR r.run_id = %(run)s
ORDER BY r.run_timestamp DESC, g.result_id
LIMIT 200
