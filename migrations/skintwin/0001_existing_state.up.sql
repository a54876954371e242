-- What the assessment found before the synchronisation:
-- three tables and a view in skin_twin, eleven tables and a view in public.

CREATE SCHEMA skin_twin;

CREATE TABLE skin_twin.formulations (
    id varchar(50) CONSTRAINT formulations_pkey PRIMARY KEY,
    name varchar(255) NOT NULL,
    description text,
    status varchar(50) NOT NULL DEFAULT 'draft'
        CONSTRAINT formulations_status_check CHECK (status IN ('draft', 'testing', 'approved', 'archived')),
    created_by varchar(100),
    ingredients jsonb,
    properties jsonb,
    metadata jsonb,
    created_at timestamp DEFAULT now(),
    updated_at timestamp DEFAULT now()
);

CREATE INDEX idx_formulations_status ON skin_twin.formulations (status);

CREATE INDEX idx_formulations_created_at ON skin_twin.formulations (created_at);

CREATE TABLE skin_twin.formulation_history (
    id serial CONSTRAINT formulation_history_pkey PRIMARY KEY,
    formulation_id varchar(50) NOT NULL
        CONSTRAINT formulation_history_formulation_id_fkey REFERENCES skin_twin.formulations (id) ON DELETE CASCADE,
    version integer NOT NULL CONSTRAINT formulation_history_version_check CHECK (version > 0),
    change_type varchar(50),
    changes jsonb NOT NULL,
    changed_by varchar(100),
    description text,
    changed_at timestamp DEFAULT now(),
    CONSTRAINT formulation_history_formulation_id_version_key UNIQUE (formulation_id, version)
);

CREATE INDEX idx_formulation_history_changed_at ON skin_twin.formulation_history (changed_at);

CREATE TABLE skin_twin.audit_log (
    id serial CONSTRAINT audit_log_pkey PRIMARY KEY,
    entity_type varchar(50) NOT NULL,
    entity_id varchar(50) NOT NULL,
    action varchar(50) NOT NULL,
    user_id varchar(100),
    changes jsonb,
    metadata jsonb,
    "timestamp" timestamp DEFAULT now()
);

CREATE INDEX idx_audit_log_entity ON skin_twin.audit_log (entity_type, entity_id);

CREATE INDEX idx_audit_log_timestamp ON skin_twin.audit_log ("timestamp");

CREATE TABLE public.ingredients (
    id serial CONSTRAINT ingredients_pkey PRIMARY KEY,
    inci_name varchar(255) NOT NULL CONSTRAINT ingredients_inci_name_key UNIQUE,
    cas_number varchar(20),
    category varchar(50),
    functions text[],
    safety_level varchar(20),
    max_concentration numeric(6, 3)
        CONSTRAINT ingredients_max_concentration_check CHECK (max_concentration BETWEEN 0 AND 100),
    properties jsonb,
    created_at timestamp DEFAULT now()
);

CREATE TABLE public.hypergraph_nodes (
    id varchar(50) CONSTRAINT hypergraph_nodes_pkey PRIMARY KEY,
    node_type varchar(50) NOT NULL,
    label varchar(255) NOT NULL,
    properties jsonb,
    created_at timestamp DEFAULT now()
);

CREATE TABLE public.hypergraph_edges (
    id serial CONSTRAINT hypergraph_edges_pkey PRIMARY KEY,
    edge_type varchar(50) NOT NULL,
    source_id varchar(50) NOT NULL
        CONSTRAINT hypergraph_edges_source_id_fkey REFERENCES public.hypergraph_nodes (id) ON DELETE CASCADE,
    target_id varchar(50) NOT NULL
        CONSTRAINT hypergraph_edges_target_id_fkey REFERENCES public.hypergraph_nodes (id) ON DELETE CASCADE,
    weight numeric(10, 4) DEFAULT 1.0,
    properties jsonb,
    created_at timestamp DEFAULT now()
);

CREATE TABLE public.hypergraph_analysis (
    id serial CONSTRAINT hypergraph_analysis_pkey PRIMARY KEY,
    analysis_type varchar(50) NOT NULL,
    node_count integer,
    edge_count integer,
    density numeric(8, 6),
    result jsonb,
    created_at timestamp DEFAULT now()
);

-- Incoming and outgoing edges are counted apart: joining both and counting would multiply them.
CREATE VIEW public.hypergraph_node_analytics AS
SELECT
    n.id,
    n.node_type,
    n.label,
    coalesce(incoming.degree, 0) AS in_degree,
    coalesce(outgoing.degree, 0) AS out_degree,
    coalesce(incoming.weight, 0) + coalesce(outgoing.weight, 0) AS total_weight
FROM public.hypergraph_nodes AS n
LEFT JOIN (
    SELECT target_id, count(*) AS degree, sum(weight) AS weight
    FROM public.hypergraph_edges
    GROUP BY target_id
) AS incoming ON incoming.target_id = n.id
LEFT JOIN (
    SELECT source_id, count(*) AS degree, sum(weight) AS weight
    FROM public.hypergraph_edges
    GROUP BY source_id
) AS outgoing ON outgoing.source_id = n.id;

