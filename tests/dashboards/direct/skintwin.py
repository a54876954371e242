"""Formulations and their hypergraph: the plain statements."""

_SINCE = "%(since)s::timestamptz AT TIME ZONE 'UTC'"
_DEGREES = """
    SELECT
        id, node_type, label,
        (SELECT count(*) FROM public.hypergraph_edges AS e WHERE e.source_id = n.id) AS out_edges,
        (SELECT count(*) FROM public.hypergraph_edges AS e WHERE e.target_id = n.id) AS in_edges,
        (SELECT sum(weight) FROM public.hypergraph_edges AS e WHERE n.id IN (e.source_id, e.target_id)) AS weight
    FROM public.hypergraph_nodes AS n
"""

SKINTWIN = {
    "stats": f"""
        SELECT
            (SELECT count(*) FROM skin_twin.formulations) AS formulations,
            (SELECT count(*) FROM skin_twin.formulation_history) AS versions,
            (SELECT count(*) FROM public.hypergraph_nodes) AS nodes,
            (SELECT count(*) FROM skin_twin.hypergraph_edges) AS edges,
            count(*) FILTER (WHERE completed_at IS NULL) AS "open tasks",
            count(*) FILTER (WHERE error_message IS NOT NULL AND created_at >= {_SINCE}) AS "failed tasks"
        FROM public.ceo_task_log""",
    "members": """
        SELECT sum(implemented_members) AS value, sum(total_members) AS "limit"
        FROM public.interface_completeness_tracking""",
    "states": """
        SELECT status, count(*) AS formulations FROM skin_twin.formulations GROUP BY 1
        ORDER BY CASE status WHEN 'draft' THEN 1 WHEN 'testing' THEN 2 WHEN 'approved' THEN 3 ELSE 4 END""",
    "tasks": f"""
        SELECT task_type AS type, status, count(*) AS tasks FROM public.ceo_task_log WHERE created_at >= {_SINCE}
        GROUP BY 1, 2
        ORDER BY 1, CASE status WHEN 'success' THEN 1 WHEN 'running' THEN 2 WHEN 'pending' THEN 3 ELSE 4 END""",
    "versions": """
        SELECT
            name AS formulation, status, count(*) AS versions, max(version) AS latest, max(changed_at) AS changed
        FROM skin_twin.formulations AS f JOIN skin_twin.formulation_history AS h ON h.formulation_id = f.id
        GROUP BY f.id, name, status ORDER BY 5 DESC, f.id""",
    "edges": """
        SELECT
            edge_type AS type, count(*) AS edges, round(sum(weight) / count(*), 2) AS "mean weight",
            min(created_at) AS first, max(created_at) AS latest
        FROM skin_twin.hypergraph_edges GROUP BY 1 ORDER BY 2 DESC, 1""",
    "degrees": f"""
        SELECT out_edges + in_edges AS bucket, count(*) AS count
        FROM ({_DEGREES}) AS n GROUP BY 1 ORDER BY 1""",
    "hubs": f"""
        SELECT label AS node, node_type AS type, in_edges AS "in", out_edges AS "out", round(weight, 1) AS weight
        FROM ({_DEGREES}) AS n ORDER BY n.weight DESC, id LIMIT 20""",
    "cloud": f"""
        SELECT node_type AS type, out_edges AS "out", in_edges AS "in" FROM ({_DEGREES}) AS n ORDER BY 1, id""",
    "audit": f"""
        SELECT date_trunc('week', "timestamp") AS week, action, count(*) AS entries FROM skin_twin.audit_log
        WHERE "timestamp" >= {_SINCE} GROUP BY 1, 2 ORDER BY 1, 2""",
    "growth": """
        SELECT created_at AS at, node_count AS nodes, edge_count AS edges
        FROM public.hypergraph_analysis ORDER BY 1 DESC""",
    "better": f"""
        SELECT
            method,
            round((100 * sum((initial_objective - final_objective) / initial_objective) / count(*))::numeric, 1)
                AS improved
        FROM public.formulation_optimization_history WHERE created_at >= {_SINCE} GROUP BY 1 ORDER BY 2 DESC""",
    "flaws": """
        SELECT rule, sum(1 - resolved::int) AS open FROM public.type_safety_logs
        GROUP BY 1 HAVING NOT bool_and(resolved) ORDER BY 2 DESC, 1""",
}
