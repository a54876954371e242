CREATE TYPE addr AS (a int, c varchar(10));
CREATE FUNCTION f() RETURNS SETOF addr LANGUAGE sql AS 'select 1, ''x''::varchar(10)';
