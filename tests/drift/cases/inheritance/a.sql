CREATE TABLE p (a int, b int DEFAULT 3);
CREATE TABLE c (x int) INHERITS (p);
CREATE TABLE d (a int, b int);
