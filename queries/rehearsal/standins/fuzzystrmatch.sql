-- The functions of fuzzystrmatch 1.2 by name, arguments, result and volatility: equal texts are equal, others are roughly so.

CREATE FUNCTION levenshtein(text, text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT CASE WHEN $1 = $2 THEN 0 ELSE greatest(length($1), length($2), 1) END$$;

CREATE FUNCTION levenshtein(text, text, integer, integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT CASE WHEN $1 = $2 THEN 0 ELSE greatest(length($1), length($2), 1) END$$;

CREATE FUNCTION levenshtein_less_equal(text, text, integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT CASE WHEN $1 = $2 THEN 0 ELSE greatest(length($1), length($2), 1) END$$;

CREATE FUNCTION levenshtein_less_equal(text, text, integer, integer, integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT CASE WHEN $1 = $2 THEN 0 ELSE greatest(length($1), length($2), 1) END$$;

CREATE FUNCTION difference(text, text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT CASE WHEN left(lower($1), 4) = left(lower($2), 4) THEN 4 ELSE 0 END$$;

CREATE FUNCTION metaphone(text, integer) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT left(upper($1), $2)$$;

CREATE FUNCTION soundex(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT left(upper($1), 4)$$;

CREATE FUNCTION text_soundex(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT left(upper($1), 4)$$;

CREATE FUNCTION dmetaphone(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT left(upper($1), 4)$$;

CREATE FUNCTION dmetaphone_alt(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT left(upper($1), 4)$$;

CREATE FUNCTION daitch_mokotoff(text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT ARRAY[left(upper($1), 6)]$$;
