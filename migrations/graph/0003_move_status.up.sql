-- Moves the status out of properties into its own column: one statement does both, so that none is lost on the way.
-- The column is not empty, since 0002 has filled it with its default: what counts is where the property is, not where
-- the column is NULL. A word that is no status, or none at all, becomes draft_verbal.
UPDATE public.graph_nodes
SET
    status = CASE properties ->> 'status'
        WHEN 'curated' THEN 'curated'::public.node_status
        ELSE 'draft_verbal'::public.node_status
    END,
    properties = properties - 'status'
WHERE properties ? 'status'
    OR status IS NULL;
