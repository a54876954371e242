-- A row is a case as the model judged it, the latest first.
SELECT
    c.case_id AS case,
    c.confidence,
    c.predicted_outcome AS outcome,
    c.evidence_quality AS evidence,
    c.legal_merit AS merit,
    c.precedent_support AS precedent,
    c.case_rating AS rating,
    c.rag_documents_used AS documents,
    c.created_at AS at
FROM public.case_llm_results AS c
WHERE %(run)s::uuid IS NULL OR c.run_id = %(run)s
ORDER BY c.created_at DESC, c.result_id
LIMIT 200
