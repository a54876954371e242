-- The thirteen statements of the synchronisation of 15 November 2025:
-- two tables, six indexes, two views, a function, two triggers.

CREATE TABLE skin_twin.hypergraph_nodes (
    id VARCHAR(50) PRIMARY KEY,
    node_type VARCHAR(50) NOT NULL,
    label VARCHAR(255) NOT NULL,
    properties JSONB,
    created_at TIMESTAMP DEFAULT NOW(),
    updated_at TIMESTAMP DEFAULT NOW()
);

CREATE INDEX idx_hypergraph_nodes_type ON skin_twin.hypergraph_nodes (node_type);

CREATE INDEX idx_hypergraph_nodes_label ON skin_twin.hypergraph_nodes (label);

CREATE TABLE skin_twin.hypergraph_edges (
    id SERIAL PRIMARY KEY,
    edge_type VARCHAR(50) NOT NULL,
    source_id VARCHAR(50) NOT NULL,
    target_id VARCHAR(50) NOT NULL,
    weight DECIMAL(10, 4) DEFAULT 1.0,
    properties JSONB,
    created_at TIMESTAMP DEFAULT NOW(),
    updated_at TIMESTAMP DEFAULT NOW()
);

CREATE INDEX idx_hypergraph_edges_type ON skin_twin.hypergraph_edges (edge_type);

CREATE INDEX idx_hypergraph_edges_source ON skin_twin.hypergraph_edges (source_id);

CREATE INDEX idx_hypergraph_edges_target ON skin_twin.hypergraph_edges (target_id);

CREATE INDEX idx_hypergraph_edges_weight ON skin_twin.hypergraph_edges (weight DESC);

CREATE OR REPLACE VIEW skin_twin.formulation_versions AS
SELECT
    f.id,
    f.name,
    f.status,
    COUNT(h.version) as version_count,
    MAX(h.version) as latest_version,
    MAX(h.changed_at) as last_modified
FROM skin_twin.formulations f
LEFT JOIN skin_twin.formulation_history h
    ON f.id = h.formulation_id
GROUP BY f.id, f.name, f.status;

CREATE OR REPLACE VIEW skin_twin.edge_type_stats AS
SELECT
    edge_type,
    COUNT(*) as count,
    AVG(weight) as avg_weight,
    MIN(created_at) as first_created,
    MAX(created_at) as last_created
FROM skin_twin.hypergraph_edges
GROUP BY edge_type;

CREATE OR REPLACE FUNCTION skin_twin.update_timestamp()
RETURNS TRIGGER AS $$
BEGIN
    NEW.updated_at = NOW();
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER update_hypergraph_nodes_timestamp
    BEFORE UPDATE ON skin_twin.hypergraph_nodes
    FOR EACH ROW EXECUTE FUNCTION skin_twin.update_timestamp();

CREATE TRIGGER update_hypergraph_edges_timestamp
    BEFORE UPDATE ON skin_twin.hypergraph_edges
    FOR EACH ROW EXECUTE FUNCTION skin_twin.update_timestamp();
