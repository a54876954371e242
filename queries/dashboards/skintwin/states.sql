-- A row is a status with the formulations that have it, in the order in which they come to it.
SELECT v.status, count(*) AS formulations
FROM skin_twin.formulation_versions AS v
GROUP BY v.status
ORDER BY array_position(ARRAY['draft', 'testing', 'approved', 'archived'], v.status::text), v.status