-- This view is older than skin_twin.hypergraph_nodes, so it reads the tables of public.
-- An edge from a node to itself counts once.
CREATE VIEW skin_twin.hypergraph_node_stats AS
SELECT
    n.id,
    n.node_type,
    n.label,
    count(e.node_id) AS edge_count,
    avg(e.weight) AS avg_weight,
    max(e.weight) AS max_weight,
    min(e.weight) AS min_weight
FROM public.hypergraph_nodes AS n
LEFT JOIN (
    SELECT source_id AS node_id, weight FROM public.hypergraph_edges
    UNION ALL
    SELECT target_id AS node_id, weight FROM public.hypergraph_edges WHERE target_id <> source_id
) AS e ON e.node_id = n.id
GROUP BY n.id, n.node_type, n.label;

CREATE TABLE public.ceo_task_log (
    id serial CONSTRAINT ceo_task_log_pkey PRIMARY KEY,
    task_id varchar(100) NOT NULL CONSTRAINT ceo_task_log_task_id_key UNIQUE,
    task_type varchar(50) CONSTRAINT ceo_task_log_task_type_check
        CHECK (task_type IN ('analysis', 'optimization', 'prediction', 'generation')),
    priority varchar(20) CONSTRAINT ceo_task_log_priority_check
        CHECK (priority IN ('low', 'medium', 'high', 'critical')),
    status varchar(20) CONSTRAINT ceo_task_log_status_check
        CHECK (status IN ('pending', 'running', 'success', 'failure')),
    input jsonb,
    result jsonb,
    error_message text,
    execution_time_ms integer,
    created_at timestamp DEFAULT now(),
    started_at timestamp,
    completed_at timestamp
);

CREATE TABLE public.formulation_optimization_history (
    id serial CONSTRAINT formulation_optimization_history_pkey PRIMARY KEY,
    formulation_id varchar(50),
    method varchar(50) NOT NULL,
    initial_objective real,
    final_objective real,
    iterations integer,
    converged boolean,
    parameters jsonb,
    created_at timestamp DEFAULT now()
);

CREATE TABLE public.interface_completeness_tracking (
    id serial CONSTRAINT interface_completeness_tracking_pkey PRIMARY KEY,
    interface_name varchar(255) NOT NULL,
    file_path text,
    total_members integer NOT NULL
        CONSTRAINT interface_completeness_tracking_total_members_check CHECK (total_members > 0),
    implemented_members integer NOT NULL,
    completeness numeric(5, 2) GENERATED ALWAYS AS (round(100.0 * implemented_members / total_members, 2)) STORED,
    checked_at timestamp DEFAULT now()
);

CREATE TABLE public.jax_model_registry (
    id serial CONSTRAINT jax_model_registry_pkey PRIMARY KEY,
    model_name varchar(255) NOT NULL,
    version varchar(50) NOT NULL,
    model_type varchar(50),
    architecture jsonb,
    performance jsonb,
    status varchar(20) CONSTRAINT jax_model_registry_status_check
        CHECK (status IN ('training', 'trained', 'deployed', 'deprecated')),
    created_at timestamp DEFAULT now(),
    updated_at timestamp DEFAULT now(),
    CONSTRAINT jax_model_registry_model_name_version_key UNIQUE (model_name, version)
);

CREATE TABLE public.multiscale_fields (
    id serial CONSTRAINT multiscale_fields_pkey PRIMARY KEY,
    field_name varchar(100) NOT NULL,
    scale varchar(20) CONSTRAINT multiscale_fields_scale_check
        CHECK (scale IN ('molecular', 'cellular', 'tissue', 'organ')),
    field_values jsonb NOT NULL,
    unit varchar(30),
    formulation_id varchar(50),
    created_at timestamp DEFAULT now()
);

CREATE TABLE public.repository_improvements (
    id serial CONSTRAINT repository_improvements_pkey PRIMARY KEY,
    area varchar(100) NOT NULL,
    title varchar(255) NOT NULL,
    description text,
    priority varchar(20) CONSTRAINT repository_improvements_priority_check
        CHECK (priority IN ('low', 'medium', 'high')),
    status varchar(20) CONSTRAINT repository_improvements_status_check
        CHECK (status IN ('open', 'done', 'rejected')),
    created_at timestamp DEFAULT now(),
    completed_at timestamp
);

CREATE TABLE public.type_safety_logs (
    id serial CONSTRAINT type_safety_logs_pkey PRIMARY KEY,
    file_path text NOT NULL,
    rule varchar(100),
    severity varchar(20) CONSTRAINT type_safety_logs_severity_check
        CHECK (severity IN ('info', 'warning', 'error')),
    message text,
    resolved boolean DEFAULT false,
    created_at timestamp DEFAULT now()
);
