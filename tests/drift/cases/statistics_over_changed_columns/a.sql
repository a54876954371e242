CREATE TABLE t (a int, b text, c date, d int);
CREATE STATISTICS s1 (mcv, ndistinct, dependencies) ON a, b, c FROM t;
CREATE STATISTICS s2 ON (a % 10), (lower(b)) FROM t;
COMMENT ON STATISTICS s2 IS 'two';
