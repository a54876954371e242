"""Simulation runs and their results: the plain statements."""

_RUN = "coalesce(run_id = %(run)s::uuid, %(run)s::uuid IS NULL)"
_RUNS = f"SELECT * FROM public.simulation_runs WHERE {_RUN}"


def _result(table: str, columns: str) -> str:
    return f"""
        SELECT run_name AS run, {columns}, run_timestamp AS at
        FROM public.{table} AS x JOIN ({_RUNS}) AS r USING (run_id) ORDER BY run_timestamp DESC, result_id LIMIT 200"""


ANALYTICASE = {
    "stats": f"""
        SELECT
            count(*) AS runs, sum((status = 'completed')::int) AS completed, sum((status = 'running')::int) AS running,
            sum(success_count) AS "scenarios done", sum(failure_count) AS "scenarios failed"
        FROM ({_RUNS}) AS r""",
    "failed": f"SELECT count(*) AS failed FROM ({_RUNS}) AS r WHERE status = 'failed'",
    "time": f"""
        SELECT round(sum(duration_seconds) / count(*), 1) AS seconds FROM ({_RUNS}) AS r WHERE status = 'completed'""",
    "runs": f"""
        SELECT
            run_timestamp AS at, run_name AS run, status, duration_seconds AS time,
            translate(simulation_type, '_', ' ') AS type, success_count AS done, failure_count AS failed
        FROM ({_RUNS}) AS r ORDER BY 1 DESC""",
    "weeks": f"""
        SELECT
            date_trunc('week', run_timestamp, 'UTC') AS week, translate(simulation_type, '_', ' ') AS type,
            count(*) AS runs
        FROM ({_RUNS}) AS r GROUP BY 1, 2 ORDER BY 1, 2""",
    "agents": _result(
        "agent_simulation_results",
        "average_efficiency AS efficiency, total_agents AS agents, evidence_collected AS evidence,"
        " briefs_filed AS briefs, cases_won AS won, cases_lost AS lost, rulings_made AS rulings",
    ),
    "events": _result(
        "discrete_event_results",
        'closure_rate AS closed, total_cases AS cases, average_duration AS "mean time", total_events AS events',
    ),
    "stocks": f"""
        SELECT run_timestamp AS at, stock.key AS stock, stock.value::numeric AS cases
        FROM public.system_dynamics_results AS x JOIN ({_RUNS}) AS r USING (run_id)
        CROSS JOIN LATERAL jsonb_each_text(final_stocks) AS stock
        ORDER BY
            run_timestamp DESC, result_id,
            array_position(ARRAY['filed', 'discovery', 'pretrial', 'trial', 'ruling', 'closed'], stock.key)""",
    "dynamics": _result(
        "system_dynamics_results",
        'system_efficiency AS efficiency, average_cycle_time AS "cycle time", total_cases_filed AS filed,'
        ' total_cases_closed AS closed, average_wip AS "in work"',
    ),
    "networks": _result(
        "hypergnn_results",
        "(metrics -> 'accuracy')::numeric AS accuracy, num_nodes AS nodes, num_hyperedges AS edges,"
        " num_communities AS communities, avg_node_degree AS degree",
    ),
    "cases": f"""
        SELECT
            case_id AS case, confidence, predicted_outcome AS outcome, evidence_quality AS evidence,
            legal_merit AS merit, precedent_support AS precedent, case_rating AS rating, created_at AS at
        FROM public.case_llm_results WHERE {_RUN} ORDER BY created_at DESC, result_id LIMIT 200""",
    "metrics": f"""
        SELECT measurement_timestamp AS at, metric_value AS value FROM public.performance_metrics
        WHERE metric_name = %(metric)s AND {_RUN} ORDER BY 1 DESC, metric_id LIMIT 400""",
    "sources": f"""
        SELECT model_source AS model, insight_type AS type, count(*) AS insights
        FROM public.simulation_insights AS i
        JOIN (
            SELECT model_source, count(*) AS whole FROM public.simulation_insights WHERE {_RUN} GROUP BY 1
        ) AS w USING (model_source)
        WHERE {_RUN} GROUP BY 1, 2, whole ORDER BY whole DESC, 1, 2""",
    "outcomes": f"""
        SELECT predicted_outcome AS outcome, count(*) AS cases FROM public.case_llm_results WHERE {_RUN}
        GROUP BY 1 ORDER BY 2 DESC, 1""",
    "insights": f"""
        SELECT
            created_at AS at, model_source AS model, insight_category AS category, confidence, insight_text AS insight
        FROM public.simulation_insights WHERE {_RUN} ORDER BY 1 DESC, insight_id LIMIT 200""",
    "versions": """
        SELECT
            implementation_date AS at, model_name AS model, version, enhancement_type AS what, description
        FROM public.model_enhancements ORDER BY 1 DESC, 2, 3""",
}
