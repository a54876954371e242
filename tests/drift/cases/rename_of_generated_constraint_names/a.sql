CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE, c int CHECK (c > 0));
