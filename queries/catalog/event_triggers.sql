-- One row is an event trigger.
SELECT t.oid, t.evtname, t.evtowner, t.evtevent, t.evtfoid, t.evtfoid::pg_catalog.regproc::text, t.evttags, t.evtenabled::text
FROM pg_catalog.pg_event_trigger t
ORDER BY t.evtname COLLATE "C"
