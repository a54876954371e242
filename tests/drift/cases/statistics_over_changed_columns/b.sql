CREATE TABLE t (a bigint, b varchar(9), c timestamp, d int);
CREATE STATISTICS s1 (mcv, ndistinct, dependencies) ON a, b, c FROM t;
CREATE STATISTICS s2 ON (a % 10), (lower(b)) FROM t;
COMMENT ON STATISTICS s2 IS 'two';
ALTER STATISTICS s2 SET STATISTICS 9;
