CREATE FUNCTION f(a int) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT a > 0';
CREATE TABLE t (a int CHECK (f(a)), b boolean DEFAULT f(1), c boolean GENERATED ALWAYS AS (f(a)) STORED);
CREATE INDEX t_f ON t (f(a)) WHERE f(a);
CREATE VIEW v AS SELECT f(a) AS f FROM t;
