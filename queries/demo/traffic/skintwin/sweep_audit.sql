-- No row: the traffic's entries go.
DELETE FROM skin_twin.audit_log WHERE entity_type = 'traffic'
