-- One row an event, the newest first.
SELECT action, resource_type, status, "timestamp" FROM public.recent_audit_events LIMIT 20
