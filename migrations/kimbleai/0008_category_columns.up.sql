-- Content is in a category: projects, conversations, knowledge and recordings get one, and three functions ask for it.
-- The second half of content-organization-system.sql; 0004 was the first.

-- The type and the operators of extension vector are looked up in the schema where it lives; see 0001.
SELECT set_config('search_path', quote_ident(n.nspname), true)
FROM pg_catalog.pg_extension AS e
JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace
WHERE e.extname = 'vector';

ALTER TABLE public.projects ADD COLUMN IF NOT EXISTS category_id text
    CONSTRAINT projects_category_id_fkey REFERENCES public.content_categories (id) ON DELETE SET NULL;

ALTER TABLE public.conversations ADD COLUMN IF NOT EXISTS category_id text
    CONSTRAINT conversations_category_id_fkey REFERENCES public.content_categories (id) ON DELETE SET NULL;

ALTER TABLE public.knowledge_base ADD COLUMN IF NOT EXISTS category_id text
    CONSTRAINT knowledge_base_category_id_fkey REFERENCES public.content_categories (id) ON DELETE SET NULL;

ALTER TABLE public.audio_transcriptions ADD COLUMN IF NOT EXISTS category_id text
    CONSTRAINT audio_transcriptions_category_id_fkey REFERENCES public.content_categories (id) ON DELETE SET NULL;

COMMENT ON COLUMN public.knowledge_base.category_id IS
    'What it is about; first filled from category, where that is the id or the name of a category';

CREATE INDEX IF NOT EXISTS idx_projects_category ON public.projects (category_id);

CREATE INDEX IF NOT EXISTS idx_conversations_category ON public.conversations (category_id);

CREATE INDEX IF NOT EXISTS idx_knowledge_base_category_id ON public.knowledge_base (category_id);

CREATE INDEX IF NOT EXISTS idx_audio_transcriptions_category ON public.audio_transcriptions (category_id);

-- Only rows without a category are filled, so a second run finds nothing to do. Their words stay where they are.
-- Being put into a category here is no change by a person: updated_at is left alone.
ALTER TABLE public.knowledge_base DISABLE TRIGGER knowledge_base_set_updated_at;

UPDATE public.knowledge_base AS k
SET category_id = c.id
FROM public.content_categories AS c
WHERE k.category_id IS NULL
    AND lower(k.category) IN (c.id, lower(c.name));

ALTER TABLE public.knowledge_base ENABLE TRIGGER knowledge_base_set_updated_at;

-- The first four columns are those of 0004. Each table is summed up by itself, so that none multiplies another.
CREATE OR REPLACE VIEW public.category_stats WITH (security_invoker = true) AS
SELECT
    c.id AS category_id,
    c.name AS category_name,
    coalesce(k.knowledge_count, 0) AS knowledge_count,
    greatest(k.latest, p.latest, v.latest, t.latest) AS last_activity,
    coalesce(p.project_count, 0) AS project_count,
    coalesce(v.conversation_count, 0) AS conversation_count,
    coalesce(t.transcription_count, 0) AS transcription_count
FROM public.content_categories AS c
LEFT JOIN (
    SELECT category_id, count(*) AS knowledge_count, max(created_at) AS latest
    FROM public.knowledge_base
    GROUP BY category_id
) AS k ON k.category_id = c.id
LEFT JOIN (
    SELECT category_id, count(*) AS project_count, max(created_at) AS latest
    FROM public.projects
    GROUP BY category_id
) AS p ON p.category_id = c.id
LEFT JOIN (
    SELECT category_id, count(*) AS conversation_count, max(coalesce(last_message_at, created_at)) AS latest
    FROM public.conversations
    GROUP BY category_id
) AS v ON v.category_id = c.id
LEFT JOIN (
    SELECT category_id, count(*) AS transcription_count, max(created_at) AS latest
    FROM public.audio_transcriptions
    GROUP BY category_id
) AS t ON t.category_id = c.id;

COMMENT ON VIEW public.category_stats IS
    'A row per category with how much is in it by category_id, and when something was last added or said';

