CREATE TABLE t (a int PRIMARY KEY, b text);
CREATE INDEX i ON t (b);
