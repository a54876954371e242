CREATE TABLE p (a bigint, b int DEFAULT 4, n text NOT NULL);
CREATE TABLE c (x int) INHERITS (p);
CREATE TABLE d (a bigint, b int, n text NOT NULL) INHERITS (p);
