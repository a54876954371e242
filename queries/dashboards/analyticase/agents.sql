-- A row is what the agents of a run did, the latest run first.
SELECT
    coalesce(r.run_name, r.run_id::text) AS run,
    a.average_efficiency AS efficiency,
    a.total_agents AS agents,
    a.investigators_count AS investigators,
    a.attorneys_count AS attorneys,
    a.judges_count AS judges,
    a.evidence_collected AS evidence,
    a.briefs_filed AS briefs,
    a.cases_won AS won,
    a.cases_lost AS lost,
    a.rulings_made AS rulings,
    r.run_timestamp AS at
FROM public.agent_simulation_results AS a
JOIN public.simulation_runs AS r ON r.run_id = a.run_id
WHERE %(run)s::uuid IS NULL OR r.run_id = %(run)s
ORDER BY r.run_timestamp DESC, a.result_id
LIMIT 200
