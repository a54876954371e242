CREATE FUNCTION ok(x int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'select $1 > 0';
CREATE TABLE t (a int, CONSTRAINT c CHECK (ok(a)));
