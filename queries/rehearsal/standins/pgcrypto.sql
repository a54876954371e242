-- The functions of pgcrypto 1.3 by name, arguments, result and volatility: lengths are right, ciphers are none.

CREATE FUNCTION digest(bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
SELECT
    CASE lower($2)
        WHEN 'md5' THEN decode(md5($1), 'hex')
        WHEN 'sha1' THEN substring(sha256($1) FOR 20)
        WHEN 'sha224' THEN sha224($1)
        WHEN 'sha256' THEN sha256($1)
        WHEN 'sha384' THEN sha384($1)
        WHEN 'sha512' THEN sha512($1)
    END
$$;

CREATE FUNCTION digest(text, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
SELECT
    CASE lower($2)
        WHEN 'md5' THEN decode(md5(convert_to($1, 'UTF8')), 'hex')
        WHEN 'sha1' THEN substring(sha256(convert_to($1, 'UTF8')) FOR 20)
        WHEN 'sha224' THEN sha224(convert_to($1, 'UTF8'))
        WHEN 'sha256' THEN sha256(convert_to($1, 'UTF8'))
        WHEN 'sha384' THEN sha384(convert_to($1, 'UTF8'))
        WHEN 'sha512' THEN sha512(convert_to($1, 'UTF8'))
    END
$$;

CREATE FUNCTION hmac(bytea, bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
SELECT
    CASE lower($3)
        WHEN 'md5' THEN decode(md5($2 || $1), 'hex')
        WHEN 'sha1' THEN substring(sha256($2 || $1) FOR 20)
        WHEN 'sha224' THEN sha224($2 || $1)
        WHEN 'sha256' THEN sha256($2 || $1)
        WHEN 'sha384' THEN sha384($2 || $1)
        WHEN 'sha512' THEN sha512($2 || $1)
    END
$$;

CREATE FUNCTION hmac(text, text, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$
SELECT
    CASE lower($3)
        WHEN 'md5' THEN decode(md5(convert_to($2 || $1, 'UTF8')), 'hex')
        WHEN 'sha1' THEN substring(sha256(convert_to($2 || $1, 'UTF8')) FOR 20)
        WHEN 'sha224' THEN sha224(convert_to($2 || $1, 'UTF8'))
        WHEN 'sha256' THEN sha256(convert_to($2 || $1, 'UTF8'))
        WHEN 'sha384' THEN sha384(convert_to($2 || $1, 'UTF8'))
        WHEN 'sha512' THEN sha512(convert_to($2 || $1, 'UTF8'))
    END
$$;

-- crypt(p, crypt(p, salt)) is crypt(p, salt).
CREATE FUNCTION crypt(text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT split_part($2, '~', 1) || '~' || md5($1 || split_part($2, '~', 1))$$;

CREATE FUNCTION gen_salt(text) RETURNS text LANGUAGE sql VOLATILE STRICT PARALLEL SAFE
AS $$SELECT '$' || $1 || '$' || replace(pg_catalog.gen_random_uuid()::text, '-', '')$$;

CREATE FUNCTION gen_salt(text, integer) RETURNS text LANGUAGE sql VOLATILE STRICT PARALLEL SAFE
AS $$SELECT '$' || $1 || '$' || $2 || '$' || replace(pg_catalog.gen_random_uuid()::text, '-', '')$$;

CREATE FUNCTION encrypt(bytea, bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION encrypt_iv(bytea, bytea, bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION decrypt(bytea, bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION decrypt_iv(bytea, bytea, bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION gen_random_bytes(integer) RETURNS bytea LANGUAGE sql VOLATILE STRICT PARALLEL SAFE
AS $$
SELECT
    substring(
        decode(string_agg(replace(pg_catalog.gen_random_uuid()::text, '-', ''), ''), 'hex') FOR $1
    ) FROM generate_series(0, $1 / 16)
$$;

CREATE FUNCTION gen_random_uuid() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE
AS $$SELECT pg_catalog.gen_random_uuid()$$;

CREATE FUNCTION pgp_sym_encrypt(text, text) RETURNS bytea LANGUAGE sql VOLATILE STRICT PARALLEL SAFE
AS $$SELECT convert_to($1, 'UTF8')$$;

CREATE FUNCTION pgp_sym_encrypt_bytea(bytea, text) RETURNS bytea LANGUAGE sql VOLATILE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION pgp_sym_encrypt(text, text, text) RETURNS bytea LANGUAGE sql VOLATILE STRICT PARALLEL SAFE
AS $$SELECT convert_to($1, 'UTF8')$$;

CREATE FUNCTION pgp_sym_encrypt_bytea(bytea, text, text) RETURNS bytea LANGUAGE sql VOLATILE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION pgp_sym_decrypt(bytea, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT convert_from($1, 'UTF8')$$;

CREATE FUNCTION pgp_sym_decrypt_bytea(bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION pgp_sym_decrypt(bytea, text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT convert_from($1, 'UTF8')$$;

CREATE FUNCTION pgp_sym_decrypt_bytea(bytea, text, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION pgp_pub_encrypt(text, bytea) RETURNS bytea LANGUAGE sql VOLATILE STRICT PARALLEL SAFE
AS $$SELECT convert_to($1, 'UTF8')$$;

CREATE FUNCTION pgp_pub_encrypt_bytea(bytea, bytea) RETURNS bytea LANGUAGE sql VOLATILE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION pgp_pub_encrypt(text, bytea, text) RETURNS bytea LANGUAGE sql VOLATILE STRICT PARALLEL SAFE
AS $$SELECT convert_to($1, 'UTF8')$$;

CREATE FUNCTION pgp_pub_encrypt_bytea(bytea, bytea, text) RETURNS bytea LANGUAGE sql VOLATILE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION pgp_pub_decrypt(bytea, bytea) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT convert_from($1, 'UTF8')$$;

CREATE FUNCTION pgp_pub_decrypt_bytea(bytea, bytea) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION pgp_pub_decrypt(bytea, bytea, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT convert_from($1, 'UTF8')$$;

CREATE FUNCTION pgp_pub_decrypt_bytea(bytea, bytea, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION pgp_pub_decrypt(bytea, bytea, text, text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT convert_from($1, 'UTF8')$$;

CREATE FUNCTION pgp_pub_decrypt_bytea(bytea, bytea, text, text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT $1$$;

CREATE FUNCTION pgp_key_id(bytea) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT 'SYMKEY'::text$$;

CREATE FUNCTION armor(bytea) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT encode($1, 'base64')$$;

CREATE FUNCTION armor(bytea, text[], text[]) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT encode($1, 'base64')$$;

CREATE FUNCTION dearmor(text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT decode($1, 'base64')$$;

CREATE FUNCTION pgp_armor_headers(text, OUT key text, OUT value text) RETURNS SETOF record LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$SELECT NULL::text, NULL::text WHERE false$$;
