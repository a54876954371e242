-- No row: an edge is taken out again.
DELETE FROM skin_twin.hypergraph_edges WHERE source_id = 'traffic-' || %(row)s::integer
