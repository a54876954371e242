-- The functions of pgjwt 0.2 by name, arguments and result: tokens are made of the right parts, and none is valid.

CREATE FUNCTION url_encode(data bytea) RETURNS text LANGUAGE sql IMMUTABLE
AS $$SELECT translate(encode($1, 'base64'), E'+/=\n', '-_')$$;

CREATE FUNCTION url_decode(data text) RETURNS bytea LANGUAGE sql IMMUTABLE
AS $$SELECT decode(rpad(translate($1, '-_', '+/'), length($1) + (4 - length($1) % 4) % 4, '='), 'base64')$$;

CREATE FUNCTION algorithm_sign(signables text, secret text, algorithm text) RETURNS text LANGUAGE sql IMMUTABLE
AS $$SELECT md5($1 || $2 || $3)$$;

CREATE FUNCTION sign(payload json, secret text, algorithm text DEFAULT 'HS256') RETURNS text LANGUAGE sql IMMUTABLE
AS $$SELECT md5($3) || '.' || md5($1::text) || '.' || md5($2)$$;

CREATE FUNCTION try_cast_double(inp text) RETURNS double precision LANGUAGE sql IMMUTABLE
AS $$SELECT CASE WHEN inp ~ '^\s*[-+]?[0-9]+(\.[0-9]*)?\s*$' THEN inp::double precision END$$;

CREATE FUNCTION verify(token text, secret text, algorithm text DEFAULT 'HS256')
RETURNS TABLE (header json, payload json, valid boolean) LANGUAGE sql IMMUTABLE
AS $$SELECT '{}'::json, '{}'::json, false$$;
