CREATE TABLE t (a int, b int, c int);
CREATE MATERIALIZED VIEW m AS SELECT a, b FROM t;
CREATE STATISTICS s (dependencies) ON a, b FROM m;
