-- A row is how many of each there are: one in all.
SELECT
    (SELECT count(*) FROM skin_twin.formulation_versions) AS formulations,
    (SELECT coalesce(sum(v.version_count), 0) FROM skin_twin.formulation_versions AS v) AS versions,
    (SELECT count(*) FROM skin_twin.hypergraph_node_stats) AS nodes,
    (SELECT coalesce(sum(e.count), 0) FROM skin_twin.edge_type_stats AS e) AS edges,
    (SELECT count(*) FROM public.ceo_task_log AS t WHERE t.status IN ('pending', 'running')) AS "open tasks",
    (
        SELECT count(*)
        FROM public.ceo_task_log AS t
        WHERE t.status = 'failure'
            AND t.created_at >= %(since)s::timestamptz AT TIME ZONE 'UTC'
            AND t.created_at < %(until)s::timestamptz AT TIME ZONE 'UTC'
    ) AS "failed tasks"
