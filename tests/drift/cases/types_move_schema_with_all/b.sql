CREATE SCHEMA x;
CREATE TYPE x.c AS (a int);
CREATE DOMAIN x.d AS x.c[];
CREATE TYPE x.r AS RANGE (SUBTYPE = int);
CREATE TABLE t (a x.c, b x.d, c x.r, f x.r_multirange);
CREATE FUNCTION f(x.c, x.d, x.r) RETURNS x.c LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE ag(x.r) (SFUNC = range_merge, STYPE = x.r);
