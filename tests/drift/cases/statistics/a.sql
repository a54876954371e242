CREATE TABLE t (a int, b int, c int);
CREATE STATISTICS s ON a, b FROM t;
CREATE STATISTICS s2 (ndistinct) ON a, b FROM t;