-- The functions read with the rights of whoever calls.
CREATE OR REPLACE FUNCTION public.get_category_content(
    p_category_id text,
    p_user_id text,
    p_type text DEFAULT 'all',
    p_limit integer DEFAULT 50,
    p_offset integer DEFAULT 0
) RETURNS TABLE (
    content_type text,
    id text,
    title text,
    created_at timestamptz
)
LANGUAGE plpgsql
STABLE
SET search_path = ''
AS $$
BEGIN
    IF p_type IS NULL OR p_type NOT IN ('all', 'project', 'conversation', 'knowledge', 'transcription') THEN
        RAISE EXCEPTION 'there is no type of content %', coalesce(quote_literal(p_type), 'NULL')
            USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Types are project, conversation, knowledge, transcription, and all.';
    END IF;
    RETURN QUERY
    SELECT found.content_type, found.id, found.title, found.created_at
    FROM (
        SELECT 'project' AS content_type, p.id, p.name AS title, p.created_at
        FROM public.projects AS p
        WHERE p.category_id = p_category_id AND p.owner_id = p_user_id
        UNION ALL
        SELECT 'conversation', c.id, c.title, c.created_at
        FROM public.conversations AS c
        WHERE c.category_id = p_category_id AND c.user_id = p_user_id
        UNION ALL
        SELECT 'knowledge', k.id::text, k.title, k.created_at
        FROM public.knowledge_base AS k
        WHERE k.category_id = p_category_id AND k.user_id = p_user_id
        UNION ALL
        SELECT 'transcription', t.id::text, t.filename, t.created_at
        FROM public.audio_transcriptions AS t
        WHERE t.category_id = p_category_id AND t.user_id = p_user_id
    ) AS found
    WHERE p_type IN ('all', found.content_type)
    ORDER BY found.created_at DESC, found.content_type, found.id
    LIMIT p_limit
    OFFSET p_offset;
END
$$;

COMMENT ON FUNCTION public.get_category_content(text, text, text, integer, integer) IS
    'What a person has in a category, of one type or of all, newest first';

-- Text and keywords are cut into words in the same way, and a keyword is found where its words follow each other.
-- Words consist of letters, digits and the signs of "d&d", "c++" and "c#"; so "c" is not found in "c++".
CREATE OR REPLACE FUNCTION public.auto_categorize_content(p_text text, p_user_id text) RETURNS TABLE (
    category_id text,
    category_name text,
    confidence double precision,
    matched_keywords text[]
)
LANGUAGE sql
STABLE
SET search_path = ''
AS $$
    SELECT c.id, c.name, 1 - 0.5::double precision ^ cardinality(found.keywords), found.keywords
    FROM public.content_categories AS c
    CROSS JOIN LATERAL (
        SELECT array_agg(k.keyword ORDER BY k.place) AS keywords
        FROM unnest(c.keywords) WITH ORDINALITY AS k (keyword, place)
        CROSS JOIN LATERAL (
            SELECT
                ' ' || btrim(regexp_replace(lower(p_text), '[^[:alnum:]&+#]+', ' ', 'g')) || ' ' AS whole,
                ' ' || btrim(regexp_replace(lower(k.keyword), '[^[:alnum:]&+#]+', ' ', 'g')) || ' ' AS part
        ) AS words
        WHERE words.part <> '  '
            AND position(words.part IN words.whole) > 0
    ) AS found
    WHERE cardinality(found.keywords) > 0
        AND (c.created_by IS NULL OR c.created_by = p_user_id)
    ORDER BY 3 DESC, c.id
$$;

COMMENT ON FUNCTION public.auto_categorize_content(text, text) IS
    'The categories whose keywords are in a text, best first; each keyword found halves the doubt: 0.5, 0.75, 0.875';

-- See 0006 on similarity and lists.
CREATE OR REPLACE FUNCTION public.search_category_content(
    query_embedding vector,
    p_category_id text,
    p_user_id text,
    match_count integer DEFAULT 10,
    similarity_threshold double precision DEFAULT 0.3
) RETURNS TABLE (
    id uuid,
    title text,
    content text,
    similarity double precision,
    created_at timestamptz
)
LANGUAGE plpgsql
STABLE
SET search_path = public, extensions, pg_temp
AS $$
BEGIN
    PERFORM set_config('ivfflat.probes', '10', true);
    RETURN QUERY
    SELECT k.id, k.title, k.content, 1 - (k.embedding <=> query_embedding), k.created_at
    FROM public.knowledge_base AS k
    WHERE k.user_id = p_user_id
        AND k.category_id = p_category_id
        AND 1 - (k.embedding <=> query_embedding) BETWEEN similarity_threshold AND 1
    ORDER BY k.embedding <=> query_embedding
    LIMIT match_count;
END
$$;

COMMENT ON FUNCTION public.search_category_content IS
    'The knowledge of a person in one category that is nearest in meaning, most similar first';

-- These came after 0007, so they say themselves who may call them.
REVOKE EXECUTE ON FUNCTION public.get_category_content, public.auto_categorize_content, public.search_category_content
    FROM PUBLIC, anon;

GRANT EXECUTE ON FUNCTION public.get_category_content, public.auto_categorize_content, public.search_category_content
    TO authenticated, service_role;
