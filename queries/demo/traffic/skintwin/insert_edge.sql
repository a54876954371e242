-- No row: a node comes into the hypergraph, with an edge to one that was there before.
WITH node AS (
    INSERT INTO skin_twin.hypergraph_nodes (id, node_type, label, properties, created_at, updated_at)
    VALUES (
        'traffic-' || %(row)s::integer, 'measurement', 'Measurement ' || %(row)s::integer,
        '{"made_by": "demo traffic"}', localtimestamp, localtimestamp
    )
    ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at
    RETURNING id
), before AS (
    DELETE FROM skin_twin.hypergraph_edges WHERE source_id = 'traffic-' || %(row)s::integer
)
INSERT INTO skin_twin.hypergraph_edges (edge_type, source_id, target_id, weight, created_at, updated_at)
SELECT 'measured_in', node.id, sample.id, 1 + mod(%(row)s::integer, 4), localtimestamp, localtimestamp
FROM node
CROSS JOIN (SELECT id FROM skin_twin.hypergraph_nodes ORDER BY id LIMIT 1) AS sample
