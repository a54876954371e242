-- The eleven tables of the first version:
-- runs of simulations, a table for the results of each of five models, and what hangs beside them.

CREATE TABLE public.simulation_runs (
    run_id uuid DEFAULT gen_random_uuid() CONSTRAINT simulation_runs_pkey PRIMARY KEY,
    simulation_type varchar(50) NOT NULL,
    configuration jsonb NOT NULL DEFAULT '{}',
    status varchar(20)
        CONSTRAINT simulation_runs_status_check CHECK (status IN ('running', 'completed', 'failed')),
    run_timestamp timestamptz NOT NULL DEFAULT now(),
    duration_seconds numeric(10, 2),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_simulation_runs_type ON public.simulation_runs (simulation_type);

CREATE INDEX idx_simulation_runs_timestamp ON public.simulation_runs (run_timestamp);

CREATE TABLE public.agent_simulation_results (
    result_id uuid DEFAULT gen_random_uuid() CONSTRAINT agent_simulation_results_pkey PRIMARY KEY,
    run_id uuid NOT NULL
        CONSTRAINT agent_simulation_results_run_id_fkey
        REFERENCES public.simulation_runs (run_id) ON DELETE CASCADE,
    time_steps integer,
    total_agents integer,
    total_workload integer,
    average_efficiency numeric(5, 4),
    total_interactions integer,
    metrics jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_agent_results_run ON public.agent_simulation_results (run_id);

CREATE TABLE public.discrete_event_results (
    result_id uuid DEFAULT gen_random_uuid() CONSTRAINT discrete_event_results_pkey PRIMARY KEY,
    run_id uuid NOT NULL
        CONSTRAINT discrete_event_results_run_id_fkey
        REFERENCES public.simulation_runs (run_id) ON DELETE CASCADE,
    simulation_duration numeric(10, 2),
    total_cases integer,
    closed_cases integer,
    average_duration numeric(10, 2),
    closure_rate numeric(5, 2),
    total_events integer,
    hearings_conducted integer,
    rulings_issued integer,
    metrics jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_discrete_event_results_run ON public.discrete_event_results (run_id);

CREATE TABLE public.system_dynamics_results (
    result_id uuid DEFAULT gen_random_uuid() CONSTRAINT system_dynamics_results_pkey PRIMARY KEY,
    run_id uuid NOT NULL
        CONSTRAINT system_dynamics_results_run_id_fkey
        REFERENCES public.simulation_runs (run_id) ON DELETE CASCADE,
    simulation_duration numeric(10, 2),
    time_step numeric(10, 2),
    system_efficiency numeric(10, 2),
    average_cycle_time numeric(10, 2),
    total_cases_filed numeric(10, 2),
    total_cases_closed numeric(10, 2),
    average_wip numeric(10, 2),
    final_stocks jsonb,
    metrics jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_system_dynamics_results_run ON public.system_dynamics_results (run_id);

CREATE TABLE public.hypergnn_results (
    result_id uuid DEFAULT gen_random_uuid() CONSTRAINT hypergnn_results_pkey PRIMARY KEY,
    run_id uuid NOT NULL
        CONSTRAINT hypergnn_results_run_id_fkey REFERENCES public.simulation_runs (run_id) ON DELETE CASCADE,
    num_nodes integer,
    num_hyperedges integer,
    num_communities integer,
    avg_node_degree numeric(10, 4),
    avg_edge_size numeric(10, 4),
    communities jsonb,
    link_predictions jsonb,
    metrics jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_hypergnn_results_run ON public.hypergnn_results (run_id);

CREATE TABLE public.case_llm_results (
    result_id uuid DEFAULT gen_random_uuid() CONSTRAINT case_llm_results_pkey PRIMARY KEY,
    run_id uuid NOT NULL
        CONSTRAINT case_llm_results_run_id_fkey REFERENCES public.simulation_runs (run_id) ON DELETE CASCADE,
    case_id varchar(100),
    model_name varchar(50),
    predicted_outcome varchar(50),
    confidence numeric(5, 4)
        CONSTRAINT case_llm_results_confidence_check CHECK (confidence BETWEEN 0 AND 1),
    evidence_quality numeric(5, 4)
        CONSTRAINT case_llm_results_evidence_quality_check CHECK (evidence_quality BETWEEN 0 AND 1),
    legal_merit numeric(5, 4)
        CONSTRAINT case_llm_results_legal_merit_check CHECK (legal_merit BETWEEN 0 AND 1),
    precedent_support numeric(5, 4)
        CONSTRAINT case_llm_results_precedent_support_check CHECK (precedent_support BETWEEN 0 AND 1),
    entities jsonb,
    summary text,
    metrics jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_case_llm_results_run ON public.case_llm_results (run_id);

CREATE INDEX idx_case_llm_results_case ON public.case_llm_results (case_id);

CREATE TABLE public.hypergraph_nodes (
    node_id varchar(100) CONSTRAINT hypergraph_nodes_pkey PRIMARY KEY,
    node_type varchar(50),
    case_id varchar(100),
    attributes jsonb,
    embedding double precision[],
    community_id integer,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_hypergraph_nodes_type ON public.hypergraph_nodes (node_type);

CREATE INDEX idx_hypergraph_nodes_case ON public.hypergraph_nodes (case_id);

CREATE INDEX idx_hypergraph_nodes_community ON public.hypergraph_nodes (community_id);

CREATE TABLE public.hypergraph_edges (
    edge_id varchar(100) CONSTRAINT hypergraph_edges_pkey PRIMARY KEY,
    edge_type varchar(50),
    case_id varchar(100),
    node_ids text[] NOT NULL,
    weight numeric(5, 4),
    attributes jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_hypergraph_edges_type ON public.hypergraph_edges (edge_type);

CREATE INDEX idx_hypergraph_edges_case ON public.hypergraph_edges (case_id);

CREATE TABLE public.case_analysis_metadata (
    analysis_id uuid DEFAULT gen_random_uuid() CONSTRAINT case_analysis_metadata_pkey PRIMARY KEY,
    case_id varchar(100) NOT NULL,
    case_number varchar(100),
    analysis_types text[],
    status varchar(20),
    summary text,
    insights jsonb,
    analysis_timestamp timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_case_analysis_case ON public.case_analysis_metadata (case_id);

CREATE INDEX idx_case_analysis_timestamp ON public.case_analysis_metadata (analysis_timestamp);

CREATE TABLE public.simulation_insights (
    insight_id uuid DEFAULT gen_random_uuid() CONSTRAINT simulation_insights_pkey PRIMARY KEY,
    run_id uuid
        CONSTRAINT simulation_insights_run_id_fkey REFERENCES public.simulation_runs (run_id) ON DELETE CASCADE,
    insight_type varchar(50),
    insight_category varchar(50),
    insight_text text,
    confidence numeric(5, 4),
    supporting_data jsonb,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_simulation_insights_run ON public.simulation_insights (run_id);

CREATE INDEX idx_simulation_insights_type ON public.simulation_insights (insight_type);

CREATE TABLE public.performance_metrics (
    metric_id uuid DEFAULT gen_random_uuid() CONSTRAINT performance_metrics_pkey PRIMARY KEY,
    metric_name varchar(100) NOT NULL,
    metric_value numeric(15, 4),
    metric_unit varchar(50),
    context jsonb,
    measurement_timestamp timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX idx_performance_metrics_name ON public.performance_metrics (metric_name);

CREATE INDEX idx_performance_metrics_timestamp ON public.performance_metrics (measurement_timestamp);
