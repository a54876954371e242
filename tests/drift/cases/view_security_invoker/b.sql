CREATE TABLE t (a int, b int);
CREATE VIEW v1 WITH (security_invoker = off) AS SELECT a FROM t;
CREATE VIEW v2 WITH (security_invoker = on) AS SELECT a, b FROM t;
CREATE VIEW v3 AS SELECT b AS a FROM t;
CREATE VIEW v4 WITH (security_invoker) AS SELECT b, a FROM t;
