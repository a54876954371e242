-- No row: an edge is weighed again.
UPDATE skin_twin.hypergraph_edges
SET weight = 5 - weight / 2
WHERE source_id = 'traffic-' || %(row)s::integer
