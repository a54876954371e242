CREATE TYPE addr AS (a bigint, c text COLLATE "C");
CREATE FUNCTION f() RETURNS SETOF addr LANGUAGE sql AS 'select 1::bigint, ''x''::text';
