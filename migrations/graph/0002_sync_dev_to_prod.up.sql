-- What production has and dev has not: a type, four columns, a view, 27 indexes.
-- It fails where a person has two nodes of the same type and label: the server names them, and nothing of it remains.

-- Extension vector may live elsewhere than in public, as in Supabase's schema extensions: until the end of this
-- transaction its type and its operator class are looked up there. All other names are written out.
SELECT set_config('search_path', quote_ident(n.nspname), true)
FROM pg_catalog.pg_extension AS e
JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
WHERE e.extname = 'vector';

CREATE TYPE public.node_status AS ENUM ('draft_verbal', 'curated');

COMMENT ON TYPE public.node_status IS 'draft_verbal: as it was told; curated: looked through by the person';

ALTER TABLE public.graph_nodes
    ADD COLUMN status public.node_status DEFAULT 'draft_verbal',
    ADD COLUMN embedding vector(1536),
    ADD COLUMN embedding_generated_at timestamptz,
    ADD COLUMN embedding_status text DEFAULT 'pending';

COMMENT ON COLUMN public.graph_nodes.status IS 'Whether the person has looked it through';
COMMENT ON COLUMN public.graph_nodes.embedding IS 'Where label and description point to; empty until it is generated';
COMMENT ON COLUMN public.graph_nodes.embedding_generated_at IS 'When the embedding was generated';
COMMENT ON COLUMN public.graph_nodes.embedding_status IS 'pending, generating, completed or failed';

-- First what may fail: the same goal twice is no longer allowed.
CREATE UNIQUE INDEX idx_graph_nodes_unique_user_type_label
    ON public.graph_nodes (user_id, node_type, label) WHERE deleted_at IS NULL;

CREATE INDEX idx_graph_nodes_embedding ON public.graph_nodes USING hnsw (embedding vector_cosine_ops);

CREATE INDEX idx_graph_nodes_user_id ON public.graph_nodes (user_id);

CREATE INDEX idx_graph_nodes_type ON public.graph_nodes (node_type);

CREATE INDEX idx_graph_nodes_user_type ON public.graph_nodes (user_id, node_type);

CREATE INDEX idx_graph_nodes_status ON public.graph_nodes (status);

CREATE INDEX idx_graph_nodes_user_status ON public.graph_nodes (user_id, status);

CREATE INDEX idx_graph_nodes_user_type_status ON public.graph_nodes (user_id, node_type, status);

CREATE INDEX idx_graph_nodes_created_at ON public.graph_nodes (created_at DESC);

CREATE INDEX idx_graph_nodes_user_updated ON public.graph_nodes (user_id, updated_at DESC);

CREATE INDEX idx_graph_nodes_properties ON public.graph_nodes USING gin (properties);

CREATE INDEX idx_graph_nodes_category
    ON public.graph_nodes ((properties ->> 'category')) WHERE properties ->> 'category' IS NOT NULL;

CREATE INDEX idx_graph_nodes_priority
    ON public.graph_nodes ((properties ->> 'priority')) WHERE properties ->> 'priority' IS NOT NULL;

CREATE INDEX idx_graph_nodes_label_fts ON public.graph_nodes USING gin (to_tsvector('english', label));

CREATE INDEX idx_graph_nodes_embedding_status ON public.graph_nodes (embedding_status);

CREATE INDEX idx_graph_nodes_embedding_queue
    ON public.graph_nodes (created_at) WHERE embedding_status = 'pending';

CREATE INDEX idx_graph_edges_user_id ON public.graph_edges (user_id);

CREATE INDEX idx_graph_edges_type ON public.graph_edges (edge_type);

CREATE INDEX idx_graph_edges_user_type ON public.graph_edges (user_id, edge_type);

CREATE INDEX idx_graph_edges_source ON public.graph_edges (source_node_id);

CREATE INDEX idx_graph_edges_target ON public.graph_edges (target_node_id);

CREATE INDEX idx_graph_edges_source_type ON public.graph_edges (source_node_id, edge_type);

CREATE INDEX idx_graph_edges_target_type ON public.graph_edges (target_node_id, edge_type);

CREATE INDEX idx_graph_edges_user_source_type ON public.graph_edges (user_id, source_node_id, edge_type);

CREATE INDEX idx_graph_edges_temporal ON public.graph_edges (valid_from, valid_to);

CREATE INDEX idx_graph_edges_active ON public.graph_edges (user_id, edge_type) WHERE valid_to IS NULL;

CREATE INDEX idx_graph_edges_properties ON public.graph_edges USING gin (properties);

-- Nodes and edges are counted apart: joined, each node would be counted once for each edge.
CREATE VIEW public.graph_monitoring_dashboard AS
SELECT
    p.id AS user_id,
    p.email,
    n.total_nodes,
    n.draft_nodes,
    n.curated_nodes,
    n.nodes_with_embeddings,
    n.pending_embeddings,
    n.generating_embeddings,
    n.failed_embeddings,
    round(100.0 * n.nodes_with_embeddings / n.total_nodes, 2) AS embedding_coverage_pct,
    coalesce(e.total_edges, 0) AS total_edges,
    coalesce(e.unique_edge_types, 0) AS unique_edge_types,
    round(coalesce(e.total_edges, 0)::numeric / n.total_nodes, 2) AS avg_edges_per_node,
    n.last_node_created,
    e.last_edge_created,
    n.nodes_created_24h,
    coalesce(e.edges_created_24h, 0) AS edges_created_24h
FROM public.profiles AS p
JOIN (
    SELECT
        user_id,
        count(*) AS total_nodes,
        count(*) FILTER (WHERE status = 'draft_verbal') AS draft_nodes,
        count(*) FILTER (WHERE status = 'curated') AS curated_nodes,
        count(embedding) AS nodes_with_embeddings,
        count(*) FILTER (WHERE embedding_status = 'pending') AS pending_embeddings,
        count(*) FILTER (WHERE embedding_status = 'generating') AS generating_embeddings,
        count(*) FILTER (WHERE embedding_status = 'failed') AS failed_embeddings,
        max(created_at) AS last_node_created,
        count(*) FILTER (WHERE created_at > now() - interval '24 hours') AS nodes_created_24h
    FROM public.graph_nodes
    WHERE deleted_at IS NULL
    GROUP BY user_id
) AS n ON n.user_id = p.id
LEFT JOIN (
    SELECT
        user_id,
        count(*) AS total_edges,
        count(DISTINCT edge_type) AS unique_edge_types,
        max(created_at) AS last_edge_created,
        count(*) FILTER (WHERE created_at > now() - interval '24 hours') AS edges_created_24h
    FROM public.graph_edges
    GROUP BY user_id
) AS e ON e.user_id = p.id;

COMMENT ON VIEW public.graph_monitoring_dashboard IS
    'A row per person with nodes: how many nodes and edges, how far their embeddings are, what is new';
COMMENT ON COLUMN public.graph_monitoring_dashboard.total_nodes IS 'Without those that were deleted';
COMMENT ON COLUMN public.graph_monitoring_dashboard.total_edges IS 'With those that no longer hold';
