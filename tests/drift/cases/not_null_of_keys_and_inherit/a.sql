CREATE TABLE t (a int NOT NULL, b int, c int);
INSERT INTO t VALUES (1, 2, 3);
