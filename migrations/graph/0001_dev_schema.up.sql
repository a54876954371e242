-- What dev was before the synchronisation: people, their nodes, and how these are related.
-- There is no index but those of the keys. Extension vector is here already, so that it is no part of what 0002 brings.

-- An extension belongs to the database. One that is missing is made and marked, so that the way down knows it.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'vector') THEN
        RETURN;
    END IF;
    CREATE EXTENSION vector WITH SCHEMA public;
    COMMENT ON EXTENSION vector IS 'made by dbconsole sample';
END
$$;

CREATE TABLE public.profiles (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT profiles_pkey PRIMARY KEY,
    email text NOT NULL CONSTRAINT profiles_email_key UNIQUE,
    display_name text,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE public.graph_nodes (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT graph_nodes_pkey PRIMARY KEY,
    user_id uuid NOT NULL
        CONSTRAINT graph_nodes_user_id_fkey REFERENCES public.profiles (id) ON DELETE CASCADE,
    node_type text NOT NULL,
    label text NOT NULL,
    description text,
    properties jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);

CREATE TABLE public.graph_edges (
    id uuid DEFAULT gen_random_uuid() CONSTRAINT graph_edges_pkey PRIMARY KEY,
    user_id uuid NOT NULL
        CONSTRAINT graph_edges_user_id_fkey REFERENCES public.profiles (id) ON DELETE CASCADE,
    source_node_id uuid NOT NULL
        CONSTRAINT graph_edges_source_node_id_fkey REFERENCES public.graph_nodes (id) ON DELETE CASCADE,
    target_node_id uuid NOT NULL
        CONSTRAINT graph_edges_target_node_id_fkey REFERENCES public.graph_nodes (id) ON DELETE CASCADE,
    edge_type text NOT NULL,
    properties jsonb NOT NULL DEFAULT '{}',
    valid_from timestamptz NOT NULL DEFAULT now(),
    valid_to timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT graph_edges_check CHECK (valid_to > valid_from)
);

-- Its arguments name columns that do not count: what is written there alone leaves updated_at as it was.
CREATE FUNCTION public.set_updated_at() RETURNS trigger
LANGUAGE plpgsql
SET search_path = ''
AS $$
DECLARE
    uncounted text[] := tg_argv::text[] || 'updated_at'::text;
BEGIN
    IF to_jsonb(new) - uncounted IS DISTINCT FROM to_jsonb(old) - uncounted THEN
        new.updated_at := now();
    END IF;
    RETURN new;
END
$$;

-- An embedding is made from a node. If writing it counted as a change, it would be older than its node at once.
CREATE TRIGGER graph_nodes_set_updated_at
    BEFORE UPDATE ON public.graph_nodes
    FOR EACH ROW EXECUTE FUNCTION public.set_updated_at('embedding', 'embedding_generated_at', 'embedding_status');

COMMENT ON TABLE public.profiles IS 'A person; stands for auth.users of Supabase';

COMMENT ON TABLE public.graph_nodes IS 'Something a person has told of: a goal, skill, emotion, session or accomplishment';
COMMENT ON COLUMN public.graph_nodes.node_type IS 'goal, skill, emotion, session or accomplishment';
COMMENT ON COLUMN public.graph_nodes.properties IS 'What only some nodes have, such as category and priority';
COMMENT ON COLUMN public.graph_nodes.updated_at IS
    'Set by a trigger when anything changes but the embedding and what is known about it';
COMMENT ON COLUMN public.graph_nodes.deleted_at IS 'When the person took it away; empty for a node that is there';

COMMENT ON TABLE public.graph_edges IS 'How two nodes of a person are related, and from when to when';
COMMENT ON COLUMN public.graph_edges.valid_to IS 'When it stopped to hold; empty while it holds';
