CREATE TYPE addr AS (street text, zip text);
CREATE TABLE t (id int, a addr, more addr[]);
CREATE FUNCTION f(a addr) RETURNS text LANGUAGE sql AS 'select (a).street';
CREATE VIEW v AS SELECT id, (a).street FROM t;
INSERT INTO t VALUES (1, ROW('x', 'y'));
