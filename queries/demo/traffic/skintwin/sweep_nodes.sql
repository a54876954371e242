-- No row: the traffic's nodes go.
DELETE FROM skin_twin.hypergraph_nodes WHERE starts_with(id, 'traffic-')
