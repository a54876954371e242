-- Categories of content: six that everybody has, and whatever a person adds.
-- The first half of content-organization-system.sql; 0008 is the second.

CREATE TABLE IF NOT EXISTS public.content_categories (
    id text CONSTRAINT content_categories_pkey PRIMARY KEY,
    name text NOT NULL CONSTRAINT content_categories_name_key UNIQUE,
    description text,
    icon text,
    color text,
    parent_id text
        CONSTRAINT content_categories_parent_id_fkey REFERENCES public.content_categories (id) ON DELETE SET NULL,
    keywords text[] NOT NULL DEFAULT '{}',
    created_by text
        CONSTRAINT content_categories_created_by_fkey REFERENCES public.users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
);

COMMENT ON TABLE public.content_categories IS 'What content may be about';
COMMENT ON COLUMN public.content_categories.keywords IS
    'Words and phrases by which a text is taken to be about it; compared as they stand, never as patterns';
COMMENT ON COLUMN public.content_categories.created_by IS 'Whose category it is; NULL for those of the system';

CREATE INDEX IF NOT EXISTS idx_content_categories_parent ON public.content_categories (parent_id);

-- These six are part of the schema. Whoever changed one keeps the change when this runs again.
INSERT INTO public.content_categories (id, name, description, icon, color, keywords) VALUES
    ('dnd', 'D&D', 'Campaigns, characters and rules of role-playing games', 'dice', '#8b5cf6', ARRAY[
        'd&d', 'dnd', 'dungeon master', 'dungeon', 'campaign', 'dice', 'initiative', 'saving throw', 'spell', 'goblin',
        'dragon', 'character sheet', 'role-playing', 'tavern']),
    ('military', 'Military', 'Service, history and doctrine of armed forces', 'shield', '#65a30d', ARRAY[
        'military', 'army', 'navy', 'regiment', 'battalion', 'deployment order', 'logistics', 'rank', 'commander',
        'rules of engagement', 'fortress', 'convoy', 'officer', 'siege']),
    ('development', 'Development', 'Writing and running programs', 'code', '#0ea5e9', ARRAY[
        'code', 'software', 'database', 'postgresql', 'python', 'typescript', 'c++', 'c#', 'node.js', 'api', 'bug',
        'function', 'index', 'query', 'migration', 'test']),
    ('business', 'Business', 'Customers, money and meetings', 'briefcase', '#f59e0b', ARRAY[
        'business', 'customer', 'invoice', 'contract', 'meeting', 'budget', 'revenue', 'marketing', 'q&a', 'supplier',
        'price', 'quarter', 'forecast']),
    ('personal', 'Personal', 'Family, home, health and spare time', 'heart', '#ec4899', ARRAY[
        'family', 'birthday', 'holiday', 'recipe', 'garden', 'doctor', 'health', 'exercise', 'bed & breakfast', 'home',
        'friend', 'diary']),
    ('general', 'General', 'Whatever belongs nowhere else', 'folder', '#64748b', ARRAY[]::text[])
ON CONFLICT DO NOTHING;

-- 0008 replaces this view by one that shows more, which must not be taken back here.
DO $$
BEGIN
    IF to_regclass('public.category_stats') IS NOT NULL THEN
        RETURN;
    END IF;
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
END
$$;
