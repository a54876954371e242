CREATE TABLE t (a varchar(20), b bigint);
CREATE VIEW v AS SELECT a FROM t WHERE a IN ('x', 'y') AND b = ANY (ARRAY[1, 2]);
