-- Never a row: an entry that does not say what was done.
INSERT INTO skin_twin.audit_log (entity_type, entity_id, action)
VALUES ('traffic', 'traffic-wrong', NULL)
