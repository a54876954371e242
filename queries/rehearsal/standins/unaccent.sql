-- The functions and the dictionary of unaccent 1.1: only the accents of western Europe are taken off.

CREATE FUNCTION unaccent(text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
AS $$
SELECT translate($1, 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿ', 'AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyy')
$$;

CREATE FUNCTION unaccent(regdictionary, text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
AS $$
SELECT translate($2, 'ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿ', 'AAAAAACEEEEIIIINOOOOOUUUUYaaaaaaceeeeiiiinooooouuuuyy')
$$;

CREATE TEXT SEARCH DICTIONARY unaccent (TEMPLATE = pg_catalog.simple);
