-- No row: the traffic's images go, each of which leaves an entry in the audit.
DELETE FROM public.images WHERE metadata @> '{"made_by": "demo traffic"}'
