-- No row: the traffic's edges go.
DELETE FROM skin_twin.hypergraph_edges WHERE starts_with(source_id, 'traffic-')
