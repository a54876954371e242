CREATE TABLE t (a int PRIMARY KEY, b bigint, c int);
CREATE PUBLICATION p FOR TABLE t (a, b) WHERE (b > 3);
