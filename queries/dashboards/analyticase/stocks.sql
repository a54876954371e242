-- A row is a run and a stock, with the cases that stand in it at the end; of the latest thirty runs.
SELECT s.run_timestamp AS at, counted.stock, counted.cases
FROM (
    SELECT
        r.run_timestamp, d.result_id, d.filed_stock, d.discovery_stock, d.pretrial_stock, d.trial_stock,
        d.ruling_stock, d.closed_stock
    FROM public.system_dynamics_results AS d
    JOIN public.simulation_runs AS r ON r.run_id = d.run_id
    WHERE %(run)s::uuid IS NULL OR r.run_id = %(run)s
    ORDER BY r.run_timestamp DESC, d.result_id
    LIMIT 30
) AS s
CROSS JOIN LATERAL (
    VALUES
        (1, 'filed', s.filed_stock),
        (2, 'discovery', s.discovery_stock),
        (3, 'pretrial', s.pretrial_stock),
        (4, 'trial', s.trial_stock),
        (5, 'ruling', s.ruling_stock),
        (6, 'closed', s.closed_stock)
) AS counted (place, stock, cases)
ORDER BY s.run_timestamp DESC, s.result_id, counted.place
