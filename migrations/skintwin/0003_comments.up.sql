-- Says in the database what each table, view and less than obvious column is for.
-- A migration of its own, since 0002 keeps to the thirteen statements of the report.

COMMENT ON SCHEMA skin_twin IS 'SkinTwin FormX: formulations, their history, and the hypergraph of what is in them';

COMMENT ON TABLE skin_twin.formulations IS 'A cosmetic formulation: one product as it is now';
COMMENT ON COLUMN skin_twin.formulations.created_by IS 'E-mail of the owner, who alone may change the row';
COMMENT ON COLUMN skin_twin.formulations.ingredients IS
    'List of {ingredient, inci_name, percent}; what is missing to 100 percent is water';
COMMENT ON COLUMN skin_twin.formulations.properties IS
    'Measured or wanted properties, such as ph, viscosity_mpas and water_percent';

COMMENT ON TABLE skin_twin.formulation_history IS 'Every version of every formulation, one row a change';
COMMENT ON COLUMN skin_twin.formulation_history.version IS 'Counts from 1 within its formulation';
COMMENT ON COLUMN skin_twin.formulation_history.changes IS 'What differs from the version before';

COMMENT ON TABLE skin_twin.audit_log IS 'Who did what to which entity, and when';
COMMENT ON COLUMN skin_twin.audit_log.entity_id IS
    'Key of the entity as text; no foreign key, since the log outlives what it tells of';
COMMENT ON COLUMN skin_twin.audit_log.user_id IS 'E-mail of the person who acted; empty for the system itself';

COMMENT ON TABLE skin_twin.hypergraph_nodes IS
    'What formulations are thought of in: ingredients, functions, effects, layers of the skin';
COMMENT ON COLUMN skin_twin.hypergraph_nodes.updated_at IS 'Set by the trigger at every update';

COMMENT ON TABLE skin_twin.hypergraph_edges IS 'How two nodes are related, and how strongly';
COMMENT ON COLUMN skin_twin.hypergraph_edges.source_id IS
    'Key of a node; no foreign key, so edges may arrive before their nodes';
COMMENT ON COLUMN skin_twin.hypergraph_edges.target_id IS
    'Key of a node; no foreign key, so edges may arrive before their nodes';
COMMENT ON COLUMN skin_twin.hypergraph_edges.weight IS 'Strength of the relation, 0 to 5 by convention';
COMMENT ON COLUMN skin_twin.hypergraph_edges.updated_at IS 'Set by the trigger at every update';

COMMENT ON VIEW skin_twin.hypergraph_node_stats IS
    'A row per node of public.hypergraph_nodes with the number and weights of its edges, in either direction';
COMMENT ON VIEW skin_twin.formulation_versions IS
    'A row per formulation with how many versions it has, the newest, and when it was made';
COMMENT ON VIEW skin_twin.edge_type_stats IS 'A row per type of edge with number, mean weight, first and last day';

COMMENT ON FUNCTION skin_twin.update_timestamp() IS 'Trigger function: sets updated_at to the time of the transaction';

COMMENT ON TABLE public.ingredients IS 'Ingredients by their INCI name, with category, functions and limits';
COMMENT ON COLUMN public.ingredients.inci_name IS 'Name in the International Nomenclature of Cosmetic Ingredients';
COMMENT ON COLUMN public.ingredients.max_concentration IS 'Highest share of a product, in percent';

COMMENT ON TABLE public.hypergraph_nodes IS 'Nodes of the first hypergraph, which other tables still read';

COMMENT ON TABLE public.hypergraph_edges IS 'Edges of the first hypergraph; here both ends must exist';
COMMENT ON COLUMN public.hypergraph_edges.weight IS 'Strength of the relation, 0 to 5 by convention';

COMMENT ON TABLE public.hypergraph_analysis IS 'Results of runs over the whole hypergraph';
COMMENT ON COLUMN public.hypergraph_analysis.density IS 'Edges present of all that could be, 0 to 1';

COMMENT ON VIEW public.hypergraph_node_analytics IS 'A row per node with its degrees and the weight of all its edges';

COMMENT ON TABLE public.ceo_task_log IS 'CEO task tracking: each task from pending to its end';
COMMENT ON COLUMN public.ceo_task_log.execution_time_ms IS 'Milliseconds from started_at to completed_at';

COMMENT ON TABLE public.formulation_optimization_history IS 'Runs of an optimiser over one formulation';
COMMENT ON COLUMN public.formulation_optimization_history.final_objective IS
    'Value of the objective at the end; lower is better';

COMMENT ON TABLE public.interface_completeness_tracking IS 'How much of each interface of the program is implemented';
COMMENT ON COLUMN public.interface_completeness_tracking.completeness IS 'Percent, computed from the two counts';

COMMENT ON TABLE public.jax_model_registry IS 'Models written in JAX, one row a version';

COMMENT ON TABLE public.multiscale_fields IS 'Simulated fields of the skin, from molecule to organ';
COMMENT ON COLUMN public.multiscale_fields.field_values IS 'Samples of the field, from the surface inwards';

COMMENT ON TABLE public.repository_improvements IS 'What should be better in the source, and whether it is';

COMMENT ON TABLE public.type_safety_logs IS 'Findings of the type checker';
