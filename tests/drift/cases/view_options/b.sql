CREATE TABLE t (a int);
CREATE VIEW v WITH (check_option = local, security_barrier) AS SELECT a FROM t;
CREATE VIEW w AS SELECT a, 1 AS b FROM t;
ALTER VIEW w ALTER a SET DEFAULT 3;
