-- Takes the categories from all content again, and gives category_stats its first form back.

DROP FUNCTION public.search_category_content;

DROP FUNCTION public.auto_categorize_content;

DROP FUNCTION public.get_category_content;

-- REPLACE takes no columns from a view, so it is made anew; whoever held a right on it gets it back.
DO $$
DECLARE
    grants text[] := ARRAY(
        SELECT format(
            'GRANT %s ON public.category_stats TO %s%s',
            a.privilege_type,
            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END,
            CASE WHEN a.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END
        )
        FROM pg_catalog.pg_class AS c
        CROSS JOIN LATERAL aclexplode(c.relacl) WITH ORDINALITY AS a
        WHERE c.oid = 'public.category_stats'::regclass
            AND a.grantee <> c.relowner
        ORDER BY a.ordinality
    );
    statement text;
BEGIN
    DROP VIEW public.category_stats;
    CREATE VIEW public.category_stats WITH (security_invoker = true) AS
    SELECT
        c.id AS category_id,
        c.name AS category_name,
        k.knowledge_count,
        k.last_activity
    FROM public.content_categories AS c
    CROSS JOIN LATERAL (
        SELECT count(*) AS knowledge_count, max(b.created_at) AS last_activity
        FROM public.knowledge_base AS b
        WHERE lower(b.category) IN (c.id, lower(c.name))
    ) AS k;
    COMMENT ON VIEW public.category_stats IS
        'A row per category with the entries of knowledge_base whose category is its id or its name';
    -- What default privileges give to a new view, as on Supabase, 0007 had taken away.
    FOR statement IN
        SELECT DISTINCT format(
            'REVOKE ALL ON public.category_stats FROM %s',
            CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END
        )
        FROM pg_catalog.pg_class AS c
        CROSS JOIN LATERAL aclexplode(c.relacl) AS a
        WHERE c.oid = 'public.category_stats'::regclass
            AND a.grantee <> c.relowner
    LOOP
        EXECUTE statement;
    END LOOP;
    FOREACH statement IN ARRAY grants LOOP
        EXECUTE statement;
    END LOOP;
END
$$;

-- Each column takes its index and its foreign key with it.
ALTER TABLE public.audio_transcriptions DROP COLUMN category_id;

ALTER TABLE public.knowledge_base DROP COLUMN category_id;

ALTER TABLE public.conversations DROP COLUMN category_id;

ALTER TABLE public.projects DROP COLUMN category_id;
