-- since 15
CREATE TABLE t (a int NOT NULL, b int NOT NULL, c text);
CREATE TABLE u (a int PRIMARY KEY, b int);
