-- Takes away all that 0001 made, views first. Nothing is cascaded: what somebody else built upon it makes this fail.

DROP VIEW skin_twin.hypergraph_node_stats;

DROP VIEW public.hypergraph_node_analytics;

DROP TABLE public.type_safety_logs;

DROP TABLE public.repository_improvements;

DROP TABLE public.multiscale_fields;

DROP TABLE public.jax_model_registry;

DROP TABLE public.interface_completeness_tracking;

DROP TABLE public.formulation_optimization_history;

DROP TABLE public.ceo_task_log;

DROP TABLE public.hypergraph_analysis;

DROP TABLE public.hypergraph_edges;

DROP TABLE public.hypergraph_nodes;

DROP TABLE public.ingredients;

DROP TABLE skin_twin.audit_log;

DROP TABLE skin_twin.formulation_history;

DROP TABLE skin_twin.formulations;

DROP SCHEMA skin_twin;
