CREATE TABLE t (a int PRIMARY KEY, b int);
CREATE TABLE u (a int NOT NULL, b int NOT NULL);
