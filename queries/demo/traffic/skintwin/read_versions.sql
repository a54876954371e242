-- One row a formulation: the ten that were changed last.
SELECT id, name, status, latest_version, last_modified
FROM skin_twin.formulation_versions
ORDER BY last_modified DESC NULLS LAST
LIMIT 10
