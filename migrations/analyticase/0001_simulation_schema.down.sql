-- Takes the eleven tables away, with all rows; the runs last, as the results refer to them.
-- Nothing is cascaded: what somebody else built upon them makes this fail.

DROP TABLE public.performance_metrics;

DROP TABLE public.simulation_insights;

DROP TABLE public.case_analysis_metadata;

DROP TABLE public.hypergraph_edges;

DROP TABLE public.hypergraph_nodes;

DROP TABLE public.case_llm_results;

DROP TABLE public.hypergnn_results;

DROP TABLE public.system_dynamics_results;

DROP TABLE public.discrete_event_results;

DROP TABLE public.agent_simulation_results;

DROP TABLE public.simulation_runs;
