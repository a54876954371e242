-- The functions of pg_graphql 1.5 that migrations speak of: what is asked is answered with no data.

CREATE SEQUENCE graphql.seq_schema_version;

CREATE FUNCTION graphql.resolve(
    query text, variables jsonb DEFAULT '{}', "operationName" text DEFAULT NULL, extensions jsonb DEFAULT NULL
) RETURNS jsonb LANGUAGE sql
AS $$SELECT '{"data": null}'::jsonb$$;

CREATE FUNCTION graphql.comment_directive(comment_ text) RETURNS jsonb LANGUAGE sql IMMUTABLE
AS $$SELECT '{}'::jsonb$$;

CREATE FUNCTION graphql.exception(message text) RETURNS text LANGUAGE plpgsql
AS $$BEGIN RAISE EXCEPTION USING errcode = '22000', message = message; END$$;

CREATE FUNCTION graphql.get_schema_version() RETURNS integer LANGUAGE sql SECURITY DEFINER
AS $$SELECT last_value::integer FROM graphql.seq_schema_version$$;
