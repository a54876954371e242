CREATE TABLE t (a int, b int);
CREATE FUNCTION f(t) RETURNS int LANGUAGE sql AS 'SELECT $1.a + $1.b';
CREATE VIEW v AS SELECT t.a, f(t) AS f FROM t;
