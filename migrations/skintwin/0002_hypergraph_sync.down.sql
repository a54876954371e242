-- The rollback plan of the synchronisation. The indexes go with their tables; the rows of both tables are lost.

DROP TRIGGER IF EXISTS update_hypergraph_nodes_timestamp ON skin_twin.hypergraph_nodes;

DROP TRIGGER IF EXISTS update_hypergraph_edges_timestamp ON skin_twin.hypergraph_edges;

DROP VIEW IF EXISTS skin_twin.formulation_versions;

DROP VIEW IF EXISTS skin_twin.edge_type_stats;

DROP TABLE IF EXISTS skin_twin.hypergraph_edges;

DROP TABLE IF EXISTS skin_twin.hypergraph_nodes;

DROP FUNCTION IF EXISTS skin_twin.update_timestamp();
