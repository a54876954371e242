-- since 15
CREATE TABLE t (a int, b int);
CREATE VIEW v1 WITH (security_invoker) AS SELECT a FROM t;
CREATE VIEW v2 AS SELECT a FROM t;
CREATE VIEW v3 WITH (security_invoker = false) AS SELECT a FROM t;
CREATE VIEW v4 WITH (security_invoker, security_barrier) AS SELECT a, b FROM t;
