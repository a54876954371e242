-- since 15
CREATE TABLE t (a int PRIMARY KEY, b int, c int);
CREATE PUBLICATION p FOR TABLE t (a, b);
