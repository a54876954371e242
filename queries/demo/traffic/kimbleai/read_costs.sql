-- One row a model: what it has cost this week.
SELECT model, count(*) AS calls, sum(cost_usd) AS cost_usd
FROM public.api_cost_tracking
WHERE "timestamp" > now() - interval '7 days'
GROUP BY model
