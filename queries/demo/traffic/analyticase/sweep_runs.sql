-- No row: the traffic's runs go, with what hangs on them.
DELETE FROM public.simulation_runs WHERE configuration @> '{"made_by": "demo traffic"}'
