-- A row is a number of edges with how many nodes have as many.
SELECT n.edge_count AS bucket, count(*) AS count
FROM skin_twin.hypergraph_node_stats AS n
GROUP BY n.edge_count
ORDER BY n.edge_count
