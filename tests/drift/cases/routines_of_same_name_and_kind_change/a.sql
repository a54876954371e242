CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE f(text) LANGUAGE sql AS 'SELECT 1';
CREATE AGGREGATE f (float8) (sfunc = float8pl, stype = float8);
