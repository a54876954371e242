-- Never a row: more than certain, which a check refuses.
INSERT INTO public.case_llm_results (run_id, case_id, confidence)
SELECT run_id, 'traffic', 1.5 FROM public.simulation_runs LIMIT 1
