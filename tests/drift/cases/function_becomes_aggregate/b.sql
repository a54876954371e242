CREATE AGGREGATE f (int) (sfunc = int4pl, stype = int);
CREATE PROCEDURE g(int) LANGUAGE sql AS 'SELECT $1';
CREATE VIEW v AS SELECT f(x) FROM generate_series(1, 2) x;
