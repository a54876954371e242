CREATE TYPE c AS (a int);
CREATE FUNCTION cf(c) RETURNS int LANGUAGE sql IMMUTABLE AS 'select 1';
CREATE CAST (c AS int) WITH FUNCTION cf(c);
CREATE FUNCTION op(int, text) RETURNS bool LANGUAGE sql IMMUTABLE AS 'select true';
CREATE OPERATOR === (leftarg = int, rightarg = text, function = op);
