-- Makes dev of production again: takes away the view, the 27 indexes, the four columns with what is in them, the type.

DROP VIEW public.graph_monitoring_dashboard;

DROP INDEX
    public.idx_graph_edges_user_id, public.idx_graph_edges_type, public.idx_graph_edges_user_type,
    public.idx_graph_edges_source, public.idx_graph_edges_target, public.idx_graph_edges_source_type,
    public.idx_graph_edges_target_type, public.idx_graph_edges_user_source_type, public.idx_graph_edges_temporal,
    public.idx_graph_edges_active, public.idx_graph_edges_properties;

DROP INDEX
    public.idx_graph_nodes_embedding, public.idx_graph_nodes_unique_user_type_label, public.idx_graph_nodes_user_id,
    public.idx_graph_nodes_type, public.idx_graph_nodes_user_type, public.idx_graph_nodes_status,
    public.idx_graph_nodes_user_status, public.idx_graph_nodes_user_type_status, public.idx_graph_nodes_created_at,
    public.idx_graph_nodes_user_updated, public.idx_graph_nodes_properties, public.idx_graph_nodes_category,
    public.idx_graph_nodes_priority, public.idx_graph_nodes_label_fts, public.idx_graph_nodes_embedding_status,
    public.idx_graph_nodes_embedding_queue;

ALTER TABLE public.graph_nodes
    DROP COLUMN embedding_status,
    DROP COLUMN embedding_generated_at,
    DROP COLUMN embedding,
    DROP COLUMN status;

DROP TYPE public.node_status;
