CREATE TABLE t (a int, b int, c int);
GRANT SELECT (a, c), UPDATE (b) ON t TO drift_a;
GRANT SELECT (a) ON t TO drift_b;
CREATE VIEW v AS SELECT a FROM t;
GRANT SELECT (a) ON v TO drift_a;
