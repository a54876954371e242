-- The functions of pg_session_jwt 0.3 that policies call: nobody is logged in.

CREATE FUNCTION auth.init() RETURNS void LANGUAGE sql
AS $$SELECT$$;

CREATE FUNCTION auth.jwt_session_init(jwt text) RETURNS void LANGUAGE sql STRICT
AS $$SELECT$$;

CREATE FUNCTION auth.session() RETURNS jsonb LANGUAGE sql STABLE STRICT
AS $$SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb$$;

CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql STABLE STRICT
AS $$SELECT nullif(current_setting('request.jwt.claims', true), '')::jsonb$$;

CREATE FUNCTION auth.user_id() RETURNS text LANGUAGE sql STABLE STRICT
AS $$SELECT auth.session() ->> 'sub'$$;

CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE STRICT
AS $$SELECT (auth.session() ->> 'sub')::uuid$$;
