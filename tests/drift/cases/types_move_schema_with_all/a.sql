CREATE SCHEMA x;
CREATE TYPE c AS (a int);
CREATE DOMAIN d AS c[];
CREATE TYPE r AS RANGE (SUBTYPE = int);
CREATE TABLE t (a c, b d, c r, f r_multirange);
INSERT INTO t (a) VALUES (ROW(1)::c);
CREATE FUNCTION f(c, d, r) RETURNS c LANGUAGE sql AS 'SELECT $1';
CREATE AGGREGATE ag(r) (SFUNC = range_merge, STYPE = r);
