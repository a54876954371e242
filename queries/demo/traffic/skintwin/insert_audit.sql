-- No row: somebody looked at a formulation, and it is written down.
WITH before AS (
    DELETE FROM skin_twin.audit_log WHERE entity_type = 'traffic' AND entity_id = 'traffic-' || %(row)s::integer
)
INSERT INTO skin_twin.audit_log (entity_type, entity_id, action, user_id, "timestamp")
VALUES ('traffic', 'traffic-' || %(row)s::integer, 'read', 'user@example.com', localtimestamp)
