CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE g (int) (sfunc = int4pl, stype = int);
CREATE VIEW v AS SELECT f(1), g(x) FROM generate_series(1, 2) x;
