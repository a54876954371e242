-- Takes away all that 0001 made, and extension vector if it was made here.

DROP TRIGGER graph_nodes_set_updated_at ON public.graph_nodes;

DROP FUNCTION public.set_updated_at();

DROP TABLE public.graph_edges;

DROP TABLE public.graph_nodes;

DROP TABLE public.profiles;

DO $$
BEGIN
    IF EXISTS (
        SELECT
        FROM pg_catalog.pg_extension
        WHERE extname = 'vector'
            AND obj_description(oid, 'pg_extension') = 'made by dbconsole sample'
    ) THEN
        DROP EXTENSION vector;
    END IF;
EXCEPTION
    WHEN dependent_objects_still_exist THEN
        RAISE NOTICE 'extension vector stays: other tables of this database use it';
END
$$;
