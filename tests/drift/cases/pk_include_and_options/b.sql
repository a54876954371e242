CREATE TABLE t (a int, b int, c int, PRIMARY KEY (a) INCLUDE (c), UNIQUE (c) WITH (fillfactor = 70));
