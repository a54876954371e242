-- A row is a formulation with its versions, the one that was changed last first.
SELECT
    v.name AS formulation,
    v.status,
    v.version_count AS versions,
    v.latest_version AS latest,
    v.last_modified AS changed
FROM skin_twin.formulation_versions AS v
ORDER BY v.last_modified DESC NULLS LAST, v.id
LIMIT 200
